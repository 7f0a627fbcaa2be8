"""What the papers of a founding congress change in the records: the step, the committee, the filed dossier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.errors import DataIncomplete
from docgen.kinds.first_meeting_minutes import first_meeting_seats
from docgen.kinds.people import same_name
from docgen.models import Document
from docgen.services.evidence import case_of, dated, evidence
from docgen.sources.base import issuer_phrase
from records.models import Application, FoundingCase
from records.services import congresses
from records.services.audit import By
from records.services.unions import Seat


def hold_congress(document: Document, by: By) -> None:
    """The congress that the minutes tell of."""
    held = date.fromisoformat(str(document.data["event_date"]))
    congresses.hold_congress(case_of(document), on=held, evidence=evidence(document), by=by)


def seat_elected(document: Document, by: By) -> None:
    """Whom the congress elected, with the posts of the first meeting."""
    case, data = case_of(document), document.data
    elected = first_meeting_seats(data)
    congresses.seat_elected(
        case,
        seats=_seats(case, elected.executive),
        inspection=_seats(case, elected.inspection),
        on=date.fromisoformat(str(data["event_date"])),
        term=(int(data["term_start"]), int(data["term_end"])),
        by=by,
    )


def _seats(case: FoundingCase, posts: Sequence[tuple[str, str]]) -> list[Seat]:
    """Names of the minutes as people of the case. Raises DataIncomplete naming those who did not apply."""
    rows = list(Application.objects.filter(case=case).select_related("person"))
    found, strangers = [], []
    for name, post in posts:
        row = next((one for one in rows if same_name(one.person.full_name, name)), None)
        if row is None:
            strangers.append(name)
        else:
            found.append(Seat(row.person, post, row.job))
    if strangers:
        reason = f"Không có đơn gia nhập của: {', '.join(strangers)}."
        raise DataIncomplete(f"Chưa ghi được Ban Chấp hành: {reason}", wrong={"rows": reason})
    return found


def file_dossier(document: Document, by: By) -> None:
    """The request that the decisions of the case will cite; an upper union's own submission changes nothing."""
    if document.data.get("sender") == "upper":
        return
    congresses.file_dossier(
        case_of(document),
        code=document.code,
        on=dated(document),
        issuer=issuer_phrase(document),
        evidence=f"Tờ trình số {evidence(document)}",
        by=by,
    )
