"""Data of the letter that corrects the form of one of our issued papers (ND30 Điều 18 k3)."""

from __future__ import annotations

import re
import uuid
from datetime import date

from core.errors import Conflict, NotFound
from docgen.kinds import get_kind
from docgen.kinds.common import recipients_of
from docgen.kinds.typenames import type_name
from docgen.models import ENDED_STATES, Document
from docgen.sources.base import (
    Collected,
    archive_units,
    common_fields,
    drafting_unit,
    only_known,
    reference,
    upper_first,
)
from records.models import UnionOrg
from records.selectors.orgs import OrgSnapshot, org_book, org_heir, org_on

KIND = "correction_letter"
#: `(để báo cáo)`, `(để p/h)` after a recipient: no part of the name.
_WHY = re.compile(r"\s*\((?:để|qua)\b[^)]*\)$")
#: Nơi nhận may shorten the body's name, Kính gửi does not.
_SHORT = re.compile(r"\bLĐLĐ\b")


def collect(code: str, on: date, variant: str) -> Collected:
    """``code`` is the id of the paper; what is wrong in it comes with the request. Raises NotFound, Conflict.

    The body that issued it corrects it; where that body ended, the one that took over its work.
    """
    paper = _paper(code)
    if paper.issued_on is None or paper.state in ENDED_STATES:
        raise Conflict(
            f"Văn bản “{paper}” đang ở trạng thái “{paper.get_state_display()}”; chỉ đính chính văn bản đã ban hành "
            "và còn hiệu lực.",
            code="not_standing",
            facts={"document": str(paper.pk), "state": paper.state},
        )
    issuer = _issuer(paper, on)
    common, signature = common_fields(KIND, issuer, on=on)
    cited = reference(paper)
    addressed = [
        _SHORT.sub("Liên đoàn Lao động", _WHY.sub("", name)) for name in recipients_of(paper.data)
    ]
    fields: dict[str, object] = {
        **common,
        "addressees": list(dict.fromkeys(addressed)) or [issuer.name],
        "corrected_document": {
            "type_name": type_name(get_kind(paper.kind).schema.symbol_type),
            **cited,
            "subject": upper_first(str(cited["subject"])),
        },
        "recipients": ["Như trên"],
        "archive_units": archive_units(drafting_unit(issuer, as_of=on)),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=issuer.id,
        signer_id=signature.person_id,
        campaign_id=paper.campaign_id,
        variant=variant,
        cites=(paper,),
    )


def _paper(reference_: str) -> Document:
    """The paper with that id, or the only one with that number and symbol."""
    papers = Document.objects.select_related("issuer", "number")
    try:
        return papers.get(pk=uuid.UUID(reference_))
    except (ValueError, Document.DoesNotExist):
        found = list(papers.filter(code=reference_)[:2])
    if len(found) != 1:
        why = "có nhiều văn bản mang số này, dùng mã văn bản" if found else "kiểm tra mã hoặc số"
        raise NotFound(
            f"Không tìm được văn bản “{reference_}”: {why}.", facts={"document": reference_}
        )
    return found[0]


def _issuer(paper: Document, on: date) -> OrgSnapshot:
    if paper.issuer.is_valid_on(on):
        return org_on(paper.issuer.code, as_of=on)
    heir = org_heir(org_book(as_of=on, also={paper.issuer_id}), paper.issuer_id)
    if heir is None:
        return org_on(paper.issuer.code, as_of=on)  # says that it ended, and whose work it is now
    return org_on(UnionOrg.objects.get(pk=heir).code, as_of=on)
