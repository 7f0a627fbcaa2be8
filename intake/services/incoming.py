"""Official papers among the returned forms get their line in the incoming register (ND30 Điều 22)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from core.dates import format_short
from core.forms import get_form
from intake.models import ReceivedFile, ReturnedForm
from intake.services.policy import official_kinds
from records.models import FoundingCase, OrgKind, UnionOrg
from records.selectors.enterprises import enterprise_snapshots
from registry.models import IncomingEntry, NumberSeries
from registry.registers import enter_incoming
from registry.series import incoming_series

_CODE = 80


def enter_forms(
    row: ReceivedFile, forms: Sequence[ReturnedForm], *, actor: str
) -> list[IncomingEntry]:
    """One line for each official paper of the file, once. Call it inside ``durable()``.

    Copies of what came before get none. The body is the one that decides the case, else the provincial federation;
    without either there is no book to write in.
    """
    official = official_kinds()
    arrived = timezone.localtime(row.received_at).date()
    entries = []
    for form in forms:
        if form.kind not in official or form.duplicates_id is not None:
            continue
        org = _body(form, arrived)
        if org is not None:
            entries.append(_enter(row, form, org, arrived, actor))
    return entries


def _body(form: ReturnedForm, on: date) -> UnionOrg | None:
    if form.record_type == "case":
        case = FoundingCase.objects.get(code=form.record_id)
        place = enterprise_snapshots([case.enterprise_id], as_of=on)[case.enterprise_id]
        if place.upper is not None:
            return UnionOrg.objects.get(pk=place.upper.id)
    found = list(UnionOrg.objects.filter(kind=OrgKind.PROVINCE_FEDERATION)[:2])
    return found[0] if len(found) == 1 else None


def _enter(
    row: ReceivedFile, form: ReturnedForm, org: UnionOrg, arrived: date, actor: str
) -> IncomingEntry:
    """The line; numbers of a book do not run backwards, so what was read late stands under the later day."""
    series = incoming_series(org, arrived.year)
    last = (
        NumberSeries.objects.select_for_update()
        .filter(org_id=series.org_id, direction=series.direction, key=series.key, year=series.year)
        .values_list("last_date", flat=True)
        .first()
    )
    day = max(arrived, last) if last else arrived
    values = form.values
    author = values.get("sender") or values.get("district") or values.get("union_name")
    signed = values.get("doc_date") or values.get("event_date")
    return enter_incoming(
        org=org,
        holder=f"intake:{row.file.sha256[:32]}:{form.position}",
        actor=actor,
        arrived_on=day,
        author=str(author or row.sender_text or (row.sender.name if row.sender else "chưa rõ"))[
            :300
        ],
        subject=get_form(form.kind).label_vi,
        code=str(values.get("doc_number") or "")[:_CODE],
        date=date.fromisoformat(str(signed)) if signed else None,
        note="" if day == arrived else f"Nhận ngày {format_short(arrived)}",
        file=row.file,
    )
