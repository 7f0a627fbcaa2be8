"""What admissions, decisions on inspection and reorganisations change in the records.

These are taken back when the paper no longer stands (recalled or replaced), from the change log; a later
paper on the same record first takes back what the earlier one did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.errors import Conflict
from docgen.kinds.common import day, rows, text
from docgen.kinds.people import same_name, value
from docgen.models import Document
from docgen.services.evidence import before, case_of, dated, evidence, mark
from records.models import FoundingCase, Reorganisation
from records.services.admissions import admit_members, charge_inspection, joiners_of
from records.services.audit import By
from records.services.reorganisations import carry_out
from records.services.undo import take_back


def admit(document: Document, by: By) -> None:
    """The people on the paper are members by it."""
    case = case_of(document)
    _refuse_other_people(document, case)
    own = _instead_of_earlier(document, by)
    admit_members(case, on=dated(document), decision=evidence(document), by=own)


def inspect(document: Document, by: By) -> None:
    """The inspection committee, or the member charged with inspection, stands on the paper."""
    case = case_of(document)
    own = _instead_of_earlier(document, by)
    charge_inspection(case, duty=document.variant == "duty", decision=evidence(document), by=own)


def reorganise(document: Document, by: By) -> None:
    """Unions end, go on in another, or stand under another body from the day that the paper says."""
    planned = Reorganisation.objects.select_for_update(of=("self",)).get(
        code=document.record.removeprefix("reorganisation:")
    )
    _refuse_other_plan(document, planned)
    own = _instead_of_earlier(document, by)
    carry_out(planned, decision=evidence(document), by=own)


def withdraw(document: Document, by: By) -> None:
    """The records are again as if the paper had not been. Raises Conflict when they moved on since."""
    take_back(mark(document), by=by)


def _instead_of_earlier(document: Document, by: By) -> By:
    """Take back what earlier papers on the record did; gives who writes in the name of this one."""
    for earlier in before(document):
        withdraw(earlier, by)
    return replace(by, reason=mark(document))


def _redraft(document: Document, what: str) -> Conflict:
    return Conflict(
        f"{what} trong kho hồ sơ đã khác với văn bản “{document.subject}”. "
        "Soạn lại dự thảo theo hồ sơ hiện nay (docgen redraft) rồi cấp số.",
        code="records_changed",
        facts={"document": str(document.pk), "record": document.record},
    )


def _same_people(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(same_name(a, b) for a, b in zip(one, other, strict=True))


def _refuse_other_people(document: Document, case: FoundingCase) -> None:
    """Who applied after the paper was drafted is not on it and must not be admitted by it."""
    printed = [value(row, "full_name") for row in rows(document.data, "members")]
    joining = [row.person.full_name for row in joiners_of(case, on=dated(document))]
    if not _same_people(printed, joining):
        raise _redraft(document, "Danh sách người làm đơn")


def _refuse_other_plan(document: Document, planned: Reorganisation) -> None:
    printed = sorted(value(row, "union_name") for row in rows(document.data, "unions"))
    meant = sorted(planned.orgs.values_list("name", flat=True))
    named = [text(document.data, key) for key in ("successor_union", "receiving_org", "giving_org")]
    other = planned.counterpart.name if planned.counterpart else ""
    agrees = (
        text(document.data, "act") == planned.act
        and day(document.data, "effective_on") == planned.effective_on
        and _same_people(printed, meant)
        and (not any(named) or same_name(next(filter(None, named)), other))
    )
    if not agrees:
        raise _redraft(document, "Việc sắp xếp tổ chức")
