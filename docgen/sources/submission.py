"""Data of the organising group's request that the union and its committee be recognised."""

from __future__ import annotations

from datetime import date

from core.errors import DataIncomplete, UserError
from docgen.kinds.congress_rules import symbol_tail
from docgen.models import ENDED_STATES, Document
from docgen.sources.base import Collected, basis_rows, default_signature, header_of
from docgen.sources.congress import CongressPaper, open_congress
from records.models import CommitteeKind
from records.selectors.cases import CommitteeSnapshot, case_snapshot
from records.selectors.orgs import OrgSnapshot

KIND = "submission"
#: Until it is recognised the union does not act (Điều lệ Điều 14 k1): the organising group asks.
VARIANT = "organising_group"


def collect(code: str, on: date, variant: str) -> Collected:
    """What the congress and the first meeting decided. Raises DataIncomplete without a committee."""
    if variant not in ("", VARIANT):
        raise UserError(
            f"Tờ trình từ kho hồ sơ chỉ có trường hợp {VARIANT}; trường hợp khác tạo bằng “docgen make submission”.",
            code="wrong_variant",
            facts={"variant": variant},
        )
    paper = open_congress(KIND, code, on)
    case = paper.case
    committee, inspection = paper.committee, case.committee(CommitteeKind.INSPECTION)
    if committee is None:
        raise DataIncomplete(
            f"Hồ sơ của {case.enterprise.name} chưa có danh sách Ban Chấp hành do đại hội bầu. "
            "Cấp số biên bản họp lần thứ nhất hoặc nhập danh sách trích ngang rồi soạn lại.",
            missing=("members",),
        )
    meeting = case.first_meeting_on
    group, upper = _on_the_day(code, on)
    signature = default_signature(group, kind=KIND, as_of=on)
    fields: dict[str, object] = {
        **header_of(group, on=on),
        **signature.fields,
        "doc_symbol": f"TTr-{symbol_tail(VARIANT, on)}",
        "sender": VARIANT,
        "addressees": [f"Ban Thường vụ {upper.name}"],
        "legal_bases": basis_rows(KIND, variant=VARIANT, as_of=on),
        "congress_date": paper.held_on.isoformat(),
        "first_meeting_date": meeting.isoformat() if meeting else None,
        "member_count": len(paper.members),
        "member_names": paper.members,
        "members": _people(committee),
        "inspection_members": _people(inspection) if inspection else None,
        "attachments": _dossier(paper, inspection=inspection is not None),
        "recipients": [f"Ban lãnh đạo {case.enterprise.name}"],
        "archive_units": ["VT"],
    }
    found = paper.collected(KIND, fields, on=on, variant=VARIANT)
    return Collected(
        data=found.data,
        issuer_id=found.issuer_id,
        signer_id=signature.person_id,
        campaign_id=found.campaign_id,
        variant=VARIANT,
        cites=_minutes(code),
    )


def _on_the_day(code: str, on: date) -> tuple[OrgSnapshot, OrgSnapshot]:
    """Who asks and who is asked on the day of the paper: both may have changed since the congress."""
    case = case_snapshot(code, as_of=on)
    lacking = [
        key
        for key, org in (
            ("organising_group", case.organising_group),
            ("direct_upper_org", case.deciding_org),
        )
        if org is None
    ]
    if case.organising_group is None or case.deciding_org is None:
        raise DataIncomplete(
            f"Chưa ghi ban vận động hoặc công đoàn cấp trên của {case.enterprise.name} vào ngày {on:%d/%m/%Y}.",
            missing=lacking,
        )
    return case.organising_group, case.deciding_org


def _minutes(code: str) -> tuple[Document, ...]:
    """The numbered minutes that go with the request; they must not be younger than it."""
    found = Document.objects.filter(
        kind__in=("congress_minutes", "vote_count_minutes", "first_meeting_minutes"),
        record=f"case:{code}",
        number__isnull=False,
    )
    return tuple(found.exclude(state__in=ENDED_STATES).order_by("issued_on", "created_at"))


def _people(committee: CommitteeSnapshot) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {
            "full_name": member.person.full_name,
            "dob": member.person.dob,
            "gender": member.person.gender,
            "job": member.job,
            "union_post": member.post,
        }
        for member in committee.members
    ]
    return [{key: value for key, value in row.items() if value} for row in rows]


def _dossier(paper: CongressPaper, *, inspection: bool) -> list[str]:
    """The papers of the dossier (domain brief §3.6, HD 38 10.4 đ)."""
    lists = "Ban Chấp hành, Ủy ban Kiểm tra" if inspection else "Ban Chấp hành"
    met = bool(paper.case.congress.get("first_meeting"))
    return [
        f"Danh sách đoàn viên và {len(paper.members):02d} đơn gia nhập Công đoàn Việt Nam",
        "Biên bản Đại hội thành lập công đoàn cơ sở",
        "Biên bản kiểm phiếu bầu cử Ban Chấp hành" + (" và các chức danh" if met else ""),
        *(["Biên bản họp Ban Chấp hành lần thứ nhất"] if met else []),
        f"Danh sách trích ngang {lists}",
        "Bản sao Giấy chứng nhận đăng ký doanh nghiệp",
        "Báo cáo tình hình sử dụng lao động kỳ gần nhất",
    ]
