"""A batch gives what its papers one by one would give: data, papers, register, and all that follows in the records."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from core.errors import DataIncomplete, UserError
from docgen.models import Batch, Document, DocumentEvent, JobState, Rendering
from docgen.services import batch_issuing, issuing
from docgen.services.batches import (
    claim_items,
    documents_of,
    files_of,
    issue_batch,
    make_items,
    sign_batch,
    start_batch,
)
from docgen.services.consequences import refused
from docgen.services.effects import apply_effects
from docgen.services.finishing import claim_files, finish_files
from docgen.services.issuing import issue_document
from docgen.services.lifecycle import request_document, submit_document
from docgen.services.signing import record_signature
from docgen.sources import collect, collect_many
from docgen.sources.base import Collected
from records.models import (
    Campaign,
    CaseState,
    CaseStep,
    ChangeLog,
    Committee,
    FoundingCase,
    Membership,
    OfficeHolder,
    OrgParent,
    OrgSeat,
    UnionOrg,
)
from records.sample.bulk import add_founding_cases
from registry.models import NumberSeries, OfficialNumber, OutgoingEntry
from registry.proof import check_series
from registry.series import SeriesRef
from tests.batches import ORG, made
from tests.sample import CLERK, run_waiting

MAY_16 = date(2024, 5, 16)
WAVE = {"decide_on": "2024-05-16"}
pytestmark = pytest.mark.django_db


def drafted_and_signed(sample: Campaign, kind: str = "founding_decision") -> Batch:
    """One wave, up to its signatures."""
    batch = made(sample, WAVE, kind=kind, intended_on=MAY_16)
    start_batch(batch)
    while (found := claim_items(batch.pk)) is not None:
        assert set(make_items(*found).values()) == {JobState.DONE}
    sign_batch(batch, signer=None, actor=CLERK)
    return batch


def run_batch(sample: Campaign, kind: str) -> None:
    """One wave through the batch's way."""
    batch = drafted_and_signed(sample, kind)
    issue_batch(batch, on=None, actor=CLERK)
    while jobs := claim_files(files_of(batch)):
        assert set(finish_files(jobs).values()) == {JobState.DONE}


def run_singly(sample: Campaign, kind: str) -> None:
    """The same wave, one paper after another, with the effects of one paper."""
    records = list(
        made(sample, WAVE, kind=kind, intended_on=MAY_16).items.values_list("record", flat=True)
    )
    papers = [request_document(kind, record=r, on=MAY_16, actor=CLERK).document for r in records]
    for paper in papers:
        submit_document(paper, actor=CLERK)
        assert paper.signer is not None
        record_signature(paper, signer=paper.signer.code, actor=CLERK, on=MAY_16)
    for paper in papers:
        issue_document(paper, on=MAY_16, actor=CLERK)
    run_waiting(*papers)


def seen() -> dict[str, list[Any]]:
    """The store without row numbers and times."""
    unions = dict(UnionOrg.objects.values_list("pk", "name"))
    log = [
        (entry.actor, entry.channel, entry.action, entry.record_type, entry.reason,
         sorted(_named(entry.before, unions).items()), sorted(_named(entry.after, unions).items()))
        for entry in ChangeLog.objects.filter(channel="docgen").order_by("id")
    ]  # fmt: skip
    rows = {
        "papers": Document.objects.values_list(
            "kind", "variant", "record", "request_key", "campaign", "issuer", "state", "subject",
            "intended_on", "issued_on", "number__number", "code", "data", "data_as_of", "profile",
            "template", "template_file__sha256", "signer", "final_file__sha256", "requested_by",
        ),
        "cites": Document.cites.through.objects.values_list("from_document__code", "to_document__code"),
        "events": DocumentEvent.objects.values_list(
            "document__record", "document__kind", "actor", "from_state", "to_state", "note"
        ),
        "files": Rendering.objects.filter(purpose="final").values_list("document__record", "state"),
        "numbers": OfficialNumber.objects.values_list(
            "series__org", "series__key", "number", "suffix", "on", "state", "actor"
        ),
        "register": OutgoingEntry.objects.values_list(
            "number__number", "org", "year", "code", "symbol", "date", "kind", "type_name", "subject",
            "signer", "recipients", "kept_by", "copies", "note", "state", "file__sha256",
        ),
        "cases": FoundingCase.objects.values_list("code", "state", "union__code", "updated_by"),
        "steps": CaseStep.objects.values_list("case__code", "state", "on", "evidence", "created_by"),
        "unions": UnionOrg.objects.values_list(
            "code", "name", "symbol_abbr", "level", "kind", "enterprise", "valid_from", "created_by",
            "updated_by", "source",
        ),
        "parents": OrgParent.objects.values_list("org__code", "parent__code", "valid_from"),
        "seats": OrgSeat.objects.values_list("org__code", "area", "place_name", "valid_from"),
        "members": Membership.objects.values_list("person", "union__code", "joined_on", "decision"),
        "committees": Committee.objects.values_list(
            "case__code", "union__code", "kind", "term_start", "term_end", "decision", "updated_by"
        ),
        "offices": OfficeHolder.objects.values_list(
            "person", "org__code", "post", "valid_from", "appointed_by", "may_sign"
        ),
    }  # fmt: skip
    found: dict[str, list[Any]] = {
        name: sorted((list(row) for row in values), key=str) for name, values in rows.items()
    }
    return found | {"log": sorted(log, key=str)}


def _named(values: dict[str, Any], unions: dict[int, str]) -> dict[str, Any]:
    """New unions by name: their row numbers differ from way to way."""
    return {
        key: unions.get(value, value) if key in ("union_id", "org_id", "id") else value
        for key, value in values.items()
    }


def of_way(way: Callable[[Campaign, str], None], sample: Campaign) -> dict[str, list[Any]]:
    """What a way leaves, taken back again."""
    before = transaction.savepoint()
    for kind in ("founding_decision", "committee_decision"):
        way(sample, kind)
    found = seen()
    transaction.savepoint_rollback(before)
    return found


def test_both_ways_write_the_same_rows(sample: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuing, "follow_up", apply_effects)
    batch, singly = of_way(run_batch, sample), of_way(run_singly, sample)
    assert len(batch["papers"]) == 20
    assert batch["log"]
    for name, rows in batch.items():
        for one, other in itertools.zip_longest(rows, singly[name]):
            assert one == other, name


@pytest.mark.parametrize(
    "kind", ["founding_decision", "committee_decision", "invitation", "launch_minutes"]
)
def test_reading_many_gives_the_data_of_reading_one(sample: Campaign, kind: str) -> None:
    records = [
        f"case:{code}"
        for code in FoundingCase.objects.values_list("code", flat=True).order_by("code")
    ]
    run_batch(sample, "founding_decision")
    many = collect_many(kind, records=records, as_of=MAY_16)
    assert list(many) == records
    for record, found in many.items():
        assert told(found) == told(one(kind, record)), record


def one(kind: str, record: str) -> Collected | UserError:
    try:
        return collect(kind, record=record, as_of=MAY_16)
    except UserError as fault:
        return fault


def told(found: Collected | UserError) -> object:
    return (found.code, found.message) if isinstance(found, UserError) else found


def test_a_chunk_of_any_size_asks_the_store_as_often(
    sample: Campaign, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    campaign = Campaign.objects.get(code="ptdv-2024")
    campaign.pk, campaign.code = None, "bulk"
    campaign.save()
    add_founding_cases(campaign, 160, decide_on=MAY_16)
    batch = made(campaign, {"org": ORG}, intended_on=MAY_16)  # a signer is read once a body
    start_batch(batch)
    first = claim_items(batch.pk, limit=3)
    assert first is not None
    make_items(*first)  # templates are stored, compiled
    counts = []
    for limit in (4, 12):
        found = claim_items(batch.pk, limit=limit)
        assert found is not None
        with django_assert_max_num_queries(120) as asked:
            assert set(make_items(*found).values()) == {JobState.DONE}
        counts.append(len(asked))
    assert counts[0] == counts[1]
    make_items(*(claim_items(batch.pk) or (batch, [])))
    sign_batch(batch, signer=None, actor=CLERK)
    issue_batch(batch, on=None, actor=CLERK)
    assert [p.state for p in documents_of(batch)] == ["numbered"] * 20
    assert not UnionOrg.objects.filter(code__startswith="cdcs-hsl").exists()
    while jobs := claim_files(files_of(batch)):
        finish_files(jobs)
    assert [p.state for p in documents_of(batch)] == ["issued"] * 20
    assert UnionOrg.objects.filter(code__startswith="cdcs-hsl").count() == 20


def test_what_cannot_follow_is_seen_before_any_number(sample: Campaign) -> None:
    batch = made(sample, WAVE, intended_on=MAY_16)
    start_batch(batch)
    found = claim_items(batch.pk)
    assert found is not None
    make_items(*found)
    sign_batch(batch, signer=None, actor=CLERK)
    papers = list(documents_of(batch).select_related("issuer"))
    assert refused(papers, on=MAY_16, actor=CLERK) == {}
    codes = [paper.record.removeprefix("case:") for paper in papers]
    joiner = FoundingCase.objects.get(code=codes[0]).applications.first()
    assert joiner is not None
    other = UnionOrg.objects.filter(kind="grassroots_union").first()
    Membership.objects.create(person=joiner.person, union=other, joined_on=date(2024, 5, 10))
    FoundingCase.objects.filter(code=codes[1]).update(state=CaseState.REFUSED)
    FoundingCase.objects.get(code=codes[2]).applications.update(applied_on=date(2024, 6, 1))
    log = ChangeLog.objects.count()
    faults = refused(papers, on=MAY_16, actor=CLERK)
    assert set(faults) == {f"case:{code}" for code in codes[:3]}
    assert "Đang là đoàn viên nơi khác" in faults[f"case:{codes[0]}"].message
    assert isinstance(faults[f"case:{codes[2]}"], DataIncomplete)
    with pytest.raises(UserError) as caught:
        issue_batch(batch, on=None, actor=CLERK)
    assert caught.value.facts["records"] == sorted(faults)
    assert not OfficialNumber.objects.exists()
    assert ChangeLog.objects.count() == log


def test_what_is_refused_after_the_number_waits_with_its_reason(sample: Campaign) -> None:
    """Between number and file somebody paused one of the cases: the others go on."""
    batch = made(sample, WAVE, intended_on=MAY_16)
    start_batch(batch)
    found = claim_items(batch.pk)
    assert found is not None
    make_items(*found)
    sign_batch(batch, signer=None, actor=CLERK)
    issue_batch(batch, on=None, actor=CLERK)
    paper = documents_of(batch)[3]
    case = FoundingCase.objects.filter(code=paper.record.removeprefix("case:"))
    state = case.get().state
    case.update(state=CaseState.PAUSED)
    outcome = finish_files(claim_files(files_of(batch)))
    assert sorted(str(state) for state in outcome.values()) == ["done"] * 9 + ["failed"]
    job = paper.renderings.get()
    assert (job.state, job.error_code) == (JobState.FAILED, "move_refused")
    paper.refresh_from_db()
    assert (paper.state, paper.final_file) == ("numbered", None)
    case.update(state=state)
    Rendering.objects.filter(pk=job.pk).update(state=JobState.WAITING, attempt=0)
    assert finish_files(claim_files(files_of(batch))) == {job.pk: JobState.DONE}
    paper.refresh_from_db()
    assert paper.state == "issued"
    assert case.get().state == CaseState.RECOGNISED


@pytest.mark.parametrize("times", [1, 2], ids=["once", "until the series is held"])
def test_somebody_quicker_takes_no_number_from_the_range(
    sample: Campaign, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """Rows are written with the numbers that will come; when these go to somebody else, with the next ones."""
    batch = drafted_and_signed(sample)
    real, taken = batch_issuing.next_number, iter(range(times))

    def late(series: SeriesRef) -> int:
        return real(series) + (1 if next(taken, None) is not None else 0)

    monkeypatch.setattr(batch_issuing, "next_number", late)
    papers = list(issue_batch(batch, on=None, actor=CLERK))
    assert len(papers) == 10
    for paper in papers:
        line = OutgoingEntry.objects.get(document_id=str(paper.pk))
        assert paper.number is not None
        assert line.code == paper.code == f"{paper.number}/{paper.data['doc_symbol']}"
        assert (line.number_id, line.state) == (paper.number_id, "numbered")
        assert [e.note for e in paper.events.filter(to_state="numbered")] == [paper.code]
        assert paper.renderings.filter(purpose="final").count() == 1
    for row in NumberSeries.objects.filter(direction="outgoing"):
        assert not check_series(SeriesRef(row.org_id, row.key, row.year))


def test_a_series_that_cannot_be_numbered_leaves_the_ones_before_it_whole(
    sample: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = drafted_and_signed(sample)
    real, calls = batch_issuing.take_block, itertools.count()

    def fails(*args: Any, **more: Any) -> int:
        if next(calls):
            raise OSError(28, "No space left on device")
        return real(*args, **more)

    with monkeypatch.context() as broken:
        broken.setattr(batch_issuing, "take_block", fails)
        with pytest.raises(OSError, match="No space"):
            issue_batch(batch, on=None, actor=CLERK)
    numbered = documents_of(batch).filter(number__isnull=False)
    first = set(numbered.values_list("issuer_id", flat=True))
    assert len(first) == 1
    assert documents_of(batch).filter(issuer_id__in=first).count() == numbered.count()
    assert OutgoingEntry.objects.count() == numbered.count()
    kept = set(numbered.values_list("pk", "code"))
    assert {paper.state for paper in issue_batch(batch, on=None, actor=CLERK)} == {"numbered"}
    assert kept < set(documents_of(batch).values_list("pk", "code"))
    for row in NumberSeries.objects.filter(direction="outgoing"):
        assert not check_series(SeriesRef(row.org_id, row.key, row.year))
