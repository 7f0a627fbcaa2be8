"""What is particular to the sample: where its series start, and the summary of its run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db.models import Count, Max, Min

from records.models import Fact, UnionOrg
from registry.models import Direction, NumberSeries, OutgoingEntry
from registry.numbering import start_series
from registry.proof import check_series
from registry.series import SeriesRef
from workers.campaign import StageResult


def prepare_series(*, actor: str) -> None:
    """Set the next numbers of bodies whose books were begun on paper in the year (fact of the store)."""
    for opening in Fact.objects.filter(key="register_opening"):
        year = opening.valid_from.year if opening.valid_from else 0
        for code, series in opening.value.items():
            org = UnionOrg.objects.get(code=code)
            for key, first in series.items():
                if not NumberSeries.objects.filter(org=org, key=key, year=year).exists():
                    start_series(
                        SeriesRef(org.pk, key, year),
                        next_number=first,
                        actor=actor,
                        reason="Sổ giấy trong năm đã dùng đến số trước đó",
                    )


def ref(row: NumberSeries) -> SeriesRef:
    """The series that a row is."""
    return SeriesRef(row.org_id, row.key, row.year, row.direction)


def summary(results: Sequence[StageResult], *, seconds: float) -> dict[str, object]:
    """What was made and numbered, for scripts and the table."""
    series = [
        {
            "issuer": row.org.name,
            "key": row.key,
            "year": row.year,
            "first": row.first_number,
            "last": row.next_number - 1,
            "problems": [problem.message for problem in check_series(ref(row))],
        }
        for row in NumberSeries.objects.filter(direction=Direction.OUTGOING)
        .select_related("org")
        .order_by("org", "year", "key")
    ]
    kinds = (
        OutgoingEntry.objects.order_by()
        .values("kind", "type_name")
        .annotate(n=Count("id"), first=Min("date"), last=Max("date"))
        .order_by("first", "kind")
    )
    return {
        "documents": sum(result.documents for result in results),
        "kinds": list(kinds),
        "series": series,
        "seconds": round(seconds, 1),
        "already_there": all(result.was_done for result in results),
    }


def summary_text(made: dict[str, object], *, pdf_note: str, home: Path) -> str:
    """The summary as a table."""
    lines = ["", "Văn bản đã phát hành", f"  {'Loại':<44}{'Số lượng':>9}  Từ ngày – đến ngày"]
    kinds, series = made["kinds"], made["series"]
    if not isinstance(kinds, list) or not isinstance(series, list):
        raise TypeError("summary() makes lists")
    lines += [
        f"  {row['type_name']:<44}{row['n']:>9}  {row['first']:%d/%m/%Y} – {row['last']:%d/%m/%Y}"
        for row in kinds
    ]
    lines += ["", "Sổ đăng ký văn bản đi", f"  {'Cơ quan':<46}{'Loại':<6}{'Năm':<6}Dãy số"]
    for row in series:
        state = "liên tục" if not row["problems"] else "; ".join(row["problems"])
        lines.append(
            f"  {row['issuer']:<46}{row['key']:<6}{row['year']:<6}"
            f"{row['first']:02d} – {row['last']:02d} ({state})"
        )
    again = " (đã có từ lần chạy trước, không làm lại)" if made["already_there"] else ""
    lines += [
        "",
        f"Tổng cộng {made['documents']} văn bản trong {made['seconds']} giây{again}. {pdf_note}",
        f"Kho dữ liệu và tệp: {home}",
        "Xem sổ: .venv/bin/docgen register outgoing --year 2024",
        "Xuất một đợt ra ZIP: .venv/bin/docgen batch export 1 -o dot-1.zip",
    ]
    return "\n".join(lines)
