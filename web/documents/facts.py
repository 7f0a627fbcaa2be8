"""What the page of a paper tells: its way so far, what it stands on, and the one next step for this person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Problem
from docgen.kinds import get_kind
from docgen.kinds.common import recipients_of
from docgen.models import CORRECTION, Document, DocumentEvent, DocumentState
from docgen.services.access import meant_to_replace
from docgen.services.consequences import due_job
from docgen.services.issuing import holder_of, series_of
from docgen.sources.base import signing_modes
from records.models import Person
from records.selectors.orgs import org_on
from records.selectors.people import SignerSnapshot, signers_of
from registry.models import NumberSeries, OfficialNumber, OutgoingEntry
from registry.series import SeriesRef
from web.documents import queries
from web.documents.subjects import subject_of
from web.rights import Right, who_may
from web.viewer import Viewer

_S = DocumentState
#: How the history names the workers.
MACHINE = "docgen"


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of a paper for one person: its name (a part of the page), or what is waited for."""

    name: str = ""
    waits_for: str = ""
    context: object = None


def short_name(document: Document) -> str:
    """Number and symbol, or that it is a draft."""
    return document.code or "dự thảo"


def about(document: Document) -> dict[str, object]:
    """Everything the page tells of one paper beside the paper itself."""
    events = list(document.events.order_by("id"))
    names = {MACHINE: "tự động"} | queries.people_names(
        {event.actor for event in events} | {document.requested_by}
    )
    entry = OutgoingEntry.objects.filter(number=document.number_id).select_related("scan").first()
    return {
        "kind_label": get_kind(document.kind).schema.label_vi,
        "subject_name": subject_of(document.record),
        "events": [
            (event, names.get(event.actor, event.actor), _label(event.to_state)) for event in events
        ],
        "requested_by": names.get(document.requested_by, document.requested_by),
        "remarks": _remarks(document, events),
        "cites": list(document.cites.all()),
        "cited_by": list(document.cited_by.exclude(state__in=(_S.RECALLED, _S.REPLACED))),
        "corrections": document.corrections() if document.kind != CORRECTION else [],
        "replaces": Document.objects.filter(replaced_by=document).first(),
        "to_replace": meant_to_replace(document),
        "recipients": recipients_of(document.data),
        "warnings": warnings_of(document),
        "entry": entry if document.number_id else None,
        "due": due_job(document),
    }


def _label(state: str) -> str:
    return str(_S(state).label)


def warnings_of(document: Document) -> tuple[Problem, ...]:
    """What a person should look at before signing."""
    return get_kind(document.kind).warnings(document.data)


def _remarks(document: Document, events: Sequence[DocumentEvent]) -> str:
    """Why it came back, while it is back or being mended."""
    if document.state not in (_S.RETURNED, _S.DRAFT):
        return ""
    back = [event for event in events if event.to_state == _S.RETURNED]
    return str(back[-1].note) if back else ""


def next_step(document: Document, viewer: Viewer) -> Step:
    """The step of this person, or who is waited for."""
    state = document.state
    if state in (_S.DRAFT, _S.RETURNED):
        if viewer.may(Right.COMPOSE):
            return Step("submit")
        return Step(waits_for=f"Văn bản đang soạn; {who_may(Right.COMPOSE)} sửa và trình.")
    if state == _S.SUBMITTED:
        if viewer.may(Right.APPROVE):
            return Step("approve", context=approval(document, viewer))
        return Step(waits_for=f"Đang chờ {who_may(Right.APPROVE)} duyệt, ký.")
    if state == _S.SIGNED:
        if viewer.may(Right.NUMBER):
            return Step("number", context=numbering(document))
        return Step(waits_for=f"Đã ký; đang chờ {who_may(Right.NUMBER)} cấp số, phát hành.")
    return Step("issued" if state == _S.ISSUED else "")


def signers(document: Document) -> tuple[SignerSnapshot, ...]:
    """Who may sign this paper on its day; nobody when its body has ended by then."""
    org = org_on(document.issuer.code, as_of=document.intended_on)
    modes = signing_modes(document.kind, as_of=document.intended_on)
    return signers_of(org, as_of=document.intended_on, modes=modes)


def approval(document: Document, viewer: Viewer) -> dict[str, object]:
    """Whether this person may sign, and what changes on the paper when another name stands there."""
    allowed = signers(document)
    own = next((one for one in allowed if _is(one, viewer.person)), None)
    named = str(document.data.get("signer_name", ""))
    return {
        "signer": own,
        "allowed": list({one.person.full_name: one for one in allowed}.values()),
        "changes_signer": bool(own and named and own.person.full_name != named),
        "named": named,
        "has_person": viewer.person is not None,
    }


def _is(signer: SignerSnapshot, person: Person | None) -> bool:
    return person is not None and signer.person.id == person.pk


@dataclass(frozen=True, slots=True)
class NumberingFacts:
    """The series that a paper draws from: the number that comes next, the day of the last, a number kept for it."""

    series: SeriesRef
    day: date
    next_number: int = 1
    last_date: date | None = None
    kept: OfficialNumber | None = None


def numbering(document: Document) -> NumberingFacts:
    """What the secretary sees before giving the number; the day never before that of the last number."""
    kept = OfficialNumber.objects.filter(holder=holder_of(document)).first()
    series = series_of(document, document.intended_on)
    row = series_row(series)
    last = row.last_date if row else None
    day = kept.on if kept else max(document.intended_on, last or document.intended_on)
    return NumberingFacts(series, day, row.next_number if row else 1, last, kept)


def series_row(series: SeriesRef) -> NumberSeries | None:
    """The row of a series, if a number was ever taken or set there."""
    return NumberSeries.objects.filter(
        org_id=series.org_id, key=series.key, year=series.year, direction=series.direction
    ).first()
