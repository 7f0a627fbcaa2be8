"""The look at a batch before its run: chunk by chunk, each request for less than a second, kept as rows.

No worker is needed and no request is long: the page asks for the next part until all is looked at. Two tabs that
look at once write the same rows, which are unique.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from docgen.kinds import get_kind
from docgen.models import Batch, BatchItem
from docgen.services.batch_problems import ProblemLine, problem_lines
from docgen.services.batch_signing import foreseen
from docgen.services.batches import ItemProblem
from docgen.services.drafting import prove_items
from records.models import UnionOrg
from registry.series import outgoing_series
from web.batches.subjects import Subject, subjects_of
from web.models import CheckedItem

#: Items looked at together, and the seconds after which a request takes no more of them.
CHUNK = 25
SECONDS = 0.8
#: Records named under a group of what is missing; the workbook names all.
SHOWN = 12
#: Items shown that could not be issued.
DOUBTS = 40


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the look is: items of the batch, looked at, complete, with something in their way."""

    total: int
    seen: int
    wrong: int
    doubtful: int

    @property
    def finished(self) -> bool:
        """Whether every item was looked at."""
        return self.seen >= self.total

    @property
    def complete(self) -> int:
        """Items that can be made."""
        return self.seen - self.wrong

    @property
    def issuable(self) -> int:
        """Items that can be made and, as far as the records tell, issued."""
        return self.complete - self.doubtful


def progress_of(batch: Batch) -> Progress:
    """Counts of this moment; an item that has its paper needs no look."""
    counts = batch.items.aggregate(
        total=Count("pk"),
        seen=Count("pk", filter=Q(checked__isnull=False) | Q(document__isnull=False)),
        wrong=Count("pk", filter=Q(document__isnull=True) & ~Q(checked__code="")),
        doubtful=Count("pk", filter=Q(document__isnull=True) & ~Q(checked__warning="")),
    )
    return Progress(counts["total"], counts["seen"], counts["wrong"], counts["doubtful"])


def look_on(batch: Batch, *, actor: str = "", seconds: float = SECONDS) -> Progress:
    """Look at the next items for about so long; what would follow is tried in the name of ``actor`` and undone."""
    end = time.monotonic() + seconds
    while True:
        todo = batch.items.filter(checked__isnull=True, document__isnull=True)
        items = list(todo.order_by("position")[:CHUNK])
        if items:
            _look(batch, items, actor=actor)
        if not items or time.monotonic() >= end:
            return progress_of(batch)


def forget(batch: Batch) -> None:
    """Throw away what was found, so that the records are looked at as they are now."""
    CheckedItem.objects.filter(item__batch=batch).delete()


def _look(batch: Batch, items: Sequence[BatchItem], *, actor: str) -> None:
    proved, faults = prove_items(batch, items)
    doubts = foreseen(batch.kind, proved, actor=actor)
    symbol = get_kind(batch.kind).schema.symbol_type or ""
    orgs = UnionOrg.objects.in_bulk({one.issuer_id for one in proved})
    keys = {
        (one.issuer_id, one.on): outgoing_series(orgs[one.issuer_id], symbol, one.on).key
        for one in proved
    }
    rows = [
        CheckedItem(
            item=one.item,
            issuer_id=one.issuer_id,
            series_key=keys[one.issuer_id, one.on],
            on=one.on,
            subject=one.subject[:1000],
            numbered=one.numbered,
            warning=doubts[one.item.record].message if one.item.record in doubts else "",
        )
        for one in proved
    ]
    rows += [
        CheckedItem(item=item, code=fault.code[:60], message=fault.message, facts=fault.facts)
        for item, fault in faults
    ]
    with transaction.atomic():
        CheckedItem.objects.bulk_create(rows, ignore_conflicts=True)


def problems_of(batch: Batch) -> list[ItemProblem]:
    """What stands in the way, in the order of the items."""
    rows = _wrong(batch).values_list("item__record", "code", "message", "item__position", "facts")
    return [ItemProblem(*row) for row in rows]


def _wrong(batch: Batch) -> QuerySet[CheckedItem]:
    rows = CheckedItem.objects.filter(item__batch=batch, item__document__isnull=True)
    return rows.exclude(code="").order_by("item__position")


def doubts_of(batch: Batch) -> list[tuple[Subject, str]]:
    """Items that can be made and could not be issued as the records stand: the first of them, with the reason."""
    rows = CheckedItem.objects.filter(item__batch=batch, item__document__isnull=True)
    found = rows.exclude(warning="").order_by("item__position")
    pairs = list(found.values_list("item__record", "warning")[:DOUBTS])
    subjects = subjects_of(record for record, _ in pairs)
    return [(subjects[record], reason) for record, reason in pairs]


@dataclass(slots=True)
class Group:
    """Items that lack the same: the field and what is wrong with it, and the first of them by name."""

    label: str
    message: str
    todo: str
    count: int = 0
    records: list[Subject] = field(default_factory=list)


def groups_of(batch: Batch) -> list[Group]:
    """What is missing, grouped by field; the largest group first."""
    lines = problem_lines(problems_of(batch), kind=batch.kind)
    found: dict[tuple[str, str], Group] = {}
    shown: dict[tuple[str, str], list[ProblemLine]] = {}
    for line in lines:
        key = (line.field, line.message)
        group = found.setdefault(key, Group(line.field.strip("“”"), line.message, line.todo))
        group.count += 1
        if len(shown.setdefault(key, [])) < SHOWN:
            shown[key].append(line)
    subjects = subjects_of(line.record for some in shown.values() for line in some)
    for key, group in found.items():
        group.records = [subjects[line.record] for line in shown[key]]
    return sorted(found.values(), key=lambda group: -group.count)
