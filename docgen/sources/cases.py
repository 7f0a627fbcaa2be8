"""What the papers of one founding case share: issuer, names, people, earlier papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.errors import DataIncomplete
from docgen.models import Document
from docgen.sources.base import Signature, basis_of, common_fields, drafting_unit, standing
from records.models import CasePath, OrgKind
from records.selectors.cases import CaseSnapshot, case_snapshot
from records.selectors.orgs import OrgSnapshot


@dataclass(frozen=True, slots=True)
class CasePaper:
    """A case with the body that decides it on the day, and the fields common to its papers."""

    case: CaseSnapshot
    issuer: OrgSnapshot
    unit: OrgSnapshot | None
    campaign_id: int
    fields: dict[str, object]
    signature: Signature
    plan: Document | None

    @property
    def union_name(self) -> str:
        """Registered name of the union (domain brief §4.c: the enterprise's name exactly)."""
        return self.case.union_name or f"Công đoàn cơ sở {self.case.enterprise.name}"


def open_case(kind: str, code: str, on: date) -> CasePaper:
    """Read the case as of the day. Raises NotFound; DataIncomplete when no body is in charge of it."""
    case = case_snapshot(code, as_of=on)
    if case.deciding_org is None:
        raise DataIncomplete(
            f"Chưa ghi công đoàn cấp trên phụ trách {case.enterprise.name} vào ngày {on:%d/%m/%Y}.",
            missing=("direct_upper_org",),
        )
    fields, signature = common_fields(kind, case.deciding_org, on=on)
    return CasePaper(
        case=case,
        issuer=case.deciding_org,
        unit=drafting_unit(case.deciding_org, as_of=on),
        campaign_id=case.campaign_id,
        fields=fields,
        signature=signature,
        plan=standing("plan", f"campaign:{case.campaign_code}"),
    )


def plan_basis(paper: CasePaper) -> list[dict[str, object]]:
    """The campaign's plan as a basis, once it has its number."""
    return [basis_of(paper.plan, type_name="Kế hoạch")] if paper.plan else []


def request_reference(paper: CasePaper) -> dict[str, object] | None:
    """The request that came with the dossier (tờ trình), if one did.

    Both decisions of a case cite the same request, so both give it the same summary.
    """
    case = paper.case
    if not case.request_code or case.request_date is None:
        return None
    return {
        "code": case.request_code,
        "date": case.request_date.isoformat(),
        "issuer": case.request_issuer,
        "subject": f"về việc đề nghị {_requested(paper)}",
    }


def _requested(paper: CasePaper) -> str:
    if paper.case.path == CasePath.CONGRESS:
        return f"công nhận {paper.union_name} và kết quả bầu cử tại đại hội thành lập"
    return f"thành lập {paper.union_name}"


def reported_to(paper: CasePaper) -> list[str]:
    """Who the decision is reported to: the body above a district, the province's own standing members.

    The confederation gets the province's periodic reports, not each decision about one enterprise.
    """
    issuer = paper.issuer
    if issuer.parent is None:
        return []
    if issuer.kind == OrgKind.PROVINCE_FEDERATION:
        return [f"Thường trực {issuer.short_name or issuer.name} (để báo cáo)"]
    return [f"{issuer.parent.name} (để báo cáo)"]


def executing_offices(paper: CasePaper) -> str:
    """The issuer's side of those who carry a decision out; the template adds the union and the people."""
    return f"Văn phòng, {paper.unit.name}" if paper.unit else paper.issuer.name


def earlier(*papers: Document | None) -> tuple[Document, ...]:
    """The papers that are there."""
    return tuple(paper for paper in papers if paper is not None)
