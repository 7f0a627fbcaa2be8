"""Pages of received files to look at: PDFs as they are, office files printed by LibreOffice in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from core.errors import NotFound, Outage, UserError
from intake.convert import printed
from intake.guard import check_file
from intake.models import PaperView, ReceivedFile, ReturnedForm, ViewState
from intake.read import read_form, shared_cage
from intake.readers.raw import Channel
from intake.reading import FieldReading, Reading
from registry.claimers import LEASE, MAX_ATTEMPTS, is_dead, worker_name
from registry.clock import database_now
from registry.files import read, store

PDF = "application/pdf"
_OFFICE = (Channel.DOCX.value, Channel.XLSX.value)
_PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
#: A page is drawn so many pixels wide: sharp at twice the size at which it fits the screen.
WIDTH = 1240
NO_PICTURE = "Trình duyệt không xem được loại ảnh này; tải tệp gốc để đối chiếu."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture for the browser."""

    data: bytes
    media_type: str


def channel_of(form: ReturnedForm) -> str:
    """How the form came (contract §4)."""
    return str((form.reading or {}).get("channel") or "")


def needs_view(form: ReturnedForm) -> bool:
    """Whether its file must be printed before it can be looked at."""
    return channel_of(form) in _OFFICE


def ask_view(received: ReceivedFile) -> PaperView:
    """The row that makes the file's pages; one that failed is tried anew."""
    view, made = PaperView.objects.get_or_create(received=received)
    if not made and view.state == ViewState.FAILED:
        PaperView.objects.filter(pk=view.pk, state=ViewState.FAILED).update(
            state=ViewState.WAITING, attempt=0, error_message="", queued_at=timezone.now()
        )
        view.refresh_from_db()
    return view


def _claim(view_id: int) -> PaperView | None:
    now = database_now()
    free = Q(state=ViewState.WAITING) | Q(state=ViewState.RUNNING, lease_until__lt=now)
    taken = PaperView.objects.filter(free, pk=view_id, attempt__lt=MAX_ATTEMPTS).update(
        state=ViewState.RUNNING,
        attempt=F("attempt") + 1,
        lease_until=now + LEASE,
        claimed_by=worker_name(),
    )
    rows = PaperView.objects.select_related("received__file")
    return rows.get(pk=view_id) if taken else None


def _end(view: PaperView, state: ViewState, **changes: object) -> None:
    """End the claim, unless somebody else has the row by now."""
    PaperView.objects.filter(
        pk=view.pk, attempt=view.attempt, claimed_by=view.claimed_by, state=ViewState.RUNNING
    ).update(state=state, lease_until=None, claimed_by="", **changes)


def make_view(view_id: int) -> ViewState | None:
    """Print a waiting file and find its values on the pages. None when someone else has it or it is done."""
    view = _claim(view_id)
    if view is None:
        return None
    row = view.received
    try:
        data = read(row.file)
        pdf = printed(data, check_file(data))
        sizes = shared_cage().sizes(pdf)
        places = _places(row, pdf)
    except Outage as fault:
        return _passing(view, fault)
    except UserError as fault:
        _end(view, ViewState.FAILED, error_message=fault.message)
        return ViewState.FAILED
    with transaction.atomic():
        kept = store(pdf, media_type=PDF, name=f"{row.name}.pdf")
        _end(view, ViewState.DONE, pdf=kept, sizes=sizes, places=places)
    return ViewState.DONE


def _passing(view: PaperView, fault: Outage) -> ViewState:
    last = view.attempt >= MAX_ATTEMPTS or not fault.retryable
    state = ViewState.FAILED if last else ViewState.WAITING
    _end(view, state, error_message=fault.message)
    return state


def _places(row: ReceivedFile, pdf: bytes) -> dict[str, dict[str, list[float]]]:
    """Where values stand on the printed pages: the PDF is read like any other, and what is the same is the place."""
    forms = list(row.forms.exclude(kind="").order_by("position"))
    if not forms:
        return {}
    try:
        found = read_form(pdf, name=row.name, expect=forms[0].kind if len(forms) == 1 else None)
    except UserError:
        return {}  # the page is shown without frames
    made: dict[str, dict[str, list[float]]] = {}
    for form, reading in zip(forms, [one for one in found if one.kind], strict=False):
        if reading.kind == form.kind:
            made[str(form.position)] = _same(form.reading, reading)
    return made


def _same(kept: Mapping[str, object], printed_one: Reading) -> dict[str, list[float]]:
    """Paths whose value is the same on the printed page, with the place there."""
    places: dict[str, list[float]] = {}
    fields = kept.get("fields")
    for key, one in printed_one.fields.items():
        was = fields.get(key) if isinstance(fields, Mapping) else None
        if isinstance(was, Mapping) and was.get("value") == one.value:
            places |= _place(key, one)
    rows = kept.get("rows")
    for at, row in enumerate(printed_one.rows or ()):
        was_row = rows[at] if isinstance(rows, list) and at < len(rows) else {}
        for key, one in row.items():
            was = was_row.get(key) if isinstance(was_row, Mapping) else None
            if isinstance(was, Mapping) and was.get("value") == one.value:
                places |= _place(f"rows[{at}].{key}", one)
    return places


def _place(path: str, one: FieldReading) -> dict[str, list[float]]:
    return {path: [float(one.page), *one.box]} if one.page and one.box else {}


def free_abandoned_views() -> int:
    """Rows whose maker is dead or whose lease ran out go back to waiting, or to failed at the cap."""
    now = database_now()
    freed = 0
    for view in PaperView.objects.filter(state=ViewState.RUNNING):
        if not (is_dead(view.claimed_by) or view.lease_until is None or view.lease_until < now):
            continue
        last = view.attempt >= MAX_ATTEMPTS
        _end(view, ViewState.FAILED if last else ViewState.WAITING)
        freed += 1
    return freed


def waiting_views(*, older_than: timedelta = timedelta(0)) -> list[int]:
    """Views that nobody has made yet."""
    old = PaperView.objects.filter(
        state=ViewState.WAITING, queued_at__lte=database_now() - older_than
    )
    return list(old.order_by("id").values_list("pk", flat=True))


# --- pictures --------------------------------------------------------------------------------------------------


def draw_page(form: ReturnedForm, page: int) -> Drawn:
    """A page of the form's file as a picture.

    Raises NotFound while the file has not been printed or the page is not there, Refused when it cannot be drawn.
    """
    channel = channel_of(form)
    if channel == Channel.IMAGE.value:
        return _as_it_came(form)
    if channel in _OFFICE:
        view = PaperView.objects.select_related("pdf").filter(received=form.received).first()
        if view is None or view.pdf is None:
            raise NotFound("Ảnh trang của tệp này chưa làm xong. Chờ vài giây rồi mở lại.")
        data = read(view.pdf)
    else:
        data = read(form.received.file)
    return Drawn(shared_cage().draw(data, page=page, width=WIDTH), "image/png")


def sizes_of(form: ReturnedForm) -> list[tuple[int, float, float]]:
    """Pages on which the form stands, with width and height in points; none while its file has not been printed.

    A picture that came as one has page 1 without a size. Raises Refused when the file cannot be opened.
    """
    channel = channel_of(form)
    if channel == Channel.IMAGE.value:
        return [(1, 0.0, 0.0)]
    if channel in _OFFICE:
        view = PaperView.objects.filter(received=form.received, state=ViewState.DONE).first()
        return [(at, one[0], one[1]) for at, one in enumerate(view.sizes, start=1)] if view else []
    own = [int(one) for one in (form.reading or {}).get("pages") or ()]
    sizes = shared_cage().sizes(read(form.received.file))
    return [(at, one[0], one[1]) for at, one in enumerate(sizes, start=1) if not own or at in own]


def _as_it_came(form: ReturnedForm) -> Drawn:
    data = read(form.received.file)
    for magic, media_type in _PICTURES.items():
        if data.startswith(magic):
            return Drawn(data, media_type)
    raise NotFound(NO_PICTURE)
