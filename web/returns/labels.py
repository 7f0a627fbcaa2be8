"""Words for what forms are about, and the states of forms and files as lists show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from core.forms import FORMS, get_form
from core.periods import format_period
from intake.models import FileState, ReceivedFile
from intake.services.rounds import STATES
from records.models import Enterprise, FoundingCase, UnionOrg

#: What the filter of the list of files offers, in the order of the way.
FILE_STATES = {
    "received": "Đã nhận",
    "reading": "Đang đọc",
    "needs_review": "Chờ kiểm tra",
    "applied": "Đã nhập",
    "sent_back": "Trả lại",
    "duplicate": "Trùng",
    "failed": "Lỗi",
}
KINDS = [(kind, form.label_vi) for kind, form in FORMS.items()]
Ref = tuple[str, str]


def kind_label(kind: str) -> str:
    """The name of a form kind; of a file in which none was recognised, that."""
    return get_form(kind).label_vi if kind in FORMS else "Không nhận ra phiếu"


def state_label(state: str) -> str:
    """A state of contract §7 in words."""
    return STATES.get(state) or FILE_STATES.get(state) or state


def period_label(period: str) -> str:
    """`tháng 5/2024` for `2024-05`; what is no period as it is written."""
    try:
        return format_period(period) if period else ""
    except ValueError:
        return period


def state_of_issued(returned: str | None, due: date | None, today: date) -> str:
    """State of a form that was given out: that of what came back, else by its day of return."""
    if returned:
        return returned
    return "overdue" if due is not None and due < today else "expected"


def file_state(row: ReceivedFile) -> str:
    """State of a file as one word: of the file until it is read, then the least finished of its forms."""
    if row.state != FileState.READ:
        return row.state
    states = {form.state for form in row.forms.all()}
    return next((one for one in FILE_STATES if one in states), "needs_review")


def record_labels(refs: Iterable[Ref]) -> dict[Ref, str]:
    """Records by their names, in three queries at most."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for kind, code in refs:
        if code:
            wanted[kind].add(code)
    found: dict[Ref, str] = {}
    if codes := wanted.get("enterprise"):
        rows = Enterprise.objects.filter(code__in=codes).values_list("code", "name")
        found |= {("enterprise", code): name for code, name in rows}
    if codes := wanted.get("org"):
        orgs = UnionOrg.objects.filter(code__in=codes).values_list("code", "name")
        found |= {("org", code): name for code, name in orgs}
    if codes := wanted.get("case"):
        cases = FoundingCase.objects.filter(code__in=codes).values_list("code", "enterprise__name")
        found |= {("case", code): f"{name} (hồ sơ {code})" for code, name in cases}
    return found
