"""Fields, checks and printed rows that the campaign's papers share: quota, provincial targets. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import cast

from core.errors import Problem
from core.numbers import format_integer
from core.schema import FieldKind, FieldSpec

_F = FieldSpec
_K = FieldKind

Row = Mapping[str, object]

#: Measure, label in messages, name in templates. Gross and net are different targets (domain brief 4.b4).
MEASURES: tuple[tuple[str, str, str], ...] = (
    ("new_members", "Kết nạp mới đoàn viên", "ket_nap_moi"),
    ("net_increase", "Đoàn viên tăng thêm (đã trừ giảm)", "tang_them"),
    ("new_unions", "Công đoàn cơ sở thành lập mới", "cdcs_moi"),
    ("new_unions_nonstate", "Công đoàn cơ sở mới ngoài nhà nước", "cdcs_ngoai_nha_nuoc"),
    ("new_unions_25plus", "Công đoàn cơ sở mới nơi có từ 25 lao động trở lên", "cdcs_tu_25_lao_dong"),
)
_BASE = ("base_members", "Số đoàn viên đầu kỳ", "dau_ky")

_MEASURE_FIELDS = tuple(
    _F(key, _K.INTEGER, label, required=True, minimum=0) for key, label, _ in MEASURES
)

QUOTA_FIELD = _F(
    "quota_rows",
    _K.ROWS,
    "Chỉ tiêu của từng đơn vị",
    required=True,
    minimum=1,
    source="chỉ tiêu của đợt",
    item=(
        _F("org_name", _K.TEXT, "Đơn vị", required=True, max_length=200),
        _F("base_members", _K.INTEGER, _BASE[1], required=True, minimum=0),
        *_MEASURE_FIELDS,
        _F("note", _K.TEXT, "Ghi chú", max_length=200),
    ),
)

TARGETS_FIELD = _F(
    "targets",
    _K.GROUP,
    "Chỉ tiêu toàn tỉnh",
    required=True,
    source="chỉ tiêu của đợt",
    item=_MEASURE_FIELDS,
)

# ND30 PL I II.6đ: points run in the Vietnamese alphabet, đ counts, f j w z do not exist.
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def rows_of(data: Row, key: str) -> Sequence[Row]:
    """Return a list of objects of checked data; an absent list is empty."""
    return cast("Sequence[Row]", data.get(key) or ())


def texts_of(data: Row, key: str) -> Sequence[str]:
    """Return a list of text of checked data; an absent list is empty."""
    return cast("Sequence[str]", data.get(key) or ())


def text_of(data: Row, key: str) -> str:
    """Return a text of checked data; an absent text is empty."""
    return cast("str", data.get(key) or "")


def count_of(data: Row, key: str) -> int:
    """Return a whole number of checked data; an absent number counts as zero."""
    return cast("int", data.get(key) or 0)


def date_of(data: Row, key: str) -> date | None:
    """Return a date given as YYYY-MM-DD, or None where it is absent."""
    value = text_of(data, key)
    return date.fromisoformat(value) if value else None


def points(texts: Sequence[str]) -> list[dict[str, object]]:
    """Return points `a)`, `b)` ... `đ)` of a section; a single paragraph gets no letter."""
    alone = len(texts) == 1
    return [
        {"chu": "" if alone else f"{point_letter(index)}) ", "noi_dung": text}
        for index, text in enumerate(texts)
    ]


def point_letter(index: int) -> str:
    """Return the letter of the point at a zero-based index; after y come aa, ab ..."""
    rounds, place = divmod(index, len(_LETTERS))
    return ("" if rounds == 0 else _LETTERS[rounds - 1]) + _LETTERS[place]


def lower_first(text: str) -> str:
    """Return the text as it stands within a sentence: small first letter, unless it is an abbreviation."""
    if text[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def padded(count: int) -> str:
    """Return a count in running text: two digits below ten, dots between thousands."""
    return f"{count:02d}" if count < 10 else format_integer(count)


def repeated(values: Iterable[str]) -> list[str]:
    """Return the values that occur more than once, compared without regard to case, in order."""
    listed = list(values)
    seen = Counter(value.casefold() for value in listed)
    return list(dict.fromkeys(value for value in listed if seen[value.casefold()] > 1))


def check_quota(data: Row) -> tuple[Problem, ...]:
    """Check the quota table: units once, parts within wholes, rows adding up to the provincial target."""
    rows = rows_of(data, "quota_rows")
    return tuple(
        chain(
            _check_units_once(rows),
            chain.from_iterable(_check_parts(row, index) for index, row in enumerate(rows)),
            _check_sums(rows, cast("Row", data["targets"])),
        )
    )


def _check_units_once(rows: Sequence[Row]) -> Iterable[Problem]:
    for name in repeated(text_of(row, "org_name") for row in rows):
        yield Problem(
            "duplicate_unit",
            f"Bảng chỉ tiêu có nhiều dòng của cùng đơn vị “{name}”. Gộp lại thành một dòng.",
            ("quota_rows",),
        )


def _check_parts(row: Row, index: int) -> Iterable[Problem]:
    whole = count_of(row, "new_unions")
    for key, label, _ in MEASURES[3:]:
        if count_of(row, key) > whole:
            yield Problem(
                "part_exceeds_whole",
                f"Bảng chỉ tiêu, dòng {index + 1} ({text_of(row, 'org_name')}): {lower_first(label)} là "
                f"{count_of(row, key)}, nhiều hơn tổng số công đoàn cơ sở thành lập mới ({whole}).",
                (f"quota_rows[{index}].{key}", f"quota_rows[{index}].new_unions"),
            )


def _check_sums(rows: Sequence[Row], targets: Row) -> Iterable[Problem]:
    for key, label, _ in MEASURES:
        total = sum(count_of(row, key) for row in rows)
        if total != count_of(targets, key):
            yield Problem(
                "quota_sum",
                f"{label}: các đơn vị cộng lại là {format_integer(total)}, chỉ tiêu toàn tỉnh là "
                f"{format_integer(count_of(targets, key))}. Sửa một trong hai cho khớp.",
                ("quota_rows", f"targets.{key}"),
            )


def target_context(targets: Row) -> dict[str, object]:
    """Return the provincial targets as they stand in running text."""
    return {name: padded(count_of(targets, key)) for key, _, name in MEASURES}


def quota_context(rows: Sequence[Row]) -> dict[str, object]:
    """Return the quota table: numbered rows and the totals row, figures with dots between thousands."""
    columns = (_BASE, *MEASURES)
    lines: list[dict[str, object]] = [
        {
            "tt": index,
            "don_vi": text_of(row, "org_name"),
            "ghi_chu": text_of(row, "note"),
            **{name: format_integer(count_of(row, key)) for key, _, name in columns},
        }
        for index, row in enumerate(rows, start=1)
    ]
    totals = {
        name: format_integer(sum(count_of(row, key) for row in rows)) for key, _, name in columns
    }
    return {"ds_chi_tieu": lines, "tong_chi_tieu": totals}
