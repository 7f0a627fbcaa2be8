"""Finding papers by what people type: an id, a number with its symbol, or a record."""

from __future__ import annotations

import uuid

from core.errors import NotFound, UserError
from core.letters import clean_line
from docgen.models import ENDED_STATES, Document

#: Longest note in a paper's history, in the change log and beside a number.
NOTE_LENGTH = 500


def get_document(reference: str) -> Document:
    """The paper with that id or code (`70/KH-LĐLĐ`). Raises NotFound, or UserError if several fit."""
    typed = clean_line(reference)
    try:
        return Document.objects.get(pk=uuid.UUID(typed))
    except (ValueError, Document.DoesNotExist):
        pass
    # A draft has no code: nothing typed must not mean every draft.
    found = list(Document.objects.filter(code=typed).select_related("issuer")[:5]) if typed else []
    if len(found) == 1:
        return found[0]
    if found:
        names = "; ".join(f"{d.issuer.name}, {d.issued_on:%d/%m/%Y} ({d.id})" for d in found)
        raise UserError(
            f"Có nhiều văn bản mang số {typed}: {names}. Dùng mã văn bản để chỉ đúng một văn bản.",
            facts={"document": typed},
        )
    raise NotFound(
        f"Không có văn bản “{typed}”. Kiểm tra mã hoặc số, ký hiệu.",
        facts={"document": typed},
    )


def standing_document(*, kind: str, record: str, variant: str = "") -> Document | None:
    """The newest standing paper of a kind about a record, drafted or numbered; of any variant if none is given."""
    found = Document.objects.filter(kind=kind, record=record).exclude(state__in=ENDED_STATES)
    if variant:
        found = found.filter(variant=variant)
    return found.order_by("-created_at").first()


def request_key(*, kind: str, variant: str, record: str, replaces: Document | None = None) -> str:
    """One standing paper of a kind and variant about a record, and one to replace it."""
    key = f"{kind}:{variant}:{record}"
    return f"{key}:{replaces.pk}" if replaces else key


def stated(reason: str, *, what: str) -> str:
    """A reason that was given, short enough for its column. Raises UserError."""
    reason = reason.strip()
    if not reason:
        raise UserError(f"{what} thì phải ghi lý do (--reason).", facts={"missing": ["reason"]})
    return within(reason, "lý do")


def within(text: str, name: str) -> str:
    """A remark that fits the history's column. Raises UserError."""
    if len(text) > NOTE_LENGTH:
        raise UserError(
            f"Nội dung {name} dài {len(text)} ký tự; ghi gọn trong {NOTE_LENGTH} ký tự.",
            facts={"wrong": {"reason": "quá dài"}},
        )
    return text


def meant_to_replace(document: Document) -> Document | None:
    """The paper in force that this one was drafted to replace, until it does."""
    last = document.request_key.rpartition(":")[2]
    try:
        old = uuid.UUID(last)
    except ValueError:
        return None
    return (
        Document.objects.filter(pk=old, number__isnull=False)
        .exclude(pk=document.pk)
        .exclude(state__in=ENDED_STATES)
        .filter(kind=document.kind, record=document.record)
        .first()
    )
