"""A value as people write it: the plain way, or one of the odd ways that are still clear (domain brief §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from core.forms import FormField
from core.numbers import format_decimal, to_words
from core.schema import FieldKind
from tests.intake.forms import shown

_ETHNIC = {
    "Mông": ("H'Mông", "Hmông", "Mông"),
    "Khơ Mú": ("Khơ mú", "Khmú"),
    "Hà Nhì": ("Hà nhì", "Hà Nhì"),
}
_TICKED = ("☒", "☑", "[x]")


def plain(field: FormField, value: object) -> str:
    """The usual way."""
    return shown(field, value)


def odd(field: FormField, value: object, random: Random) -> str:
    """One of the ways people write it; always with one meaning."""
    if value is None:
        return ""
    ways = _WAYS.get(field.kind)
    if field.key == "ethnicity":
        return random.choice(_ETHNIC.get(str(value), (str(value),)))
    return random.choice(ways(field, value)) if ways else shown(field, value)


def _integers(field: FormField, value: object) -> list[str]:
    number = int(str(value))
    unit = field.unit or ("phiếu" if field.key == "votes" else "")
    ways = [str(number), f"{number} {unit}".strip()]
    if 0 <= number < 10:
        ways += [f"{number:02d}", f"{number:02d} ({to_words(number)})"]
    if number == 0:
        ways += ["Không", "không có"]
    if number >= 1000:
        ways += [f"{number // 1000}.{number % 1000:03d}", f"{number // 1000} {number % 1000:03d}"]
    return ways


def _moneys(_field: FormField, value: object) -> list[str]:
    number = int(str(value))
    dotted = f"{number:,}".replace(",", ".")
    million = format_decimal(Decimal(number) / 1_000_000)
    return [
        dotted,
        f"{dotted}đ",
        f"{dotted} đồng/tháng",
        f"{million} triệu",
        f"{million} triệu đồng",
        f"{number:,}",
        f"{dotted} VNĐ",
    ]


def _days(_field: FormField, value: object) -> list[str]:
    parts = [int(part) for part in str(value).split("-")]
    if len(parts) == 1:
        return [f"{parts[0]}", f"năm {parts[0]}"]
    year, month = parts[:2]
    if len(parts) == 2:
        return [
            f"{month}/{year}",
            f"{month:02d}/{year}",
            f"tháng {month}/{year}",
            f"tháng {month:02d} năm {year}",
        ]
    day = date(*parts)
    return [
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"ngày {day:%d} tháng {day.month} năm {day.year}",
    ]


def _rates(_field: FormField, value: object) -> list[str]:
    text = format_decimal(Decimal(str(value)))
    return [f"{text}%", f"{text} %", text, f"{text.replace(',', '.')}%"]


def _times(_field: FormField, value: object) -> list[str]:
    hour, minute = (int(part) for part in str(value).split(":"))
    ways = [
        f"{hour} giờ {minute:02d} phút",
        f"{hour}h{minute:02d}",
        f"{hour:02d}:{minute:02d}",
        f"{hour}h{minute:02d}'",
    ]
    return [*ways, f"{hour} giờ"] if minute == 0 else ways


def _terms(_field: FormField, value: object) -> list[str]:
    first, last = str(value).split("-")
    return [f"{first} - {last}", f"{first}-{last}", f"{first}–{last}", f"{first}/{last}"]


def _taxes(_field: FormField, value: object) -> list[str]:
    text = str(value)
    return [text, f"{text[:2]} {text[2:5]} {text[5:8]} {text[8:]}", text.replace("-", ".")]


def _ids(_field: FormField, value: object) -> list[str]:
    text = str(value)
    return [
        text,
        " ".join(text[at : at + 3] for at in range(0, 12, 3)),
        f"{text[:3]}.{text[3:6]}.{text[6:9]}.{text[9:]}",
    ]


def _phones(_field: FormField, value: object) -> list[str]:
    text = str(value)
    if ";" in text:
        return [text, text.replace("; ", " / "), text.replace("; ", " - ")]
    return [
        text,
        f"{text[:4]} {text[4:7]} {text[7:]}",
        f"{text[:4]}.{text[4:7]}.{text[7:]}",
        f"+84{text[1:]}",
    ]


def _enums(field: FormField, value: object) -> list[str]:
    option = next(one for one in field.options if one.code == value)
    return [option.label_vi, option.label_vi.lower(), *(v for v in option.variants if len(v) > 2)]


def _booleans(_field: FormField, value: object) -> list[str]:
    return ["Có", "có", "x", "Đã có"] if value else ["Không", "Chưa", "chưa có", "không"]


_WAYS = {
    FieldKind.INTEGER: _integers,
    FieldKind.MONEY: _moneys,
    FieldKind.DATE: _days,
    FieldKind.PARTIAL_DATE: _days,
    FieldKind.RATE: _rates,
    FieldKind.TIME: _times,
    FieldKind.TERM: _terms,
    FieldKind.TAX_CODE: _taxes,
    FieldKind.ID_NUMBER: _ids,
    FieldKind.PHONE: _phones,
    FieldKind.ENUM: _enums,
    FieldKind.BOOLEAN: _booleans,
}


@dataclass(frozen=True)
class Doubted:
    """A value written so that nobody can be sure: right is any reading with a problem, and none without.

    ``also`` is what a reader may take it for without asking ("như trên" for what stands above).
    """

    text: str
    also: object = None


def doubtful(field: FormField, value: object) -> str | None:  # noqa: C901 - one way for each kind
    """A way of writing a value that a program must not take for sure; None where there is none."""
    text = str(value)
    match field.kind:
        case FieldKind.INTEGER if field.key not in {"month_net", "cum_net"}:
            return f"khoảng {text}"
        case FieldKind.MONEY:
            return "1.500"
        case FieldKind.DATE:
            year, month, day = text.split("-")
            return f"{day}/{month}/{year[2:]}"
        case FieldKind.PARTIAL_DATE if len(text) == 10:
            return f"31/02/{text[:4]}"
        case FieldKind.TAX_CODE:
            return text[:9] + str((int(text[9]) + 1) % 10) + text[10:]
        case FieldKind.ID_NUMBER:
            return text[:-1]
        case FieldKind.PHONE:
            return text[:7]
        case FieldKind.ENUM:
            return "Đang xem xét thêm"
        case FieldKind.BOOLEAN:
            return "có thể"
        case FieldKind.TERM:
            return f"khóa {text[:4]}"
    return None


def boxes(field: FormField, value: object, random: Random) -> str:
    """A closed list with its boxes, one of them ticked."""
    choices = [(one.code, one.label_vi) for one in field.options] or [
        (True, "Có"),
        (False, "Không"),
    ]
    mark = random.choice(_TICKED)
    empty = "[ ]" if mark.startswith("[") else "☐"
    return "  ".join(f"{mark if code == value else empty} {label}" for code, label in choices)
