"""Whether a signed paper may get its number on a day: header, legal bases and cited papers still agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from core.errors import Conflict, NotFound
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.kinds.common import shared_problems
from docgen.making import checked_data
from docgen.models import ENDED_STATES, Document, DocumentState
from docgen.sources import paper_header
from docgen.sources.base import HEADER_KEYS, basis_rows

_REDRAFT = "Soạn lại dự thảo theo ngày ban hành (docgen redraft)."


class Cited(NamedTuple):
    """What matters of a paper that another cites."""

    code: str
    state: str
    issued_on: date | None


def check_ready(document: Document, *, on: date, cites: Sequence[Cited] | None = None) -> None:
    """Refuse what must not get a number on that day; ``cites`` when it was read already, for many papers.

    Raises Conflict saying why and what to do, DataIncomplete when the day contradicts the paper's own data.
    """
    if document.state != DocumentState.SIGNED:
        raise Conflict(
            f"Văn bản “{document.subject}” đang ở trạng thái “{document.get_state_display()}”. "
            "Chỉ cấp số cho văn bản đã ký.",
            facts={"document": str(document.pk), "state": document.state},
        )
    _check_header(document, on=on)
    _check_bases(document, on=on)
    kind = get_kind(document.kind)
    if on == document.data_as_of and cites is not None:
        # The rules of this day were kept when it was drafted; since then only its signer can have changed.
        problems = shared_problems(kind.schema, document.data)
        if problems:
            checked_data(kind, document.data, Numbering(issue_date=on))
    else:
        checked_data(kind, document.data, Numbering(issue_date=on))
    if cites is None:
        cites = [Cited(c.code, c.state, c.issued_on) for c in document.cites.all()]
    for cited in cites:
        _check_cited(document, cited, on=on)


def _check_header(document: Document, *, on: date) -> None:
    """Names and places change with their days (CQ-01, DD-01); a line may also have come or gone."""
    facts: dict[str, object] = {"document": str(document.pk)}
    try:
        header = paper_header(
            document.kind,
            record=document.record,
            issuer=document.issuer,
            variant=document.variant,
            as_of=on,
        )
    except NotFound as ended:
        raise Conflict(f"{ended.message} {_REDRAFT}", facts=facts) from ended
    changed = [key for key in HEADER_KEYS if document.data.get(key, "") != header.get(key, "")]
    if changed:
        raise Conflict(
            f"Phần đầu văn bản “{document.subject}” được soạn theo ngày "
            f"{document.data_as_of:%d/%m/%Y}, đến ngày {on:%d/%m/%Y} đã khác "
            f"(tên cơ quan hoặc địa danh). {_REDRAFT}",
            facts={**facts, "wrong": sorted(changed)},
        )


def _check_bases(document: Document, *, on: date) -> None:
    """A law or charter that was replaced between drafting and issue must not be cited."""
    if on == document.data_as_of:
        return
    drafted, now = (
        basis_rows(document.kind, variant=document.variant, as_of=day)
        for day in (document.data_as_of, on)
    )
    if drafted != now:
        raise Conflict(
            f"Căn cứ pháp lý của văn bản “{document.subject}” được soạn theo ngày "
            f"{document.data_as_of:%d/%m/%Y}, đến ngày {on:%d/%m/%Y} đã có căn cứ khác. {_REDRAFT}",
            facts={"document": str(document.pk), "wrong": ["legal_bases"]},
        )


def _check_cited(document: Document, cited: Cited, *, on: date) -> None:
    if cited.state in ENDED_STATES:
        raise Conflict(
            f"Văn bản “{document.subject}” dẫn chiếu {cited.code} đã bị thu hồi hoặc thay thế. "
            f"{_REDRAFT}",
            facts={"document": str(document.pk), "cites": cited.code},
        )
    if cited.issued_on is not None and cited.issued_on > on:
        raise Conflict(
            f"Văn bản “{document.subject}” đề ngày {on:%d/%m/%Y} nhưng dẫn chiếu {cited.code} "
            f"đề ngày {cited.issued_on:%d/%m/%Y} là ngày sau. Chọn ngày ban hành khác.",
            facts={"document": str(document.pk), "cites": cited.code},
        )
