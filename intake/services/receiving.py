"""Receiving: the bytes are kept as they came, before anything looks at them. The same bytes again are an answer."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import UserError
from core.forms import get_form
from core.letters import clean_line
from intake.guard import MAX_FILE
from intake.models import Arrival, ReceivedFile
from records.models import UnionOrg
from registry.durability import durable
from registry.files import store

_NAME = 255
_SENDER = 300


@dataclass(frozen=True, slots=True)
class New:
    """A file that was not here yet; it waits to be read."""

    file: ReceivedFile


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same bytes came before; nothing was changed."""

    file: ReceivedFile


def receive(
    data: bytes,
    *,
    name: str,
    arrival: Arrival,
    actor: str,
    sender: UnionOrg | None = None,
    sender_text: str = "",
    expect: str | None = None,
    at: datetime | None = None,
) -> New | Duplicate:
    """Keep a file for reading. When this returns, file and row are on the disk, whatever happens next.

    ``expect`` is the form kind a person says it is. A file that cannot be read is kept all the same: reading says
    what is wrong. Raises UserError for an empty or too large file, NotFound for an unknown ``expect``, Outage when
    the disk does not take it.
    """
    if expect is not None:
        get_form(expect)
    if not data:
        raise UserError(f"Tệp {name} trống (0 byte). Hãy gửi lại tệp.", code="empty_file")
    if len(data) > MAX_FILE:
        raise UserError(
            f"Tệp {name} lớn quá {MAX_FILE // 2**20} MB. Hãy tách nhỏ hoặc giảm độ phân giải ảnh rồi gửi lại.",
            code="too_large",
        )
    shown = clean_line(name)[-_NAME:] or "tệp"
    media_type = mimetypes.guess_type(shown)[0] or "application/octet-stream"
    with durable():
        stored = store(data, media_type=media_type, name=shown)
        kept = ReceivedFile.objects.filter(file=stored).first()
        if kept is not None:
            return Duplicate(kept)
        row = ReceivedFile(
            file=stored,
            name=shown,
            arrival=arrival,
            sender=sender,
            sender_text=clean_line(sender_text)[:_SENDER],
            received_at=at or timezone.now(),
            received_by=actor,
            expect=expect or "",
        )
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:  # another process received the same bytes this moment
            return Duplicate(ReceivedFile.objects.get(file=stored))
    return New(row)
