"""Invitation (giấy mời, ND30 model 1.7). Pure."""

from __future__ import annotations

from datetime import date, time

from core.dates import format_long
from core.errors import Problem
from core.periods import format_time
from core.schema import FieldKind, FieldSpec, KindSchema
from docgen.kinds import examples
from docgen.kinds.base import (
    COMMON_FIELDS,
    REFERENCE_FIELDS,
    Context,
    Data,
    DocumentKind,
    Numbering,
)
from docgen.kinds.common import addressees, common_context, day, group, text, texts

_F = FieldSpec
_K = FieldKind

_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("event", _K.TEXT, "Tên sự kiện", required=True),
    _F("decision", _K.GROUP, "Quyết định được công bố", item=REFERENCE_FIELDS),
    _F("invitees", _K.TEXT_LIST, "Khách mời", required=True, minimum=1),
    _F("chair", _K.TEXT, "Chủ trì"),
    _F("event_date", _K.DATE, "Ngày diễn ra", required=True),
    _F("start_time", _K.TIME, "Giờ bắt đầu", required=True),
    _F("venue", _K.TEXT, "Địa điểm", required=True),
    _F("notes", _K.TEXT_LIST, "Ghi chú"),
    _F("contact", _K.TEXT, "Thông tin liên hệ"),
)
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def event_time(start: str, on: date) -> str:
    """``14 giờ 00 phút, thứ Năm, ngày 16 tháng 5 năm 2024``; ``start`` is ``HH:MM``."""
    clock = format_time(time.fromisoformat(start))
    return f"{clock}, {_WEEKDAYS[on.weekday()]}, {format_long(on)}"


def subject(data: Data) -> str:
    """Trích yếu: ``Dự Lễ ra mắt ...``."""
    return f"Dự {text(data, 'event')}"


def _check(data: Data) -> tuple[Problem, ...]:
    written, held = day(data, "intended_date"), day(data, "event_date")
    if written and held and held < written:
        message = (
            f"Ngày diễn ra ({format_long(held)}) trước ngày giấy mời ({format_long(written)})."
        )
        return (Problem("date_order", message, ("event_date", "intended_date")),)
    return ()


def _announced(data: Data) -> str:
    """The decision that is announced, after the event's name; its own summary would say it twice."""
    decision = group(data, "decision")
    made = day(decision, "date")
    if made is None:
        return ""
    by = text(decision, "issuer")
    return f" (Quyết định số {text(decision, 'code')} {format_long(made)} của {by})"


def _context(data: Data, numbering: Numbering) -> Context:
    held = day(data, "event_date")
    return common_context(data, numbering, subject=subject(data)) | {
        "ds_khach_moi": addressees(data, "invitees"),
        "su_kien_trong_cau": f"{text(data, 'event')}{_announced(data)}",
        "nguoi_chu_tri": text(data, "chair").rstrip("."),
        "thoi_gian": event_time(text(data, "start_time"), held) if held else "",
        "dia_diem": text(data, "venue").rstrip("."),
        "ds_ghi_chu": [f"{note.rstrip('.')}." for note in texts(data, "notes")],
        "lien_he": text(data, "contact").rstrip("."),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="invitation",
        label_vi="Giấy mời",
        symbol_type="GM",
        annexes=(),
        fields=_FIELDS,
        example=examples.INVITATION,
    ),
    template=lambda _data: "invitation/giay_moi",
    check=_check,
    context=_context,
    register_subject=subject,
)
