"""Who has returned what: the report of a round, and the lists of what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.forms import get_form
from intake.issued import SentForm
from intake.models import FileState, FormState, ReceivedFile, ReturnedForm
from records.models import UnionOrg

#: States of contract §7 in the order of the way.
STATES: Mapping[str, str] = {
    "expected": "Chưa nộp",
    "overdue": "Quá hạn",
    "received": "Đã nhận",
    "reading": "Đang đọc",
    "needs_review": "Chờ kiểm tra",
    "applied": "Đã nhập",
    "sent_back": "Trả lại",
    "duplicate": "Trùng",
}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One form of a round, or one that came without having been sent out.

    ``state`` is a code of contract §7; ``form`` the number of the returned form.
    """

    unit: str
    kind: str
    state: str
    due: date | None
    code: str = ""
    form: int | None = None

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {
            "unit": self.unit,
            "kind": self.kind,
            "state": self.state,
            "due": self.due.isoformat() if self.due else None,
            "code": self.code or None,
            "form": self.form,
        }


def round_lines(issued: Sequence[SentForm], *, on: date) -> list[RoundLine]:
    """Every form that was sent out, with what became of it; then what came without a code of ours."""
    newest = {}
    rows = ReturnedForm.objects.exclude(state=FormState.DUPLICATE).select_related("org")
    for form in rows.filter(code__in=[one.code for one in issued]).order_by("id"):
        newest[form.code] = form
    lines = [_line(one, newest.get(one.code), on) for one in issued]
    known = {one.code for one in issued}
    for form in rows.filter(kind__gt="").order_by("id"):
        if form.code not in known:
            unit = form.org.name if form.org else "không rõ đơn vị"
            lines.append(RoundLine(unit, form.kind, form.state, None, form.code, form.pk))
    return sorted(lines, key=lambda line: (line.unit, line.kind, line.code, line.form or 0))


def _line(sent: SentForm, form: ReturnedForm | None, on: date) -> RoundLine:
    if form is not None:
        return RoundLine(sent.unit, sent.kind, form.state, sent.due, sent.code, form.pk)
    late = sent.due is not None and sent.due < on
    return RoundLine(sent.unit, sent.kind, "overdue" if late else "expected", sent.due, sent.code)


def totals(lines: Sequence[RoundLine]) -> dict[str, int]:
    """How many forms are in each state, files not yet read among them."""
    found: Counter[str] = Counter(line.state for line in lines)
    found["received"] += ReceivedFile.objects.filter(state=FileState.RECEIVED).count()
    found["reading"] += ReceivedFile.objects.filter(state=FileState.READING).count()
    found["sent_back"] += ReceivedFile.objects.filter(state=FileState.SENT_BACK).count()
    unknown = ReturnedForm.objects.filter(state=FormState.NEEDS_REVIEW, kind="")
    found["needs_review"] += unknown.count()
    found["duplicate"] += ReturnedForm.objects.filter(state=FormState.DUPLICATE).count()
    return {state: found[state] for state in STATES}


def by_unit(lines: Sequence[RoundLine]) -> dict[str, Counter[str]]:
    """States by unit and kind: `Liên đoàn Lao động huyện X, Báo cáo tiến độ…`."""
    found: dict[str, Counter[str]] = {}
    for line in lines:
        name = f"{line.unit}: {get_form(line.kind).label_vi}"
        found.setdefault(name, Counter())[line.state] += 1
    return found


def waiting_forms(*, kind: str = "", org: UnionOrg | None = None) -> list[ReturnedForm]:
    """Forms that wait for a person, oldest first; of one kind or sender when asked."""
    rows = ReturnedForm.objects.filter(state=FormState.NEEDS_REVIEW)
    if kind:
        rows = rows.filter(kind=kind)
    if org is not None:
        rows = rows.filter(org=org)
    return list(rows.select_related("received", "org", "received__sender").order_by("id"))
