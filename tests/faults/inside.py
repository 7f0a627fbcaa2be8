"""Run in a process of its own, against the store that the environment names: `load`, `grow`, `audit`, `dump` and so on.

What `dump` prints must not depend on when or how often the job ran: no ids, no times of the clock.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - only after the setup above

from config.backup.archive import Writer, open_archive  # noqa: E402
from docgen.models import Batch, BatchItem, Document, DocumentEvent, Rendering  # noqa: E402
from records.models import (  # noqa: E402
    Campaign,
    CaseStep,
    ChangeLog,
    Committee,
    FoundingCase,
    Membership,
    OfficeHolder,
    UnionOrg,
)
from records.sample import load_sample  # noqa: E402
from records.sample.bulk import add_founding_cases  # noqa: E402
from registry.files import read  # noqa: E402
from registry.models import NumberSeries, OfficialNumber, OutgoingEntry  # noqa: E402
from registry.proof import check_all  # noqa: E402


def load() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    load_sample()


def dump() -> dict[str, object]:
    series = ("org__code", "direction", "key", "year")
    values = {
        "documents": Document.objects.values_list(
            "code", "issued_on", "kind", "variant", "record", "issuer__code", "state", "subject",
            "number__number", "signer__code", "template_file__sha256", "final_file__sha256",
        ),
        "citations": Document.cites.through.objects.values_list(
            "from_document__code", "from_document__issuer__code", "to_document__code"
        ),
        "events": DocumentEvent.objects.values_list(
            "document__kind", "document__record", "from_state", "to_state", "actor", "note"
        ),
        "register": OutgoingEntry.objects.values_list(
            "org__code", "year", "number__number", "code", "date", "kind", "type_name", "subject",
            "signer", "recipients", "kept_by", "copies", "state", "file__sha256",
        ),
        "numbers": OfficialNumber.objects.values_list(
            *(f"series__{name}" for name in series), "number", "suffix", "on", "state"
        ),
        "series": NumberSeries.objects.values_list(*series, "first_number", "next_number", "last_date"),
        "batches": Batch.objects.values_list("key", "kind", "state"),
        "items": BatchItem.objects.values_list("batch__key", "position", "record", "state", "document__code"),
        "jobs": Rendering.objects.values_list("document__code", "document__issuer__code", "purpose", "state"),
        "cases": FoundingCase.objects.values_list("code", "state"),
        # Without its code: a new union gets a random one.
        "unions": UnionOrg.objects.values_list("name", "kind", "level", "valid_from"),
        "committees": Committee.objects.values_list("case__code", "kind", "decision"),
        "members": [[Membership.objects.count(), OfficeHolder.objects.count()]],
    }  # fmt: skip
    return {name: sorted([str(v) for v in row] for row in rows) for name, rows in values.items()}


def grow(count: str) -> None:
    """More founding cases, all waiting for their decision on the same day."""
    campaign = Campaign.objects.get(code="ptdv-2024")
    add_founding_cases(campaign, int(count), decide_on=date(2024, 12, 19))


def file_faults(item: BatchItem) -> str:
    """What is wrong with the paper of an item, its line in the register and its file; empty when nothing is."""
    paper = item.document
    if item.state != "done" or paper is None:
        return f"{item.record}: {item.state}, {paper}"
    entry, file = OutgoingEntry.objects.get(number=paper.number), paper.final_file
    if file is None or entry.file_id != file.pk or entry.code != paper.code:
        return f"{item.record}: register {entry.code} {entry.file}, paper {paper.code} {file}"
    if hashlib.sha256(read(file)).hexdigest() != file.sha256:
        return f"{item.record}: the file has another hash"
    return ""


def number_faults(papers: list[Document]) -> list[str]:
    """Every issuer's numbers follow each other in the order of the items."""
    given: dict[str, list[int]] = {}
    for paper in papers:
        if paper.number:
            given.setdefault(str(paper.number.series), []).append(paper.number.number)
    return [
        f"{series}: {numbers}"
        for series, numbers in given.items()
        if numbers != list(range(numbers[0], numbers[0] + len(numbers)))
    ]


def audit(batch: str) -> dict[str, object]:
    """What is wrong with a finished batch, looked up in rows and files alone; its papers with number and hash."""
    items = list(BatchItem.objects.filter(batch=batch).select_related("document__number__series"))
    papers = [item.document for item in items if item.document]
    faults = [problem.message for problem in check_all()]
    faults += [*filter(None, map(file_faults, items)), *number_faults(papers)]
    kind = Batch.objects.get(pk=batch).kind
    made = Document.objects.filter(kind=kind, record__in=[item.record for item in items]).count()
    if (made, len({paper.pk for paper in papers})) != (len(items), len(items)):
        faults.append(f"{made} papers for {len(items)} items")
    if left := Rendering.objects.exclude(state="done").count():
        faults.append(f"{left} renderings are not done")
    named = {p.record: [p.code, p.final_file.sha256] for p in papers if p.final_file}
    return {"faults": faults, "papers": named, "records": consequences()}


def consequences() -> dict[str, object]:
    """How many rows of each kind the papers have left in the records, and what says so of them."""
    return {
        "unions": UnionOrg.objects.count(),
        "members": Membership.objects.count(),
        "of different people": Membership.objects.values("person", "union").distinct().count(),
        "officers": OfficeHolder.objects.count(),
        "steps": CaseStep.objects.count(),
        "said": ChangeLog.objects.count(),
        "decisions": sorted(Committee.objects.values_list("case__code", "decision")),
        "states": sorted(FoundingCase.objects.values_list("code", "state")),
    }


def tomorrow(source: str) -> str:
    """A copy of a backup as a later version of the program would have made it."""
    old, target = open_archive(Path(source)), Path(source).with_name("mai.tar")
    writer = Writer(target, mtime=1)
    tables = tuple(writer.table(t.name, t.columns, lines) for t, lines in old.lines())
    steps = (*old.manifest.migrations, ("docgen", "9999_tomorrow"))
    writer.finish(replace(old.manifest, tables=tables, migrations=steps, files=0, sha256=""))
    return str(target)


VERBS: dict[str, Callable[..., object]] = {
    "load": load,
    "grow": grow,
    "audit": audit,
    "consequences": consequences,
    "dump": dump,
    "tomorrow": tomorrow,
}

if __name__ == "__main__":
    json.dump(VERBS[sys.argv[1]](*sys.argv[2:]), sys.stdout, ensure_ascii=False)
