"""`docgen form` and `docgen forms round`: forms out, one or a whole round."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from django.conf import settings

from config.cli.documents import ACTOR, today
from config.cli.output import FOUND, answer, by_chunks, json_option, note, write_file
from config.cli.store import open_store, store_group, store_is_ready
from config.cli.verbs import DAY, verb
from core.errors import Outage, Unreadable, UserError
from core.forms import FORMS, get_form
from core.periods import parse_period
from docgen.blanks.imprint import Imprint
from docgen.blanks.make import Format, make_form
from docgen.engine.pdf import convert_to_pdf
from docgen.services.export_index import folder_name
from docgen.services.forms import (
    UnitForms,
    give_out,
    issue_form,
    plan_round,
    start_round,
    zip_of,
)
from registry.models import FormRound

_FORMAT = click.Choice([one.value for one in Format])
_KIND = click.Choice(list(FORMS))
_ON = click.option(
    "--date", "day", type=DAY, help="Ngày phát, hồ sơ tính đến ngày này; mặc định hôm nay."
)
_PERIOD = click.option(
    "--period", metavar="KỲ", help="Kỳ báo cáo: 2024-05, 2024-Q2, 2024-H1, 2024."
)


@verb("form", help="Tạo một biểu mẫu để trống hoặc điền sẵn từ hồ sơ: Word, Excel hoặc PDF để in.")
@click.argument("kind", metavar="MẪU", type=_KIND, help="Loại biểu mẫu; xem “docgen kinds”.")
@click.option(
    "--for", "record", metavar="HỒ_SƠ", help="Điền sẵn cho hồ sơ này, ví dụ enterprise:dn-001."
)
@click.option(
    "--format",
    "form",
    type=_FORMAT,
    metavar="DẠNG",
    help="docx, xlsx hoặc pdf; mặc định theo tên tệp.",
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="TỆP",
    help="Tệp được ghi ra.",
)
@click.option("--due", type=DAY, help="Hạn nộp, in trên biểu mẫu.")
@_PERIOD
@_ON
@ACTOR
@json_option
def form_verb(  # noqa: PLR0913 - the options of the verb
    kind: str,
    record: str | None,
    form: str | None,
    output: Path,
    due: date | None,
    period: str | None,
    day: date | None,
    actor: str,
    *,
    as_json: bool,
) -> None:
    """With a store the form gets a code; without one it is a plain blank, and that is said."""
    file_format = _format_of(output, form)
    if record:
        open_store()
    if not record and not store_is_ready():
        _blank(kind, file_format, output, due=due, on=day or today(), as_json=as_json)
        return
    about = get_form(kind).about
    given = issue_form(
        kind,
        file_format=file_format,
        on=day or today(),
        actor=actor,
        channel="cli",
        profile=_profile(),
        record="" if not record else record if ":" in record else f"{about}:{record}",
        due=due,
        period=_period(period),
    )
    write_file(output, given.data)
    facts = {
        "file": str(output),
        "kind": kind,
        "format": file_format.value,
        "code": given.code,
        "record": record,
        "sha256": given.issued.sha256,
    }
    answer(facts, as_json=as_json, text=f"Đã tạo {output}, mã biểu mẫu {given.code}.")


def _blank(
    kind: str,
    file_format: Format,
    output: Path,
    *,
    due: date | None,
    on: date,
    as_json: bool,
) -> None:
    """A blank that nobody keeps a record of."""
    data = make_form(get_form(kind), {}, Imprint(on=on, due=due), file_format=file_format)
    if file_format is Format.PDF:
        data = _printed(output, data)
    write_file(output, data)
    note("Chưa có kho hồ sơ, nên biểu mẫu không có mã; khi gửi về sẽ được nhận ra theo bố cục.")
    facts = {"file": str(output), "kind": kind, "format": file_format.value, "code": None}
    answer(facts, as_json=as_json, text=f"Đã tạo {output}, không có mã biểu mẫu.")


def _printed(output: Path, docx: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="docgen-") as profile:
        result = convert_to_pdf([(output.with_suffix(".docx").name, docx)], profile=Path(profile))[
            0
        ]
    if result.pdf is None:
        raise Outage(f"Chưa in được biểu mẫu ra PDF: {result.problem}")
    return result.pdf


def _format_of(output: Path, given: str | None) -> Format:
    """The format asked for, which the file's name must not contradict."""
    suffix = output.suffix.lower().lstrip(".")
    if given is None:
        return Format(suffix) if suffix in set(Format) else Format.DOCX
    if suffix in set(Format) and suffix != given:
        raise UserError(
            f"Tệp {output} có đuôi .{suffix} nhưng --format là {given}; sửa một trong hai.",
            code="usage",
        )
    return Format(given)


def _period(text: str | None) -> str:
    """The period as a code, from a code or from words (tháng 5/2024)."""
    if not text:
        return ""
    try:
        return parse_period(text)
    except Unreadable as fault:
        raise UserError(
            f"--period: {fault.message} Ghi ví dụ 2024-05, 2024-Q2 hoặc 2024.", code="usage"
        ) from fault


def _profile() -> Path:
    """LibreOffice's directory of this store; calls at once wait for each other."""
    return Path(settings.DOCGEN_HOME) / "libreoffice"


@store_group("forms", help="Biểu mẫu phát cho cả chiến dịch.")
def forms() -> None:
    """The verbs on many forms hang below."""


@forms.command(
    "round", help="Phát một đợt biểu mẫu: mỗi đơn vị báo cáo một tệp ZIP, điền sẵn từ hồ sơ."
)
@click.argument("campaign", metavar="CHIẾN_DỊCH", help="Mã chiến dịch.")
@click.option("--kind", required=True, type=_KIND, metavar="MẪU", help="Loại biểu mẫu.")
@click.option("--due", required=True, type=DAY, help="Hạn nộp.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC|TỆP.zip",
    help="Thư mục nhận các tệp ZIP, hoặc một tệp .zip gồm các tệp ZIP đó.",
)
@click.option(
    "--format",
    "form",
    type=_FORMAT,
    default="docx",
    show_default=True,
    metavar="DẠNG",
    help="docx, xlsx hoặc pdf.",
)
@_PERIOD
@_ON
@click.option("--again", is_flag=True, help="Phát lại kỳ đã phát, với mã mới.")
@ACTOR
@json_option
def round_verb(  # noqa: PLR0913 - the options of the verb
    campaign: str,
    kind: str,
    due: date,
    output: Path,
    form: str,
    period: str | None,
    day: date | None,
    actor: str,
    *,
    again: bool,
    as_json: bool,
) -> int:
    """Exit 1 when some forms were refused; those are listed and the others are there."""
    on, about = day or today(), _period(period) or f"{due:%Y-%m}"
    plan = plan_round(campaign, kind=kind, file_format=Format(form), on=on, due=due, period=about)
    refused = [(record, fault) for one in plan for record, fault in one.refused]
    ready = [one for one in plan if one.orders]
    if not ready:
        raise UserError(
            f"Không có biểu mẫu nào để phát cho chiến dịch {campaign} vào ngày {on:%d/%m/%Y}."
            + (f" {refused[0][1].message}" if refused else ""),
            code="nothing_to_send",
        )
    made = start_round(campaign, kind=kind, on=on, due=due, period=about, actor=actor, again=again)
    units = _send(ready, made, output, actor=actor)
    facts = {
        "round": made.pk,
        "kind": kind,
        "period": made.period,
        "number": made.number,
        "due": due,
        "output": str(output),
        "forms": sum(len(one.orders) for one in ready),
        "units": units,
        "failures": [
            {"record": record, "code": fault.code, "message": fault.message}
            for record, fault in refused
        ],
    }
    answer(facts, as_json=as_json, text=_told(facts, units, refused))
    return FOUND if refused else 0


def _send(
    plan: Sequence[UnitForms], made: FormRound, output: Path, *, actor: str
) -> list[dict[str, object]]:
    """Make and write the ZIP of each unit."""
    units: list[dict[str, object]] = []
    zips: list[tuple[str, bytes]] = []

    def work(chunk: Sequence[UnitForms]) -> None:
        for one in chunk:
            given = give_out(
                one.orders, actor=actor, channel="cli", profile=_profile(), in_round=made
            )
            name = f"{folder_name(one.unit.short_name or one.unit.name)}.zip"
            data = zip_of([(each.name, each.data) for each in given])
            zips.append((name, data))
            if output.suffix.lower() != ".zip":
                write_file(output / name, data)
            units.append(
                {
                    "unit": one.unit.code,
                    "name": one.unit.name,
                    "file": name,
                    "forms": len(given),
                    "serials": [given[0].issued.serial, given[-1].issued.serial],
                }
            )

    by_chunks(plan, work, label="Phát biểu mẫu", size=1)
    if output.suffix.lower() == ".zip":
        write_file(output, zip_of(zips))
    return units


def _told(
    facts: dict[str, object],
    units: Sequence[dict[str, object]],
    refused: Sequence[tuple[str, UserError]],
) -> str:
    lines = [f"Đã phát {facts['forms']} biểu mẫu cho {len(units)} đơn vị vào {facts['output']}."]
    lines += [f"  {one['file']}: {one['forms']} biểu mẫu, {one['name']}" for one in units]
    lines += [f"Chưa tạo được cho {record}: {fault.message}" for record, fault in refused]
    return "\n".join(lines)


VERBS = (form_verb, forms)
