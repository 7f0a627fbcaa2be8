"""Data of the paper that returns an incomplete dossier: what the checklist of the day asks and did not come."""

from __future__ import annotations

from datetime import date

from core.dates import add_working_days
from core.errors import Conflict
from core.profiles import profile_on
from docgen.sources.base import Collected, archive_units, only_known, standing
from docgen.sources.cases import CasePaper, open_case, request_reference
from docgen.sources.dossiers import dossier_state, is_recorded
from docgen.sources.periods import filing_of
from records.models import CaseState

KIND = "dossier_return"


def collect(code: str, on: date, variant: str) -> Collected:
    """Raises Conflict when no dossier is filed, or the recorded one is complete.

    Where nobody recorded what came in, the drafter says what is missing (``docgen request --data``).
    """
    paper = open_case(KIND, code, on)
    case = paper.case
    filing = variant or filing_of(code, on)
    found = dossier_state(case, on=on)
    _check_returnable(paper, recorded=is_recorded(case), lacking=bool(found), record=f"case:{code}")
    rules = profile_on(on)
    receiver = case.request_issuer or f"Ban vận động thành lập {paper.union_name}"
    through = f" (qua {paper.unit.name})" if paper.unit else ""
    fields: dict[str, object] = {
        **paper.fields,
        "union_name": paper.union_name,
        "enterprise_name": case.enterprise.name,
        "returned_to": receiver,
        "request_document": request_reference(paper),
        "received_on": case.dossier.get("received_on") or filing,
        "missing_items": [{"item": name} for name in found.missing],
        "faulty_items": [{"item": name, "reason": reason} for name, reason in found.faulty],
        "deadline": add_working_days(on, rules.supplement_wd).isoformat(),
        "submit_to": f"{paper.issuer.name}{through}",
        "recipients": [receiver],
        "archive_units": [*archive_units(paper.unit), "Hồ sơ"],
    }
    return Collected(
        data=only_known(KIND, {key: value for key, value in fields.items() if value != []}),
        issuer_id=paper.issuer.id,
        signer_id=paper.signature.person_id,
        campaign_id=paper.campaign_id,
        variant=filing,
    )


def _check_returnable(paper: CasePaper, *, recorded: bool, lacking: bool, record: str) -> None:
    """A dossier is returned while it is filed; a paper that replaces a return is about one that went back."""
    case = paper.case
    if case.state != CaseState.DOSSIER_FILED and standing(KIND, record) is None:
        label = CaseState(case.state).label
        raise Conflict(
            f"Hồ sơ {case.code} đang ở bước “{label}”; chỉ trả hồ sơ đã nộp mà chưa quyết định.",
            code="dossier_not_filed",
            facts={"case": case.code, "state": case.state},
        )
    if recorded and not lacking:
        raise Conflict(
            f"Hồ sơ {case.code} đã đủ thành phần theo quy định; không trả lại.",
            code="dossier_complete",
            facts={"case": case.code},
        )
