"""`docgen intake …`: returned files received, read and stored; the drop folder, the mailbox, the report of a round."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from config.cli.output import FOUND, answer, by_chunks, json_option, note
from config.cli.reading import file_bytes
from config.cli.registers import get_org
from config.cli.store import StoreGroup, StoreVerb
from config.cli.verbs import DAY, WholeNumber
from core.errors import UserError
from core.forms import FORMS, get_form
from intake.folder import BAD, DONE, Dropped, Folder, sweep_folder
from intake.issued import issued_rows
from intake.mailbox import Letter, Mailbox, account_of_settings
from intake.models import Arrival, FileState, FormState, ReceivedFile, ReturnedForm
from intake.reading_json import restored
from intake.services.reading import read_again
from intake.services.receiving import Duplicate, New, receive
from intake.services.rounds import STATES, by_unit, round_lines, totals
from records.models import UnionOrg
from workers.returns import read_files, resend_reads, send_reads

Outcome = New | Duplicate
#: Who receives where no person is named.
CLERK = "văn thư"


class FilesByDefault(StoreGroup):
    """`docgen intake FILE...` is `docgen intake files FILE...`: what is no verb is a file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the verb in where the call names a file or an option of it."""
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["files", *args]
        return super().parse_args(ctx, args)


@click.group(
    "intake",
    cls=FilesByDefault,
    subcommand_metavar="TỆP... | LỆNH [THAM SỐ]...",
    help="Nhận, đọc và lưu biểu mẫu gửi về: tệp, thư mục nhận, hộp thư; báo cáo ai đã nộp gì.",
)
def intake() -> None:
    """The verbs of intake hang below."""


_sender = click.option("--from", "sender", metavar="MÃ", help="Mã tổ chức gửi (trang Tổ chức).")
_expect = click.option(
    "--as",
    "expect",
    type=click.Choice(list(FORMS)),
    metavar="MẪU",
    help="Loại biểu mẫu, khi đã biết; xem “docgen kinds”.",
)


_queue = click.option(
    "--queue", is_flag=True, help="Giao việc đọc cho máy chạy việc, không đọc ngay trong lệnh này."
)


def _read(file_ids: list[int], *, queue: bool) -> None:
    """Read the files now, or leave them to the workers."""
    if queue:
        send_reads(file_ids)
    else:
        read_files(file_ids)


@intake.command("files", cls=StoreVerb, help="Nhận và đọc các tệp; tệp đã nhận rồi thì nói vậy.")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar="TỆP...",
    help="Một hay nhiều tệp gửi về.",
)
@_sender
@_expect
@_queue
@json_option
def files_verb(
    files: tuple[Path, ...], sender: str | None, expect: str | None, *, queue: bool, as_json: bool
) -> int:
    """Exit 0 if nothing waits for a person, 1 if something does, 2 for a single file that is refused."""
    org = get_org(sender) if sender else None
    entries: list[dict[str, object]] = []
    lines: list[str] = []

    def take(chunk: Sequence[Path]) -> None:
        for path in chunk:
            try:
                entry, text = _one_file(path, org=org, expect=expect, queue=queue)
            except UserError as fault:
                if len(files) == 1:
                    raise
                error = {"code": fault.code, "message": fault.message, "facts": fault.facts}
                entry, text = {"file": str(path), "error": error}, [f"{path}: {fault.message}"]
            entries.append(entry)
            lines.extend(text)

    by_chunks(files, take, label="Nhận", size=1)
    answer(entries, as_json=as_json, text="\n".join(lines))
    return FOUND if any(_is_open(entry) for entry in entries) else 0


def _one_file(
    path: Path, *, org: UnionOrg | None, expect: str | None, queue: bool
) -> tuple[dict[str, object], list[str]]:
    outcome = receive(
        file_bytes(path),
        name=path.name,
        arrival=Arrival.COMMAND,
        actor=CLERK,
        sender=org,
        expect=expect,
    )
    again = isinstance(outcome, Duplicate) and expect and read_again(outcome.file, expect=expect)
    if isinstance(outcome, New) or again or outcome.file.state == FileState.RECEIVED:
        _read([outcome.file.pk], queue=queue)
    row = ReceivedFile.objects.get(pk=outcome.file.pk)
    if row.state == FileState.SENT_BACK and isinstance(outcome, New):
        raise UserError(
            f"{path}: {row.error_message} Tệp gốc vẫn được giữ (số {row.pk}).",
            code=row.error_code,
            facts={"file": str(path), "received": row.pk},
        )
    return file_entry(row, outcome, path=str(path)), list(file_lines(row, outcome, path=str(path)))


def _is_open(entry: dict[str, object]) -> bool:
    forms = entry.get("forms")
    waits = isinstance(forms, list) and any(one["state"] == "needs_review" for one in forms)
    return "error" in entry or (entry.get("outcome") == "new" and waits)


def file_entry(row: ReceivedFile, outcome: Outcome, *, path: str) -> dict[str, object]:
    """A received file for scripts; each form as in contract §4 with its number and state."""
    forms = [
        {**restored(form.reading).as_json(), "id": form.pk, "state": form.state}
        for form in row.forms.order_by("position")
    ]
    entry: dict[str, object] = {
        "file": path,
        "outcome": "new" if isinstance(outcome, New) else "duplicate",
        "received": row.pk,
        "sha256": row.file.sha256,
        "state": row.state,
        "forms": forms,
    }
    if row.error_code:
        entry["error"] = {"code": row.error_code, "message": row.error_message, "facts": {}}
    return entry


def file_lines(row: ReceivedFile, outcome: Outcome, *, path: str) -> list[str]:
    """A received file for people."""
    if isinstance(outcome, Duplicate):
        day = timezone.localtime(row.received_at).strftime("%d/%m/%Y %H:%M")
        head = f"{path}: đã nhận từ trước ({day}, số {row.pk}); không thay đổi gì"
    else:
        head = f"{path}: đã nhận, số {row.pk}"
    lines = [head]
    if row.error_message:
        lines.append(f"  {row.get_state_display()}: {row.error_message}")
    lines += [f"  {form_line(form)}" for form in row.forms.order_by("position")]
    return lines


def form_line(form: ReturnedForm) -> str:
    """One form in a line, without personal data."""
    label = get_form(form.kind).label_vi if form.kind else "không nhận ra biểu mẫu"
    about = f", {form.record_type} {form.record_id}" if form.record_id else ""
    return f"Biểu mẫu {form.pk}: {label}{about}; {form.get_state_display()}"


# --- the drop folder --------------------------------------------------------------------------------------


@intake.command("watch", cls=StoreVerb, help="Trông một thư mục: tệp chép vào đó được nhận và đọc.")
@click.argument(
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="THƯ_MỤC",
    help="Thư mục nhận; tệp đã nhận được chuyển sang thư mục con.",
)
@_sender
@_expect
@click.option("--once", is_flag=True, help="Chỉ một lượt, không trông tiếp.")
@click.option(
    "--every",
    type=WholeNumber(1, 3600),
    default=5,
    show_default=True,
    help="Số giây giữa hai lượt.",
)
@click.option(
    "--settle",
    type=WholeNumber(0, 3600),
    default=3,
    show_default=True,
    help="Chỉ nhận tệp không đổi trong bấy nhiêu giây.",
)
@_queue
@json_option
def watch(
    folder: Path,
    sender: str | None,
    expect: str | None,
    *,
    once: bool,
    every: int,
    settle: int,
    queue: bool,
    as_json: bool,
) -> int:
    """Rounds over the folder until stopped."""
    org = get_org(sender) if sender else None
    place = Folder(folder, settle=float(settle))
    place.prepare()
    note(f"Trông thư mục {folder}; tệp đã nhận chuyển sang {DONE}, tệp không nhận sang {BAD}.")

    def one_round() -> list[dict[str, object]]:
        entries = []
        for dropped in sweep_folder(place, actor=CLERK, sender=org, expect=expect):
            entry, lines = _dropped(place, dropped, queue=queue)
            entries.append(entry)
            for line in lines:
                note(line)
        return entries

    entries = _rounds(one_round, once=once, every=every, queue=queue)
    answer(entries, as_json=as_json, text=f"Đã nhận {len(entries)} tệp.")
    return FOUND if any(_is_open(entry) for entry in entries) else 0


def _rounds(
    one_round: Callable[[], list[dict[str, Any]]], *, once: bool, every: int, queue: bool
) -> list[dict[str, Any]]:
    """One round, or rounds until the command is stopped."""
    while True:
        # What a killed command or a dead worker left unread comes first.
        if not queue:
            read_files(resend_reads(older_than=timedelta(0)))
        found = one_round()
        if once:
            return found
        time.sleep(every)


def _dropped(
    place: Folder, dropped: Dropped, *, queue: bool
) -> tuple[dict[str, object], list[str]]:
    name = dropped.path.name
    if dropped.outcome is None:
        error = {"code": "refused", "message": dropped.reason, "facts": {"file": name}}
        return {"file": name, "error": error}, [f"{name}: {dropped.reason}"]
    row = dropped.outcome.file
    if row.state == FileState.RECEIVED:
        _read([row.pk], queue=queue)
        row = ReceivedFile.objects.get(pk=row.pk)
    if row.state == FileState.SENT_BACK and dropped.moved is not None:
        place.set_aside(dropped.moved, row.error_message)
    return file_entry(row, dropped.outcome, path=name), file_lines(row, dropped.outcome, path=name)


# --- the mailbox --------------------------------------------------------------------------------------------


@intake.command("mail", cls=StoreVerb, help="Nhận tệp đính kèm từ hộp thư (DOCGEN_IMAP_...).")
@click.option("--once/--stay", default=True, help="Một lượt (mặc định), hoặc nhận tiếp mỗi phút.")
@_queue
@json_option
def mail(*, once: bool, queue: bool, as_json: bool) -> int:
    """Messages with forms are received, read and put away; others are flagged for a person."""
    account = account_of_settings()

    def one_round() -> list[dict[str, object]]:
        entries = []
        with Mailbox(account) as mailbox:
            for letter in mailbox.letters(actor=CLERK):
                entry, lines = _letter(letter, queue=queue)
                entries.append(entry)
                for line in lines:
                    note(line)
        return entries

    entries = _rounds(one_round, once=once, every=60, queue=queue)
    answer(entries, as_json=as_json, text=f"Đã xem {len(entries)} thư.")
    waits = any(_is_open(one) for entry in entries for one in _files_of(entry))
    return FOUND if waits or any(not _files_of(entry) for entry in entries) else 0


def _files_of(entry: dict[str, object]) -> list[dict[str, object]]:
    files = entry.get("files")
    return files if isinstance(files, list) else []


def _letter(letter: Letter, *, queue: bool) -> tuple[dict[str, object], list[str]]:
    lines = [f"Thư của {letter.sender or 'không rõ'}: {letter.subject}"]
    if not letter.attached:
        lines.append(
            f"  {letter.note or 'Không có tệp đính kèm; để lại trong hộp thư, đánh dấu cờ.'}"
        )
    files: list[dict[str, object]] = []
    for one in letter.attached:
        if one.outcome is None:
            files.append(
                {"file": one.name, "error": {"code": "refused", "message": one.reason, "facts": {}}}
            )
            lines.append(f"  {one.name}: {one.reason}")
            continue
        row = one.outcome.file
        if row.state == FileState.RECEIVED:
            _read([row.pk], queue=queue)
            row = ReceivedFile.objects.get(pk=row.pk)
        files.append(file_entry(row, one.outcome, path=one.name))
        lines += [f"  {line}" for line in file_lines(row, one.outcome, path=one.name)]
    return {"from": letter.sender, "subject": letter.subject, "files": files}, lines


# --- the report -----------------------------------------------------------------------------------------------


@intake.command("report", cls=StoreVerb, help="Ai đã nộp gì, còn thiếu gì, quá hạn gì.")
@click.option("--campaign", metavar="MÃ", help="Chỉ biểu mẫu phát trong chiến dịch này.")
@click.option(
    "--kind", type=click.Choice(list(FORMS)), metavar="MẪU", help="Chỉ loại biểu mẫu này."
)
@click.option("--on", "on", type=DAY, help="Tính quá hạn đến ngày này (mặc định: hôm nay).")
@json_option
def report(campaign: str | None, kind: str | None, on: Any, *, as_json: bool) -> int:
    """Exit 1 when something is missing, overdue or waits for a person."""
    day = on or timezone.localdate()
    sent = [one for one in issued_rows(campaign=campaign) if kind in (None, one.kind)]
    lines = [line for line in round_lines(sent, on=day) if kind in (None, line.kind)]
    counts = totals(lines)
    found = {"on": day.isoformat(), "totals": counts, "forms": [line.as_json() for line in lines]}
    text = [f"Biểu mẫu tính đến {day:%d/%m/%Y}"]
    text += [f"  {STATES[state]:<14}{count:>6}" for state, count in counts.items() if count]
    text += ["", "Theo đơn vị"]
    for name, states in by_unit(lines).items():
        told = ", ".join(f"{STATES[state].lower()} {count}" for state, count in states.items())
        text.append(f"  {name}: {told}")
    answer(found, as_json=as_json, text="\n".join(text))
    waits = ("expected", "overdue", "received", "reading", FormState.NEEDS_REVIEW)
    return FOUND if any(counts[state] for state in waits) else 0


VERBS = (intake,)
