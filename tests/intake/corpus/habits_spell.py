"""Values with their units, in figures and in words, as people write who want to be exact."""

from __future__ import annotations

from datetime import date
from random import Random

from core.forms import FormField
from core.numbers import to_words
from core.schema import FieldKind
from tests.intake.corpus import spell


def unit_words(field: FormField, value: object, random: Random) -> str:  # noqa: C901 - one way for each kind
    """A value with its unit, in figures and in words, as people write who want to be exact."""
    if value is None:
        return ""
    text = spell.plain(field, value)
    match field.kind:
        case FieldKind.INTEGER:
            return _count(field, int(str(value)), random)
        case FieldKind.MONEY:
            number = int(str(value))
            dots = f"{number:,}".replace(",", ".")
            return random.choice(
                (
                    f"{dots}đ/người/tháng",
                    f"{dots} đồng/người/tháng",
                    f"{dots} ({to_words(number)} đồng)",
                    f"{number / 1e6:g}".replace(".", ",") + " tr.đ",
                )
            )
        case FieldKind.DATE:
            day = date.fromisoformat(str(value))
            return random.choice(
                (
                    f"ngày {day.day}/{day.month}/{day.year}",
                    f"{day.day} / {day.month} / {day.year}",
                    f"{day:%d/%m/%Y}.",
                    f"ngày {day.day} tháng {day.month:02d} năm {day.year}",
                )
            )
        case FieldKind.RATE:
            return text.replace("%", " %")
        case FieldKind.TIME:
            hour, minute = str(value).split(":")
            return random.choice(
                (f"{int(hour)} giờ {minute}'", f"{hour}g{minute}", f"{hour} h {minute}")
            )
        case FieldKind.TERM:
            first, last = str(value).split("-")
            return random.choice(
                (
                    f"{first} đến {last}",
                    f"Khóa I, nhiệm kỳ {first} - {last}",
                    f"nhiệm kỳ {first}-{last}",
                )
            )
        case FieldKind.PHONE if ";" not in str(value):
            return random.choice((f"ĐT: {text}", f"{text} (Zalo)", f"({text[:4]}) {text[4:]}"))
        case FieldKind.TAX_CODE | FieldKind.ID_NUMBER:
            return random.choice((f"số {text}", f"{text}.", text))
        case FieldKind.BOOLEAN | FieldKind.ENUM:
            return random.choice((f"{text}.", f"- {text}", text))
    return text


def _count(field: FormField, number: int, random: Random) -> str:
    if number < 0:
        return str(number)
    unit = field.unit or random.choice(("người", "đ/c"))
    if field.unit == "người":
        unit = random.choice(("người", "NLĐ", "đ/c", "đồng chí", "lao động"))
    words = to_words(number)
    return random.choice(
        (
            f"{number} {unit}",
            f"{number} {unit} ({words} {unit})",
            f"{number} ({words}) {unit}",
            f"{number:02d} {unit}.",
        )
    )
