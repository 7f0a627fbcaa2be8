"""Two fields under one label (“Người đại diện, SĐT”): told apart by what they can be, or left to a person. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.forms import FormField
from core.letters import clean_line
from core.schema import FieldKind
from intake.extract.found import Found
from intake.extract.labels import LabelIndex
from intake.extract.meaning import mean
from intake.extract.words import words_key

#: What stands between two names of one label, and between the two values below it.
_AND = re.compile(r"\s*(?:[,;/&+(\n]|\s[-–]\s|\bvà\b)\s*")
_BETWEEN = re.compile(r"\s*(?:[,;(\n]|\s[-–]\s)\s*")
#: Kinds whose values cannot be taken for another's.
_TELLING = frozenset(
    (
        FieldKind.DATE, FieldKind.PARTIAL_DATE, FieldKind.PHONE, FieldKind.ID_NUMBER, FieldKind.TAX_CODE,
        FieldKind.RATE, FieldKind.INTEGER,
    )
)  # fmt: skip
#: Words that name the next field of a kind, whoever it is about.
_GENERAL = {
    FieldKind.PHONE: ("sđt", "số điện thoại", "điện thoại", "đt", "số đt", "di động", "zalo"),
    FieldKind.DATE: ("ngày", "ngày tháng năm"),
    FieldKind.PARTIAL_DATE: ("ngày", "ngày tháng năm", "năm"),
}


def joint_fields(
    label: str, fields: Sequence[FormField], index: LabelIndex
) -> tuple[FormField, FormField] | None:
    """The two fields that a label names; None where it is the label of one, or not of two."""
    if index.exact(label) is not None:
        return None
    for match in _AND.finditer(label):
        first = index.exact(label[: match.start()])
        rest = label[match.end() :].strip(" ).:")
        if first is None or not rest:
            continue
        second = _next_of(first, rest, fields) or index.exact(rest)
        if second is not None and second is not first and {first.kind, second.kind} & _TELLING:
            return first, second
    return None


def _next_of(first: FormField, words: str, fields: Sequence[FormField]) -> FormField | None:
    """“SĐT” behind a person is that person's: the next field of that kind, before the next person."""
    key = words_key(words)
    for one in fields[fields.index(first) + 1 :]:
        if any(words_key(word) == key for word in _GENERAL.get(one.kind, ())):
            return one
        if one.key.endswith("_name"):
            return None
    return None


def split_value(found: Found, first: FormField, second: FormField) -> tuple[Found, Found]:
    """The two values of one text. Where it can be cut in no way, or in several, both are unsure."""
    text = found.text.strip()
    whole = replace(found, text=text, native=None)
    if not text:
        return whole, whole
    blank = replace(whole, text="")
    cuts = [_cut(whole, match) for match in _BETWEEN.finditer(text)]
    good = [(a, b) for a, b in cuts if _is(first, a) and _is(second, b)]
    if not good:  # a narrow column of a printed list has put both on one line
        spaced = [_cut(whole, match) for match in re.finditer(r"\s+(?=[\d+])", text)]
        good = [(a, b) for a, b in spaced if _is(first, a) and _is(second, b)]
    if not good:
        if second.kind in _TELLING and _is(second, whole):
            return blank, whole
        if _is(first, whole) and (first.kind in _TELLING or not re.search(r"\d", text)):
            return whole, blank
    if len(good) == 1:
        return good[0]
    unsure = f"“{clean_line(text)}” ghi cả “{first.label_vi}” và “{second.label_vi}”, không tách được chắc chắn."
    doubted = replace(whole, unsure=unsure)
    return doubted, doubted


def _cut(whole: Found, match: re.Match[str]) -> tuple[Found, Found]:
    right = whole.text[match.end() :]
    if "(" in match.group():
        right = right.removesuffix(")")
    return replace(whole, text=whole.text[: match.start()]), replace(whole, text=right)


def _is(field: FormField, found: Found) -> bool:
    """Whether a text is a value of a field beyond doubt."""
    meaning = mean(field, found)
    return meaning.value is not None and not [one for one in meaning.doubts if not one.light]
