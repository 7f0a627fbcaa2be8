"""Two at once: threads against one committed store, on SQLite as on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from core.errors import Conflict, DocgenError
from docgen.models import Batch, Document, DocumentEvent, DocumentState, Rendering
from docgen.services.batches import close_batch, create_batch, run_item, sign_batch, start_batch
from docgen.services.issuing import Planned, issue_document, issue_many
from docgen.services.jobs import claim
from docgen.services.lifecycle import request_document, submit_document
from docgen.services.signing import record_signature
from records.models import Campaign, Person
from records.sample import load_sample
from registry.models import OfficialNumber, OutgoingEntry
from registry.proof import check_series
from registry.series import SeriesRef
from tests.sample import CLERK, PLAN, run_waiting

MAY_2 = date(2024, 5, 2)
MAY_6 = date(2024, 5, 6)
MAY_16 = date(2024, 5, 16)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]


@pytest.fixture
def store(tmp_path: Path, settings: pytest.FixtureRequest) -> Campaign:
    settings.FILES_DIR = tmp_path / "kho"  # type: ignore[attr-defined]
    load_sample()
    return Campaign.objects.get(code="ptdv-2024")


def at_once(*works: Callable[[], object]) -> list[object]:
    """Start all together, each with a connection of its own; what each gave or raised."""
    barrier = threading.Barrier(len(works))
    found: list[object] = [None] * len(works)

    def run(place: int) -> None:
        try:
            barrier.wait(timeout=30)
            found[place] = works[place]()
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            found[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads), "a deadlock"
    return found


def refused(found: list[object]) -> list[BaseException]:
    """What was raised; nothing but expected errors."""
    faults = [one for one in found if isinstance(one, BaseException)]
    unexpected = [fault for fault in faults if not isinstance(fault, DocgenError)]
    assert unexpected == []
    return faults


def signed_plan() -> Document:
    paper = request_document(PLAN[0], record=PLAN[1], on=MAY_2, actor=CLERK).document
    submit_document(paper, actor=CLERK)
    assert paper.signer is not None
    return record_signature(paper, signer=paper.signer.code, actor=CLERK, on=MAY_2)


def test_two_at_once_are_one_story(store: Campaign) -> None:
    """Request, submit, sign and number: each is asked twice at the same moment, and happens once."""

    def request() -> object:
        return request_document(PLAN[0], record=PLAN[1], on=MAY_2, actor=CLERK)

    asked = at_once(*[request] * 3)
    assert refused(asked) == []
    assert sorted(one.is_new for one in asked) == [False, False, True]  # type: ignore[attr-defined]
    assert Document.objects.count() == Rendering.objects.count() == 1

    def submit() -> object:
        return submit_document(Document.objects.get(), actor=CLERK)

    (fault,) = refused(at_once(submit, submit))
    assert isinstance(fault, Conflict)
    signer = Person.objects.get(signed_documents__isnull=False)

    def sign() -> object:
        return record_signature(Document.objects.get(), signer=signer.code, actor=CLERK, on=MAY_2)

    (fault,) = refused(at_once(sign, sign))
    assert isinstance(fault, Conflict)

    def issue() -> object:
        return issue_document(Document.objects.get(), on=MAY_2, actor=CLERK)

    def issue_as_batch() -> object:
        return issue_many([Planned(Document.objects.get(), MAY_2)], actor=CLERK)

    assert refused(at_once(issue, issue_as_batch, issue)) == []
    assert OfficialNumber.objects.count() == OutgoingEntry.objects.count() == 1
    states = list(DocumentEvent.objects.order_by("id").values_list("to_state", flat=True))
    assert states == ["draft", "submitted", "signed", "numbered"]
    jobs = [Rendering.objects.get(purpose="final").pk] * 3
    claims = at_once(*[lambda pk=pk: claim(Rendering, pk) for pk in jobs])  # type: ignore[misc]
    assert len([one for one in claims if one is not None]) == 1


def test_batches_of_several_bodies_are_numbered_at_once_without_a_deadlock(store: Campaign) -> None:
    """The same series in opposite orders; nobody waits in a circle, and no number is missing."""
    batch = create_batch(
        store,
        kind="founding_decision",
        where={"decide_on": "2024-05-16"},
        intended_on=MAY_16,
        actor=CLERK,
    )
    for item in start_batch(batch):
        run_item(item)
    sign_batch(batch, signer=None, actor=CLERK)
    papers = list(Document.objects.filter(state=DocumentState.SIGNED).order_by("issuer_id"))
    assert len(papers) == 10
    forth = [Planned(paper, MAY_16) for paper in papers[0::2]]
    back = [Planned(paper, MAY_16) for paper in reversed(papers[1::2])]
    found = at_once(lambda: issue_many(forth, actor=CLERK), lambda: issue_many(back, actor=CLERK))
    assert refused(found) == []
    assert OutgoingEntry.objects.count() == 10
    for org in {paper.issuer_id for paper in papers}:
        assert check_series(SeriesRef(org, "QĐ", 2024)) == []
    run_waiting(*papers)
    assert Document.objects.filter(state=DocumentState.ISSUED).count() == 10


def test_one_key_is_one_batch(store: Campaign) -> None:
    def create() -> object:
        return create_batch(
            store,
            kind="introduction_letter",
            where={},
            intended_on=MAY_6,
            actor=CLERK,
            key="ptdv-2024/introduction",
        )

    made = at_once(*[create] * 3)
    assert refused(made) == []
    assert len({batch.pk for batch in made}) == 1  # type: ignore[attr-defined]
    batch = Batch.objects.get()
    assert batch.items.count() == 12
    # two workers on the same items: each paper is made once, and the batch is closed
    items = start_batch(batch)

    def work(order: int) -> Callable[[], object]:
        return lambda: [run_item(item) for item in items[::order]]

    assert refused(at_once(work(1), work(-1))) == []
    close_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "done"
    assert Document.objects.count() == 12
