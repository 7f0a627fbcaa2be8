"""Forms given out: their serials and codes, the hash of what left the house, and whether a code is ours."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from core.errors import Conflict
from core.forms import get_form
from core.forms.identity import FormCode, is_ours, make_code
from records.models import Campaign, ChangeLog
from registry.models import FormRound, IssuedForm, StoredFile

#: What the store's secret is for here; another label gives another key.
_LABEL = b"docgen form code 1"


def form_key() -> bytes:
    """The key of the checks in form codes, made from the store's secret."""
    return hmac.new(str(settings.SECRET_KEY).encode(), _LABEL, hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class NewForm:
    """A form about to be given out. ``record_type`` and ``record_id`` are empty for a plain blank."""

    kind: str
    file_format: str
    issued_on: date
    record_type: str = ""
    record_id: str = ""
    campaign_id: int | None = None
    period: str = ""
    issuer_id: int | None = None
    unit_id: int | None = None
    due_on: date | None = None


def reserve_forms(
    wanted: Sequence[NewForm], *, actor: str, in_round: FormRound | None = None
) -> list[IssuedForm]:
    """Rows with their serials, for codes to be printed; nothing is given out before :func:`seal_forms`."""
    rows = [
        IssuedForm(
            kind=one.kind,
            version=get_form(one.kind).version,
            file_format=one.file_format,
            record_type=one.record_type,
            record_id=one.record_id,
            campaign_id=one.campaign_id,
            round=in_round,
            period=one.period,
            issuer_id=one.issuer_id,
            unit_id=one.unit_id,
            issued_on=one.issued_on,
            due_on=one.due_on,
            issued_by=actor,
        )
        for one in wanted
    ]
    return IssuedForm.objects.bulk_create(rows)


def code_of(issued: IssuedForm) -> FormCode:
    """The code printed on the form."""
    form = get_form(issued.kind)
    return make_code(form.code, version=issued.version, serial=issued.serial, key=form_key())


def seal_forms(
    made: Sequence[tuple[IssuedForm, bytes]],
    *,
    actor: str,
    channel: str,
    reason: str = "",
    stored: Sequence[StoredFile] = (),
) -> None:
    """Keep the hash of each file, and say in the change log that it was given out. Raises Conflict on a second time.

    ``stored`` are the kept files in the same order, where they are kept.
    """
    kept: Sequence[StoredFile | None] = stored or [None] * len(made)
    with transaction.atomic():
        for (issued, data), file in zip(made, kept, strict=True):
            sha256 = hashlib.sha256(data).hexdigest()
            fresh = IssuedForm.objects.filter(pk=issued.pk, sha256="")
            if not fresh.update(sha256=sha256, file=file):
                raise Conflict(
                    f"Biểu mẫu số {issued.serial:06d} đã phát rồi.",
                    code="form_issued",
                    facts={"serial": issued.serial},
                )
            issued.sha256 = sha256
        ChangeLog.objects.bulk_create(
            ChangeLog(
                actor=actor,
                channel=channel,
                action="issued",
                record_type="issuedform",
                record_id=str(issued.serial),
                after=_said(issued),
                reason=reason,
            )
            for issued, _ in made
        )


def _said(issued: IssuedForm) -> dict[str, object]:
    return {
        "kind": issued.kind,
        "version": issued.version,
        "file_format": issued.file_format,
        "record": f"{issued.record_type}:{issued.record_id}" if issued.record_id else "",
        "round": issued.round_id,
        "unit": issued.unit_id,
        "due_on": issued.due_on.isoformat() if issued.due_on else None,
        "sha256": issued.sha256,
    }


def find_issued(code: FormCode) -> IssuedForm | None:
    """The form given out under a code; None when this store did not make the code or the form never left."""
    if not is_ours(code, form_key()):
        return None
    return IssuedForm.objects.filter(pk=code.serial).exclude(sha256="").first()


def open_round(
    campaign: Campaign,
    *,
    kind: str,
    period: str,
    as_of: date,
    due_on: date,
    actor: str,
    again: bool = False,
) -> FormRound:
    """A round of forms. Raises Conflict when the period had one, unless it is sent ``again``.

    A round of which no form left the house (LibreOffice was missing, say) is taken up anew.
    """
    with transaction.atomic():
        before = FormRound.objects.filter(campaign=campaign, kind=kind, period=period)
        last = before.select_for_update().order_by("-number").first()
        if last is not None and not last.forms.exclude(sha256="").exists():
            last.as_of, last.due_on, last.created_by = as_of, due_on, actor
            last.save(update_fields=("as_of", "due_on", "created_by"))
            return last
        if last is not None and not again:
            raise Conflict(
                f"Kỳ {period or 'này'} đã phát “{get_form(kind).label_vi}” ngày {last.as_of:%d/%m/%Y},"
                f" hạn nộp {last.due_on:%d/%m/%Y}. Thêm --again nếu muốn phát lại.",
                code="round_exists",
                facts={"round": last.pk, "number": last.number},
            )
        return FormRound.objects.create(
            campaign=campaign,
            kind=kind,
            period=period,
            number=last.number + 1 if last else 1,
            as_of=as_of,
            due_on=due_on,
            created_by=actor,
        )
