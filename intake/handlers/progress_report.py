"""Báo cáo tiến độ: held against the quotas, the report of the month before and the register, then kept by period."""

from __future__ import annotations

import re
from datetime import date

from core.errors import DataIncomplete, Problem
from core.forms import Values
from core.numbers import format_integer
from core.periods import format_period
from core.text import fold
from intake.handlers.base import Handler, Known, Target
from records.models import Measure, UnionOrg
from records.selectors.reports import FIGURES, LineSnapshot
from records.services.audit import By
from records.services.reports import record_report

#: Which figures asked of a unit a target may be; gross and net growth differ (domain brief §4.b b4).
_TARGETS = (
    (
        "target_members",
        (Measure.NEW_MEMBERS, Measure.NET_INCREASE, Measure.NEW_MEMBERS_NONSTATE),
        "đoàn viên",
    ),
    ("target_unions", (Measure.NEW_UNIONS, Measure.NEW_UNIONS_NONSTATE), "công đoàn cơ sở"),
)
_GROWING = (
    ("month_joined", "cum_joined", "kết nạp lũy kế"),
    ("month_left", "cum_left", "giảm lũy kế"),
    ("month_unions", "cum_unions", "công đoàn cơ sở mới lũy kế"),
)
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_before(period: str | None) -> str | None:
    """`2024-04` for `2024-05`; None for another kind of period."""
    found = _MONTH.fullmatch(period or "")
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02d}"


def _check(values: Values, known: Known) -> list[Problem]:
    problems = []
    if known.org is None:
        message = f"Không tìm thấy đơn vị “{values.text('district') or ''}” trong hồ sơ tổ chức."
        problems.append(Problem("no_record", message, ("district",)))
    for at, row in enumerate(values.rows()):
        prefix, where = f"rows[{at}].", f"Dòng {at + 1}: "
        problems += _quota_problems(row, known, prefix, where)
        problems += _growth_problems(values, row, known, prefix, where)
    return problems + _register_problems(values, known)


def _quota_problems(row: Values, known: Known, prefix: str, where: str) -> list[Problem]:
    org = known.orgs.get(fold(row.text("org_name") or ""))
    if org is None:
        return []
    problems = []
    for key, measures, name in _TARGETS:
        stated = row.number(key)
        asked = [
            known.quotas[org.id, measure]
            for measure in measures
            if (org.id, measure) in known.quotas
        ]
        if stated is None or not asked or stated in asked:
            continue
        shown = " hoặc ".join(format_integer(one) for one in dict.fromkeys(asked))
        message = f"{where}chỉ tiêu {name} ghi {format_integer(stated)}, quyết định giao {shown}."
        problems.append(Problem("quota_differs", message, (f"{prefix}{key}",)))
    return problems


def _earlier(values: Values, row: Values, known: Known) -> LineSnapshot | None:
    before = month_before(values.text("period"))
    report = known.reports.get(before) if before else None
    name = fold(row.text("org_name") or "")
    if report is None:
        return None
    return next((line for line in report.lines if fold(line.org_name) == name), None)


def _growth_problems(
    values: Values, row: Values, known: Known, prefix: str, where: str
) -> list[Problem]:
    """Cumulative(m) = cumulative(m-1) + month(m); members(m) = members(m-1) + net (domain brief §5.g).

    In January the sums may begin anew: the union year begins in December in some places [K].
    """
    earlier = _earlier(values, row, known)
    if earlier is None:
        return []
    problems = []
    begins_anew = (values.text("period") or "").endswith("-01")
    for month, total, name in _GROWING:
        part, stated, before = row.number(month), row.number(total), earlier.figures.get(total)
        if part is None or stated is None or before is None:
            continue
        if stated == before + part or (begins_anew and stated == part):
            continue
        message = (
            f"{where}{name} ghi {format_integer(stated)} nhưng tháng trước {format_integer(int(before))} cộng trong "
            f"tháng {format_integer(part)} là {format_integer(int(before) + part)}."
        )
        problems.append(
            Problem("cumulative_differs", message, (f"{prefix}{total}", f"{prefix}{month}"))
        )
    net, members, had = (
        row.number("month_net"),
        row.number("members_total"),
        earlier.figures.get("members_total"),
    )
    if net is not None and members is not None and had is not None and members != had + net:
        message = (
            f"{where}đoàn viên hiện có ghi {format_integer(members)} nhưng tháng trước {format_integer(int(had))} và "
            f"tăng ròng {format_integer(net)} cho {format_integer(int(had) + net)}."
        )
        problems.append(
            Problem("cumulative_differs", message, (f"{prefix}members_total", f"{prefix}month_net"))
        )
    return problems


def _register_problems(values: Values, known: Known) -> list[Problem]:
    """New unions of a month are those whose decisions stand in the register of that month."""
    found = _MONTH.fullmatch(values.text("period") or "")
    if found is None or known.org is None:
        return []
    stated = [n for row in values.rows() if (n := row.number("month_unions")) is not None]
    issued = [
        one
        for one in known.issued
        if one.kind == "founding_decision" and one.org_id == known.org.id
        and (one.on.year, one.on.month) == (int(found[1]), int(found[2]))
    ]  # fmt: skip
    if not stated or sum(stated) == len(issued):
        return []
    names = "; ".join(one.code for one in issued) or "không có quyết định nào"
    message = (
        f"Báo cáo ghi {format_integer(sum(stated))} công đoàn cơ sở mới, sổ văn bản {format_period(found[0])} có "
        f"{len(issued)}: {names}."
    )
    return [Problem("register_differs", message, ("rows.month_unions",))]


def _touches(values: Values, known: Known) -> object:
    kept = known.reports.get(values.text("period") or "")
    before = known.reports.get(month_before(values.text("period")) or "")
    return [
        known.org.code if known.org else "",
        kept.revision if kept else 0,
        before.revision if before else 0,
        sorted([org, measure, value] for (org, measure), value in known.quotas.items()),
    ]


def _apply(values: Values, known: Known, by: By, source: str) -> list[str]:
    period = values.text("period")
    if known.org is None or period is None:
        raise DataIncomplete(
            "Báo cáo cần đơn vị và kỳ báo cáo.",
            missing=[
                key for key, value in (("district", known.org), ("period", period)) if not value
            ],
        )
    lines = []
    for row in values.rows():
        org = known.orgs.get(fold(row.text("org_name") or ""))
        line: dict[str, object] = {key: row.data.get(key) for key in FIGURES}
        line |= {"org_name": row.text("org_name") or "", "note": row.text("note") or "",
                 "org_id": org.id if org else None}  # fmt: skip
        lines.append(line)
    as_of = values.text("as_of")
    report = record_report(
        UnionOrg.objects.get(pk=known.org.id),
        period,
        as_of=date.fromisoformat(as_of) if as_of else None,
        lines=lines,
        by=by,
        prepared_by=values.text("prepared_by") or "",
        signer_name=values.text("signer_name") or "",
        source=source,
    )
    again = f", bản lần {report.revision}" if report.revision > 1 else ""
    return [f"Ghi báo cáo {format_period(period)} của {known.org.name}{again}"]


HANDLER = Handler(
    target=lambda _values, known: Target("org", known.org.code) if known.org else Target(),
    subject=lambda values: values.text("period") or "",
    check=_check,
    touches=_touches,
    apply=_apply,
)
