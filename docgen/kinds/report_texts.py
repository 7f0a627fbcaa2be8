"""What a result report says: lines of its annex and sentences on members and unions. Pure."""

from __future__ import annotations

from core.dates import format_long, format_short
from core.numbers import format_count, format_integer
from core.periods import format_period
from docgen.kinds.base import Data
from docgen.kinds.campaign_fields import Row, count, points, required_day, upper_first
from docgen.kinds.common import group, number, rows, text, texts
from docgen.kinds.people import value
from docgen.kinds.progress_fields import rate_text, reached_text, sums

#: Measures counted for a period and since the beginning; keys begin with `period_` and `cum_`.
PAIRS = (
    ("joined", "kết nạp mới"),
    ("left", "đoàn viên giảm"),
    ("unions", "công đoàn cơ sở mới"),
)
TARGETS = ("target_members", "target_net", "target_unions")
_FIGURES = tuple(f"{part}_{key}" for part in ("period", "cum") for key, _ in PAIRS)


def period_words(period: str) -> str:
    """``tháng 9 năm 2024``, ``quý III năm 2024``: a period as a title says it."""
    words = format_period(period)
    return words if "/" in period else words.replace("/", " năm ")


def shown(row: Row) -> dict[str, object]:
    """One line of the annex: quota, figures, net increase, rates; blank where the unit has no quota."""
    net = {
        part: count(row, f"{part}_joined") - count(row, f"{part}_left")
        for part in ("period", "cum")
    }
    goals = [(key, None if row.get(key) is None else count(row, key)) for key in TARGETS]
    done = (count(row, "cum_joined"), net["cum"], count(row, "cum_unions"))
    names = ("ket_nap", "tang_them", "cdcs")
    return {
        **{f"ct_{name}": "" if goal is None else format_integer(goal)
           for name, (_, goal) in zip(names, goals, strict=True)},
        "ky_ket_nap": format_integer(count(row, "period_joined")),
        "ky_giam": format_integer(count(row, "period_left")),
        "ky_tang_them": format_integer(net["period"]),
        "ky_cdcs": format_integer(count(row, "period_unions")),
        "lk_ket_nap": format_integer(count(row, "cum_joined")),
        "lk_giam": format_integer(count(row, "cum_left")),
        "lk_tang_them": format_integer(net["cum"]),
        "lk_cdcs": format_integer(count(row, "cum_unions")),
        **{f"tl_{name}": rate_text(has, goal) if goal else ""
           for name, has, (_, goal) in zip(names, done, goals, strict=True)},
    }  # fmt: skip


def totals(data: Data) -> Row:
    """The totals line: sums of the figures, and the province's own targets."""
    targets = group(data, "targets")
    return {
        **sums(rows(data, "rows"), _FIGURES),
        "target_members": count(targets, "new_members"),
        "target_net": count(targets, "net_increase"),
        "target_unions": count(targets, "new_unions"),
    }


def members_text(data: Data, total: Row) -> list[str]:
    """II.2: in the period, then since the beginning against the quota; once when both are the same."""
    period = period_words(text(data, "period"))
    since = format_long(required_day(data, "counted_from"))
    net = count(total, "cum_joined") - count(total, "cum_left")
    whole = (
        f"kết nạp mới {format_count(count(total, 'cum_joined'))} đoàn viên"
        f"{reached_text(count(total, 'cum_joined'), count(total, 'target_members'))}; "
        f"{_gone(count(total, 'cum_left'))}; số tăng thêm sau khi trừ số giảm là "
        f"{_signed(net)} đoàn viên{reached_text(net, count(total, 'target_net'))}"
    )
    if _is_whole(total):
        return [f"Từ {since}, toàn tỉnh {whole}."]
    joined, left = count(total, "period_joined"), count(total, "period_left")
    new = (
        f"kết nạp mới {format_count(joined)} đoàn viên" if joined else "chưa kết nạp mới đoàn viên"
    )
    net_words = f", số tăng thêm sau khi trừ số giảm là {_signed(joined - left)} đoàn viên"
    return [
        f"Trong {period}, toàn tỉnh {new}, {_gone(left)}{net_words if joined or left else ''}.",
        f"Lũy kế từ {since}, toàn tỉnh {whole}.",
    ]


def _gone(left: int) -> str:
    return f"số giảm {format_count(left)} đoàn viên" if left else "không có đoàn viên giảm"


def _signed(n: int) -> str:
    return format_count(n) if n >= 0 else format_integer(n)


def unions_text(data: Data, total: Row) -> list[str]:
    """II.3: as II.2, with the parts outside the state sector and with 25 workers or more."""
    done = count(total, "cum_unions")
    parts = [
        f"{format_count(count(data, key))} công đoàn cơ sở {words}"
        for key, words in (
            ("cum_unions_nonstate", "ngoài nhà nước"),
            ("cum_unions_25plus", "ở nơi có từ 25 lao động trở lên"),
        )
        if number(data, key)
    ]
    within = f"; trong đó có {', '.join(parts)}" if parts else ""
    whole = (
        f"thành lập mới {format_count(done)} công đoàn cơ sở"
        f"{reached_text(done, count(total, 'target_unions'))}{within}"
    )
    if _is_whole(total):
        return [f"Toàn tỉnh {whole}."]
    count_new = count(total, "period_unions")
    new = f"thành lập mới {format_count(count_new)}" if count_new else "chưa thành lập mới"
    return [
        f"Trong {period_words(text(data, 'period'))}, toàn tỉnh {new} công đoàn cơ sở.",
        f"Lũy kế, toàn tỉnh {whole}.",
    ]


def _is_whole(total: Row) -> bool:
    """Whether the period is all that there is: the campaign's report."""
    return all(count(total, f"period_{key}") == count(total, f"cum_{key}") for key, _ in PAIRS)


_SURVEYED = (
    ("enterprises", "khảo sát, nắm tình hình tại {} đơn vị, doanh nghiệp"),
    ("visits", "tổ chức {} chuyến công tác của đoàn khảo sát"),
    ("applications", "tiếp nhận {} đơn gia nhập Công đoàn Việt Nam"),
)


def survey_text(data: Data) -> str:
    """II.1 as one sentence, of what there was."""
    survey = group(data, "survey")
    parts = [
        words.format(format_count(count(survey, key)))
        for key, words in _SURVEYED
        if count(survey, key)
    ]
    if not parts:
        return "Trong kỳ không tổ chức khảo sát tại đơn vị, doanh nghiệp."
    if count(survey, "enterprises") and count(survey, "workers"):
        parts[0] += f" với {format_count(count(survey, 'workers'))} lao động"
    return f"{upper_first('; '.join(parts))}."


def sentences(data: Data, key: str) -> list[dict[str, object]]:
    """The points of a section that a person writes, each a sentence."""
    return points([f"{entry.rstrip(' .;')}." for entry in texts(data, key)])


def new_union(row: Row, index: int) -> dict[str, object]:
    """One line of the second annex."""
    return {
        "tt": index,
        "ten_cdcs": value(row, "union_name"),
        "don_vi": value(row, "org_name"),
        "quyet_dinh": value(row, "decision"),
        "ngay": format_short(required_day(row, "founded_on")),
        "so_doan_vien": format_integer(count(row, "members")),
    }
