"""The end of an issued paper: recalled, or replaced by another. The paper itself never changes.

What an admission, a decision on inspection or a reorganisation changed in the records ends with it.
"""

from __future__ import annotations

from django.utils import timezone

from core.errors import Conflict
from docgen.kinds import get_kind
from docgen.models import Document, DocumentState, JobState
from docgen.services.access import stated
from docgen.services.consequences import due_job
from docgen.services.effects import withdraw_effects
from docgen.services.lifecycle import NUMBERED_STATES, log_event
from registry.durability import durable
from registry.registers import mark_recalled, mark_replaced

_S = DocumentState


def recall_document(document: Document, *, reason: str, actor: str) -> Document:
    """Issued → recalled (ND30 Điều 18 k4). The paper, its number and its line stay as they are.

    Raises UserError without a reason, Conflict when the paper has no number or has ended already, or when
    the records that followed from it were changed again since.
    """
    reason = stated(reason, what="Thu hồi văn bản")
    with durable():
        locked = _lock(document)[document.pk]
        _check_standing(locked)
        _end(locked, to=_S.RECALLED, reason=reason, actor=actor)
    document.refresh_from_db()
    return document


def replace_document(document: Document, *, by: Document, reason: str, actor: str) -> Document:
    """Issued → replaced by another standing paper of an equal form (ND30 Điều 18 k3).

    The new paper comes from ``request_document(..., replaces=document)`` or is any later paper of the form.
    Raises UserError without a reason, Conflict when the two papers do not fit together.
    """
    reason = stated(reason, what="Thay thế văn bản")
    with durable():
        rows = _lock(document, by)
        locked, new = rows[document.pk], rows[by.pk]
        _check_standing(locked)
        _check_replacement(locked, new)
        _end(locked, to=_S.REPLACED, reason=reason, actor=actor, by=new)
    document.refresh_from_db()
    return document


def _lock(*papers: Document) -> dict[object, Document]:
    """The rows as they are now, locked in one order whoever asks."""
    return {
        row.pk: row
        for row in Document.objects.select_for_update(of=("self",))
        .select_related("issuer", "number")
        .filter(pk__in=[paper.pk for paper in papers])
        .order_by("pk")
    }


def _check_standing(document: Document) -> None:
    facts = {"document": str(document.pk), "state": document.state}
    if document.state not in NUMBERED_STATES:
        raise Conflict(
            f"Văn bản đang ở trạng thái “{document.get_state_display()}”; chỉ thu hồi hoặc thay thế "
            "được văn bản đã cấp số và còn hiệu lực.",
            facts=facts,
        )
    job = due_job(document)
    if job is not None and job.state != JobState.FAILED:
        raise Conflict(
            f"Văn bản {document.code} đã có số nhưng chưa tạo xong bản chính thức, hệ quả của nó chưa được ghi vào "
            "hồ sơ. Chờ máy chạy việc hoặc chạy “docgen sweep” rồi làm lại.",
            code="paper_unfinished",
            facts=facts,
        )


def _check_replacement(old: Document, new: Document) -> None:
    facts = {"document": str(old.pk), "by": str(new.pk)}
    if new.pk == old.pk or new.state not in NUMBERED_STATES:
        raise Conflict(
            "Văn bản thay thế phải là một văn bản khác, đã được cấp số và còn hiệu lực.",
            facts=facts,
        )
    if _form(new) != _form(old):
        raise Conflict(
            f"Văn bản {old.code} phải được thay bằng văn bản cùng loại; {new.code} là loại khác.",
            facts=facts,
        )
    if old.issued_on and new.issued_on and new.issued_on < old.issued_on:
        raise Conflict(
            f"Văn bản thay thế {new.code} đề ngày {new.issued_on:%d/%m/%Y}, trước văn bản bị thay "
            f"{old.code} ngày {old.issued_on:%d/%m/%Y}. Chọn văn bản ban hành sau.",
            facts=facts,
        )
    earlier = Document.objects.filter(replaced_by=new).first()
    if earlier is not None:
        raise Conflict(
            f"Văn bản {new.code} đã thay thế {earlier.code}; mỗi văn bản chỉ thay một văn bản.",
            facts=facts,
        )


def _form(document: Document) -> str | None:
    return get_kind(document.kind).schema.symbol_type


def _end(
    document: Document, *, to: DocumentState, reason: str, actor: str, by: Document | None = None
) -> None:
    if document.number is None:
        raise RuntimeError("a numbered paper has its number")
    Document.objects.filter(pk=document.pk).update(
        state=to, replaced_by=by, updated_at=timezone.now()
    )
    withdraw_effects(document, actor=actor)
    if by is None:
        mark_recalled(document.number, reason=reason, actor=actor)
    else:
        mark_replaced(document.number, by=by.code, reason=reason, actor=actor)
    log_event(document, actor=actor, before=document.state, after=to, note=reason)
