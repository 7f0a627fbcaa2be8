"""Writing reports of reporting units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from records.models import ProgressLine, ProgressReport, UnionOrg
from records.services.audit import By, write, write_new


def record_report(
    org: UnionOrg,
    period: str,
    *,
    as_of: date | None,
    lines: Sequence[Mapping[str, Any]],
    by: By,
    **values: Any,
) -> ProgressReport:
    """Write a unit's report of a period as its next revision; ``lines`` are fields of ProgressLine, in order.

    Raises DataIncomplete as :func:`records.services.audit.write`.
    """
    with transaction.atomic():
        UnionOrg.objects.select_for_update().get(pk=org.pk)
        earlier = ProgressReport.objects.filter(org=org, period=period).count()
        report = ProgressReport(org=org, period=period, revision=earlier + 1, as_of=as_of, **values)
        write(report, by=by)
        write_new(
            [ProgressLine(report=report, position=at, **line) for at, line in enumerate(lines, 1)],
            by=by,
        )
    return report
