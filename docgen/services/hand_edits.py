"""A final text that somebody changed by hand in Word: looked at, confirmed by a person, then frozen like any other.

The file that was sent in is kept under its hash and belongs to the paper; number and date are put into the places
left open for them, so the issued file follows from kept file and number, and can be made again. What the records
say stays in the paper's data: numbers and names that the text no longer has are shown before anybody confirms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from core.errors import Conflict, UserError
from core.schema import FieldKind, FieldSpec
from core.text import clean_line, fold
from docgen.engine.package import read_package
from docgen.kinds import get_kind
from docgen.models import Document, DocumentState, Purpose
from docgen.rules import Finding, check_docx
from docgen.rules.opening import open_docx
from docgen.rules.stamp import blanks_of, stamped
from docgen.rules.view.build import build_view
from docgen.rules.view.names import W
from docgen.services.lifecycle import lock_in_state, log_event
from docgen.services.paper_checks import check_paper
from docgen.services.rendering import ask_rendering, generated_draft
from docgen.templates import DOCX
from registry.files import read, store
from registry.models import StoredFile

_S = DocumentState
OPEN = (_S.DRAFT, _S.RETURNED)
#: The longest value that counts as a name; longer ones are wording, which is what one edits by hand.
_NAME_LENGTH = 120
_NUMBER = re.compile(r"\d(?:[\d./:,]*\d)?")
_SAMPLE_DAY = date(2024, 5, 2)
_TRACKED = ("ins", "del", "moveFrom", "moveTo")


@dataclass(frozen=True, slots=True)
class LostFact:
    """A value of the paper's data that the edited text no longer has."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class HandEdit:
    """What a person sees before confirming: faults of form, facts that went, numbers that went or came."""

    findings: tuple[Finding, ...]
    lost: tuple[LostFact, ...]
    numbers_gone: tuple[str, ...]
    numbers_new: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Nothing to confirm beyond the wording."""
        return not (self.findings or self.lost or self.numbers_gone or self.numbers_new)


def review_hand_edit(document: Document, docx: bytes) -> HandEdit:
    """Hold an edited file against the paper's data and the rules of form.

    Raises Conflict for a paper that is no draft, Unreadable and UserError for a file that cannot be issued:
    no Word file, one too heavy to look at, tracked changes left in it, no open place for number or day.
    """
    _check_state(document)
    check_paper(
        docx
    )  # in a child with limits first: what breaks or fills it never reaches this process
    draft = generated_draft(document)
    _check_file(document, docx, draft=draft)
    before, after = _text(draft), _text(docx)
    gone, new = _numbers(before, after)
    return HandEdit(
        tuple(check_docx(docx, on=document.intended_on)),
        tuple(_lost(document, before, after)),
        gone,
        new,
    )


def accept_hand_edit(document: Document, stored: StoredFile, *, actor: str) -> Document:
    """The edited file becomes the paper's text. It is looked at again: what cannot be issued is never taken.

    Raises as ``review_hand_edit``.
    """
    review = review_hand_edit(document, read(stored))
    with transaction.atomic():
        state = lock_in_state(document, OPEN)
        if document.edited_file_id == stored.pk:
            return document
        _set(document, stored)
        noted = len(review.lost) + len(review.numbers_gone) + len(review.numbers_new)
        note = f"Nhận bản Word sửa tay ({stored.sha256[:12]}…)"
        if noted:
            note += f", người soạn xác nhận {noted} chỗ khác số liệu"
        log_event(document, actor=actor, before=state, after=state, note=note)
    return document


def drop_hand_edit(document: Document, *, actor: str) -> Document:
    """Back to the text that is made from the records."""
    with transaction.atomic():
        state = lock_in_state(document, OPEN)
        if document.edited_file_id is not None:
            _set(document, None)
            log_event(document, actor=actor, before=state, after=state, note="Bỏ bản Word sửa tay")
    return document


def keep_upload(docx: bytes, *, name: str) -> StoredFile:
    """Keep the file that was sent in, so that exactly what was looked at is confirmed."""
    return store(docx, media_type=DOCX, name=name)


def _set(document: Document, stored: StoredFile | None) -> None:
    Document.objects.filter(pk=document.pk).update(
        edited_file=stored, draft_file=None, updated_at=timezone.now()
    )
    document.refresh_from_db()
    ask_rendering(document, Purpose.DRAFT)


def _check_state(document: Document) -> None:
    if document.state not in OPEN:
        raise Conflict(
            f"Văn bản đang ở trạng thái “{document.get_state_display()}”; chỉ nhận bản sửa tay khi văn bản còn "
            "là dự thảo hoặc bị trả lại.",
            facts={"document": str(document.pk), "state": document.state},
        )


def _check_file(document: Document, docx: bytes, *, draft: bytes) -> None:
    opened = open_docx(docx)
    read_package(docx)
    if next(opened.document.iter(*(W + name for name in _TRACKED)), None) is not None:
        raise UserError(
            "Tệp còn chỗ sửa đang theo dõi (Track Changes). Trong Word bấm Accept All Changes, lưu rồi gửi lại.",
            code="tracked_changes",
        )
    symbol = str(document.data["doc_symbol"])
    wanted, found = blanks_of(draft, symbol=symbol), blanks_of(docx, symbol=symbol)
    if wanted.header_number and not found.header_number:
        raise UserError(
            f"Không thấy dòng “Số:      /{symbol}” còn để trống số. Giữ nguyên dòng này: số do văn thư cấp.",
            code="no_place_for_number",
        )
    if wanted.header_day and not found.header_day:
        raise UserError(
            "Không thấy dòng địa danh, ngày tháng còn để trống ngày. Giữ nguyên dòng này: ngày ghi khi cấp số.",
            code="no_place_for_day",
        )
    if found.numbers < wanted.numbers or found.days < wanted.days:
        raise UserError(
            f"Phụ lục trong tệp không còn chỗ ghi số, ngày của văn bản (cần {wanted.numbers} chỗ ghi số, "
            f"{wanted.days} chỗ ghi ngày). Giữ nguyên các dòng “Kèm theo … số      /{symbol}”.",
            code="no_place_in_annex",
        )
    left = blanks_of(
        stamped(docx, symbol=symbol, code=f"99/{symbol}", on=_SAMPLE_DAY), symbol=symbol
    )
    if left.numbers or left.days:
        raise UserError(
            "Không ghi được số, ngày vào tệp này: dòng số hoặc dòng ngày là trường tự động hay có dấu tách. "
            "Gõ lại hai dòng đó như bản dự thảo.",
            code="places_not_plain",
        )


def _text(docx: bytes) -> str:
    view = build_view(open_docx(docx))
    return "\n".join(para.text for para in (*view.paras, *view.boxes))


def _numbers(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbers and dates that went and that came, each as often as it did."""
    old, new = Counter(_NUMBER.findall(before)), Counter(_NUMBER.findall(after))
    return tuple(sorted((old - new).elements())), tuple(sorted((new - old).elements()))


def _lost(document: Document, before: str, after: str) -> Iterator[LostFact]:
    old, new = _key(before), _key(after)
    told: set[str] = set()
    for label, value in _names(get_kind(document.kind).schema.fields, document.data):
        key = _key(value)
        if key and key in old and key not in new and key not in told:
            told.add(key)
            yield LostFact(label, value)


def _key(text: str) -> str:
    return fold(clean_line(text))


def _names(
    specs: Sequence[FieldSpec], data: Mapping[str, object], prefix: str = ""
) -> Iterator[tuple[str, str]]:
    """Short texts of the data: names, posts, places, codes, with their labels."""
    for spec in specs:
        value = data.get(spec.key)
        label = f"{prefix}{spec.label_vi}"
        if spec.kind == FieldKind.ROWS and isinstance(value, Sequence):
            for at, row in enumerate(value, start=1):
                if isinstance(row, Mapping):
                    yield from _names(spec.item, row, f"{label}, dòng {at}, ")
        elif spec.kind == FieldKind.GROUP and isinstance(value, Mapping):
            yield from _names(spec.item, value, f"{label}, ")
        elif spec.kind in (
            FieldKind.TEXT,
            FieldKind.PHONE,
            FieldKind.ID_NUMBER,
            FieldKind.TAX_CODE,
        ):
            text = str(value or "")
            if 1 < len(text) <= _NAME_LENGTH:
                yield label, text
