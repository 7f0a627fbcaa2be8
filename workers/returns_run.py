"""The part of the main job that takes in the sample's returned forms: receive, read, check, apply what is clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import Conflict, UserError
from core.forms import get_form
from intake.issues import UNSURE
from intake.models import Arrival, FileState, FormState, ReceivedFile, ReturnedForm
from intake.services.applying import apply_review, check_again
from intake.services.checking import open_issues
from intake.services.receiving import Duplicate, receive
from intake.services.review import accept
from workers.returns import read_files
from workers.sample_returns import ready_files

Report = Callable[[str], None]
_CLEAR = "Đọc rõ ràng, không có điểm phải quyết định (chiến dịch mẫu)"
_COMPARED = "Đã đối chiếu với tệp gốc (chiến dịch mẫu)"
_SHOWN = 3  # open points of a form in the summary


@dataclass(slots=True)
class Taken:
    """What became of the sample's files and forms; ``waiting`` lines say what a person must decide."""

    files: int = 0
    duplicates: int = 0
    states: Counter[str] = field(default_factory=Counter)
    waiting: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {
            "files": self.files,
            "received_before": self.duplicates,
            "forms": dict(sorted(self.states.items())),
            "waiting": self.waiting,
        }


def take_returns(home: Path, *, actor: str, report: Report) -> Taken:
    """Every sample file, one after another, as a clerk would: forms build on the forms before them.

    Again nothing is received, read or applied twice.
    """
    taken = Taken()
    for path, at in ready_files(home):
        name = path.name.partition("_")[2]
        outcome = receive(path.read_bytes(), name=name, arrival=Arrival.COMMAND, actor=actor, at=at)
        taken.files += 1
        taken.duplicates += isinstance(outcome, Duplicate)
        if outcome.file.state == FileState.RECEIVED:
            read_files([outcome.file.pk])
        row = ReceivedFile.objects.get(pk=outcome.file.pk)
        _account(row, taken, actor=actor)
        if not isinstance(outcome, Duplicate):
            report(f"  {name}: {_told(row)}")
    return taken


def _account(row: ReceivedFile, taken: Taken, *, actor: str) -> None:
    if row.state != FileState.READ:
        taken.states[row.state] += 1
        return
    for form in row.forms.order_by("position"):
        if form.state == FormState.NEEDS_REVIEW and form.kind:
            _apply_clear(form, actor=actor)
            form.refresh_from_db()
        taken.states[form.state] += 1
        if form.state == FormState.NEEDS_REVIEW:
            taken.waiting.append(_wait_line(form))


def _apply_clear(form: ReturnedForm, *, actor: str) -> None:
    """Apply a form against which nothing speaks; the records may have moved on since it was read.

    The clerk of the sample compares values that are only less certain than asked for, and accepts them.
    """
    if not _is_clear(form):
        return
    reason = _CLEAR
    if open_issues(form):
        reason = _COMPARED
        accept(form.pk, actor=actor, reason=reason)
    try:
        apply_review(form.pk, actor=actor, reason=reason)
    except Conflict as fault:
        if fault.code == "record_changed" and not open_issues(check_again(form.pk, actor=actor)):
            apply_review(form.pk, actor=actor, reason=reason)
    except UserError:
        return  # it waits, and `docgen review show` says why


def _is_clear(form: ReturnedForm) -> bool:
    return all(one.code == UNSURE for one in open_issues(form))


def _told(row: ReceivedFile) -> str:
    if row.state != FileState.READ:
        return f"{row.get_state_display()}. {row.error_message}"
    told = [
        f"{get_form(form.kind).label_vi if form.kind else 'không phải biểu mẫu'}: {form.get_state_display()}"
        for form in row.forms.order_by("position")
    ]
    return "; ".join(told)


def _wait_line(form: ReturnedForm) -> str:
    """What waits, and the first points to decide."""
    label = get_form(form.kind).label_vi if form.kind else "Không nhận ra biểu mẫu"
    issues = open_issues(form)
    told = [one.message.rstrip(".") for one in issues if one.code != UNSURE][:_SHOWN]
    points = "; ".join(told)
    more = f" (và {len(issues) - len(told)} điểm nữa)" if len(issues) > len(told) else ""
    return f"{form.pk}. {label}: {points or 'chưa rõ là biểu mẫu nào'}{more}"


def returns_text(taken: Taken) -> str:
    """The summary as lines."""
    labels = {**dict(FileState.choices), **dict(FormState.choices)}
    counts = ", ".join(
        f"{labels[state].lower()} {count}" for state, count in sorted(taken.states.items())
    )
    again = f", {taken.duplicates} tệp đã nhận từ trước" if taken.duplicates else ""
    lines = ["", f"Biểu mẫu gửi về: {taken.files} tệp{again}; {counts}"]
    if taken.waiting:
        lines += ["Chờ kiểm tra (docgen review show SỐ)", *(f"  {one}" for one in taken.waiting)]
    return "\n".join(lines)
