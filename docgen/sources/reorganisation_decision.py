"""Data of a decision that dissolves, merges, transfers or receives unions, from a planned reorganisation."""

from __future__ import annotations

from datetime import date

from docgen.kinds.reorganisation_decision import ACTS
from docgen.models import Document
from docgen.sources.base import (
    Collected,
    archive_units,
    basis_rows,
    common_fields,
    drafting_unit,
    only_known,
    reference,
    standing,
)
from docgen.sources.campaigns import short
from records.models import OrgKind
from records.selectors.orgs import OrgSnapshot
from records.selectors.reorganisations import (
    ReorganisationSnapshot,
    UnionOnDay,
    reorganisation_on,
    transfer_before,
)

KIND = "reorganisation_decision"
#: Field of the body on the other side, by act.
_OTHER = {"merge": "successor_union", "transfer": "receiving_org", "receive": "giving_org"}
_LABELS = {choice.code: choice.label_vi for choice in ACTS}


def collect(code: str, on: date, variant: str) -> Collected:
    """The unions as they are on the day of the decision. Raises NotFound."""
    row = reorganisation_on(code, as_of=on)
    common, signature = common_fields(KIND, row.org, on=on)
    unit = drafting_unit(row.org, as_of=on)
    transfer = _transfer(row)
    fields: dict[str, object] = {
        **common,
        "act": row.act,
        "direct_upper_org": row.org.name,
        "unions": [_union(union) for union in row.unions],
        "union_count": len(row.unions),
        "members_total": sum(union.members for union in row.unions),
        **_other(row),
        "effective_on": row.effective_on.isoformat(),
        "handover_by": row.handover_by.isoformat() if row.handover_by else None,
        "reason": row.reason,
        "request_document": _request(row),
        "transfer_decision": reference(transfer) if transfer else None,
        "legal_bases": basis_rows(KIND, variant=row.act, as_of=on),
        "proposing_unit": f"{unit.name} {row.org.name}" if unit else None,
        "executing_units": f"Văn phòng, {unit.name}" if unit else row.org.name,
        "recipients": _recipients(row),
        "archive_units": archive_units(unit),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=row.org.id,
        signer_id=signature.person_id,
        campaign_id=row.campaign_id,
        variant=row.act,
        cites=(transfer,) if transfer else (),
    )


def _union(union: UnionOnDay) -> dict[str, object]:
    row = {
        "union_name": union.org.name,
        "members": union.members,
        "chair": union.chair,
        "address": union.address,
    }
    return {key: value for key, value in row.items() if value != ""}


def _other(row: ReorganisationSnapshot) -> dict[str, object]:
    key = _OTHER.get(row.act)
    if key is None or row.counterpart is None:
        return {}
    found: dict[str, object] = {key: row.counterpart.name}
    if row.counterpart_members is not None:
        total = sum(union.members for union in row.unions)
        found |= {
            "successor_members": row.counterpart_members,
            "members_after": row.counterpart_members + total,
        }
    return found


def _request(row: ReorganisationSnapshot) -> dict[str, object] | None:
    if not row.request_code or row.request_date is None:
        return None
    return {
        "code": row.request_code,
        "date": row.request_date.isoformat(),
        "issuer": row.request_issuer,
        "subject": f"về việc đề nghị {_LABELS[row.act].lower()} công đoàn cơ sở",
    }


def _transfer(row: ReorganisationSnapshot) -> Document | None:
    """The giving body's decision, once it has its number here."""
    code = transfer_before(row.code)
    return standing(KIND, f"reorganisation:{code}") if code else None


def _recipients(row: ReorganisationSnapshot) -> list[str]:
    """Who is above, the body on the other side, and the unions concerned."""
    other = []
    if row.counterpart is not None:
        purpose = "" if row.act == "merge" else " (để phối hợp)"
        other = [f"{row.counterpart.name}{purpose}"]
    who = "Các công đoàn cơ sở có tên tại Phụ lục" if len(row.unions) > 1 else _sole(row)
    return [*_above(row.org), *other, who]


def _sole(row: ReorganisationSnapshot) -> str:
    return row.unions[0].org.name if row.unions else "Công đoàn cơ sở"


def _above(org: OrgSnapshot) -> list[str]:
    if org.kind == OrgKind.PROVINCE_FEDERATION:
        return [f"Thường trực {short(org)} (để báo cáo)"]
    return [f"{org.parent.name} (để báo cáo)"] if org.parent else []
