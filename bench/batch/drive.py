"""What the bench does inside the store, in a process of its own: `drive WHAT ...`, one JSON line a step.

It says `ready` when it is, waits for a line, does the work, and tells what came out: so its start is not counted.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - only after the setup above
from django.db import connection  # noqa: E402

from docgen.models import Batch, BatchState, Document, DocumentState, JobState  # noqa: E402
from docgen.services.batches import (  # noqa: E402
    create_batch,
    documents_of,
    files_of,
    issue_batch,
    sign_batch,
    start_batch,
)
from docgen.services.issuing import issue_document  # noqa: E402
from records.models import Campaign, FoundingCase  # noqa: E402
from records.sample import load_sample  # noqa: E402
from records.sample.bulk import add_founding_cases  # noqa: E402
from registry.files import read  # noqa: E402
from registry.models import NumberSeries, OutgoingEntry  # noqa: E402
from registry.proof import check_series  # noqa: E402
from registry.series import SeriesRef  # noqa: E402
from workers.dispatch import send_batch, send_files  # noqa: E402
from workers.jobs import make_batch  # noqa: E402

DAY = date(2024, 5, 16)
ACTOR = "bench"
KIND = "founding_decision"
ENDED = (BatchState.DONE, BatchState.DONE_WITH_FAILURES)
_POLL = 0.1
#: Papers that the clerk issues before the batch begins, for comparison.
ALONE = 60


def tell(**facts: object) -> None:
    """One line for the bench."""
    sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def go() -> None:
    """Ready; wait for the word."""
    tell(ready=True)
    sys.stdin.readline()


def campaign_of(name: str) -> Campaign:
    """The sample's campaign in another name, for one run."""
    found = Campaign.objects.filter(code=name).first()
    if found is None:
        found = Campaign.objects.get(code="ptdv-2024")
        found.pk, found.code = None, name
        found.save()
    return found


def load(*sizes: str) -> None:
    """The store with so many cases in campaigns of their own."""
    call_command("migrate", interactive=False, verbosity=0)
    load_sample()
    for size in sizes:
        name, _, count = size.partition("=")
        add_founding_cases(campaign_of(name), int(count), decide_on=DAY, prefix=name)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    tell(done=True)


def plain(name: str, count: str) -> None:
    """One task a document, and wait for every result."""
    way = importlib.import_module("bench.batch.plain")  # its Celery application is not ours
    cases = list(FoundingCase.objects.filter(campaign__code=name).values_list("pk", flat=True))
    way.OUT.mkdir(exist_ok=True)
    go()
    results = [way.make.delay(pk, at) for at, pk in enumerate(cases[: int(count)], start=1)]
    paths = [result.get() for result in results]
    tell(documents=sum(Path(path).exists() for path in paths))


def ours(name: str) -> None:
    """From records to numbered files in the register."""
    campaign = campaign_of(name)
    go()
    marks: dict[str, float] = {}
    began = time.monotonic()

    def mark(step: str) -> None:
        marks[step] = round(time.monotonic() - began - sum(marks.values()), 3)

    batch = create_batch(campaign, kind=KIND, where={}, intended_on=DAY, actor=ACTOR)
    mark("create")
    start_batch(batch)
    send_batch(batch)
    while Batch.objects.get(pk=batch.pk).state not in ENDED:
        time.sleep(_POLL)
    mark("draft")
    sign_batch(batch, signer=None, actor=ACTOR)
    mark("sign")
    issue_batch(batch, on=None, actor=ACTOR)
    mark("issue")
    files = files_of(batch)
    send_files(files.filter(state=JobState.WAITING).count())
    while files.filter(state__in=(JobState.WAITING, JobState.RUNNING)).exists():
        time.sleep(_POLL)
    mark("files")
    papers = documents_of(batch)
    tell(
        documents=papers.filter(state=DocumentState.ISSUED, final_file__isnull=False).count(),
        lines=OutgoingEntry.objects.filter(file__isnull=False).count(),
        problems=[p.message for row in NumberSeries.objects.all() for p in check_series(_ref(row))],
        failed=[
            *batch.items.filter(state=JobState.FAILED).values_list("error_message", flat=True)[:3],
            *files.filter(state=JobState.FAILED).values_list("error_message", flat=True)[:3],
        ],
        seconds=marks,
    )


def _ref(row: NumberSeries) -> SeriesRef:
    return SeriesRef(row.org_id, row.key, row.year, row.direction)


def issue(name: str, every: str, seconds: str) -> None:
    """A clerk who issues one paper after another at fixed times, whether or not the last one took long."""
    batch = create_batch(campaign_of(name), kind=KIND, where={}, intended_on=DAY, actor=ACTOR)
    start_batch(batch)
    make_batch(batch.pk)
    sign_batch(batch, signer=None, actor=ACTOR)
    papers = list(documents_of(batch).select_related("issuer"))
    alone = _issued(papers[:ALONE], every=float(every), seconds=float(seconds))
    go()
    beside = _issued(papers[ALONE:], every=float(every), seconds=float(seconds))
    tell(alone=alone["took"], **beside)


def _issued(papers: list[Document], *, every: float, seconds: float) -> dict[str, list[float]]:
    """Papers issued at fixed times: seconds that each took, and since it was due."""
    began, took, taken = time.monotonic(), [], []
    for at, paper in enumerate(papers):
        due = began + at * every
        if due - began > seconds:
            break
        time.sleep(max(0.0, due - time.monotonic()))
        start = time.monotonic()
        issue_document(paper, on=DAY, actor=ACTOR)
        took.append(time.monotonic() - start)
        taken.append(time.monotonic() - due)
        if Path(os.environ["DOCGEN_HOME"], "over").exists():
            break
    return {"took": took, "since_due": taken}


def words(name: str) -> None:
    """Whether the plain way says the same as ours, for a few papers of a campaign."""
    way = importlib.import_module("bench.batch.plain")
    texts = importlib.import_module("bench.generation.__main__").texts
    way.OUT.mkdir(exist_ok=True)
    same = 0
    for paper in Document.objects.filter(campaign__code=name, final_file__isnull=False)[:20]:
        case = FoundingCase.objects.get(code=paper.record.removeprefix("case:"))
        if paper.number is None or paper.final_file is None:
            continue
        said = texts(io.BytesIO(read(paper.final_file)))
        theirs = texts(Path(way.make(case.pk, paper.number.number)))
        odd = [pair for pair in zip(theirs, said, strict=False) if pair[0] != pair[1]]
        if odd or len(theirs) != len(said):
            raise SystemExit(f"{paper}: {odd[:3]}")
        same += 1
    tell(same=same)


if __name__ == "__main__":
    {"load": load, "plain": plain, "ours": ours, "issue": issue, "words": words}[sys.argv[1]](
        *sys.argv[2:]
    )
