"""Fields, checks and printed rows that the campaign's papers share: quota, provincial targets. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from core.errors import Problem
from core.numbers import format_count, format_integer
from core.schema import FieldKind, FieldSpec
from core.text import fold
from docgen.kinds.common import day, group, number, rows, text

_F = FieldSpec
_K = FieldKind

Row = Mapping[str, object]

#: Measure, label in messages, name in templates. Gross and net are different targets (domain brief 4.b4).
MEASURES: tuple[tuple[str, str, str], ...] = (
    ("new_members", "Kết nạp mới đoàn viên", "ket_nap_moi"),
    ("net_increase", "Đoàn viên tăng thêm (đã trừ giảm)", "tang_them"),
    ("new_unions", "Công đoàn cơ sở thành lập mới", "cdcs_moi"),
    ("new_unions_nonstate", "Công đoàn cơ sở mới ngoài nhà nước", "cdcs_ngoai_nha_nuoc"),
    (
        "new_unions_25plus",
        "Công đoàn cơ sở mới nơi có từ 25 lao động trở lên",
        "cdcs_tu_25_lao_dong",
    ),
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


def count(data: Row, key: str) -> int:
    """Return a whole number of checked data; one that was left out counts as zero."""
    return number(data, key) or 0


def required_day(data: Row, key: str) -> date:
    """Return a required date of checked data. Raises ValueError where it is missing."""
    value = day(data, key)
    if value is None:
        raise ValueError(f"required date left out: {key}")
    return value


def period_of(data: Row) -> tuple[date, date] | None:
    """Return `period_from` and `period_to` of data that may still lack them; None if either is missing."""
    first, last = day(data, "period_from"), day(data, "period_to")
    return None if first is None or last is None else (first, last)


def points(entries: Sequence[str]) -> list[dict[str, object]]:
    """Return points `a)`, `b)` ... `đ)` of a section; a single paragraph gets no letter."""
    alone = len(entries) == 1
    return [
        {"chu": "" if alone else f"{point_letter(index)}) ", "noi_dung": entry}
        for index, entry in enumerate(entries)
    ]


def point_letter(index: int) -> str:
    """Return the letter of the point at a zero-based index; after y come aa, ab ..."""
    rounds, place = divmod(index, len(_LETTERS))
    return ("" if rounds == 0 else _LETTERS[rounds - 1]) + _LETTERS[place]


def lower_first(phrase: str) -> str:
    """Return a phrase as it stands within a sentence: small first letter, unless it is an abbreviation."""
    if phrase[1:2].isupper():
        return phrase
    return phrase[:1].lower() + phrase[1:]


def upper_first(phrase: str) -> str:
    """Return a phrase as it stands at the start of a sentence."""
    return phrase[:1].upper() + phrase[1:]


def repeated(values: Iterable[str]) -> list[str]:
    """Return the values that occur more than once, as first written; case and tone placement do not count."""
    listed = list(values)
    seen = Counter(fold(value) for value in listed)
    first = {fold(value): value for value in reversed(listed)}
    return [first[key] for key, times in seen.items() if times > 1]


def check_quota(data: Row) -> tuple[Problem, ...]:
    """Check the quota table: units once, parts within wholes, rows adding up to the provincial target."""
    quota = rows(data, "quota_rows")
    return tuple(
        chain(
            _check_units_once(quota),
            chain.from_iterable(_check_parts(row, index) for index, row in enumerate(quota)),
            _check_sums(quota, group(data, "targets")),
        )
    )


def _check_units_once(quota: Sequence[Row]) -> Iterable[Problem]:
    for name in repeated(text(row, "org_name") for row in quota):
        yield Problem(
            "duplicate_unit",
            f"Bảng chỉ tiêu có nhiều dòng của cùng đơn vị “{name}”. Gộp lại thành một dòng.",
            ("quota_rows",),
        )


def _check_parts(row: Row, index: int) -> Iterable[Problem]:
    whole = count(row, "new_unions")
    for key, label, _ in MEASURES[3:]:
        if count(row, key) > whole:
            yield Problem(
                "part_exceeds_whole",
                f"Bảng chỉ tiêu, dòng {index + 1} ({text(row, 'org_name')}): {lower_first(label)} là "
                f"{count(row, key)}, nhiều hơn tổng số công đoàn cơ sở thành lập mới ({whole}).",
                (f"quota_rows[{index}].{key}", f"quota_rows[{index}].new_unions"),
            )


def _check_sums(quota: Sequence[Row], targets: Row) -> Iterable[Problem]:
    for key, label, _ in MEASURES:
        if targets.get(key) is None:
            continue
        total = sum(count(row, key) for row in quota)
        if total != count(targets, key):
            yield Problem(
                "quota_sum",
                f"{label}: các đơn vị cộng lại là {format_integer(total)}, chỉ tiêu toàn tỉnh là "
                f"{format_integer(count(targets, key))}. Sửa một trong hai cho khớp.",
                ("quota_rows", f"targets.{key}"),
            )


def target_context(targets: Row) -> dict[str, object]:
    """Return the provincial targets as they stand in running text."""
    return {name: format_count(count(targets, key)) for key, _, name in MEASURES}


def quota_context(quota: Sequence[Row]) -> dict[str, object]:
    """Return the quota table: numbered rows and the totals row, figures with dots between thousands."""
    columns = (_BASE, *MEASURES)
    lines: list[dict[str, object]] = [
        {
            "tt": index,
            "don_vi": text(row, "org_name"),
            "ghi_chu": text(row, "note"),
            **{name: format_integer(count(row, key)) for key, _, name in columns},
        }
        for index, row in enumerate(quota, start=1)
    ]
    totals = {
        name: format_integer(sum(count(row, key) for row in quota)) for key, _, name in columns
    }
    return {"ds_chi_tieu": lines, "tong_chi_tieu": totals}
