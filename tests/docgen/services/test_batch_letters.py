"""Letters that come again, as a batch."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.models import Document, JobState
from docgen.services.batches import create_batch, documents_of
from records.models import Campaign
from tests.batches import run
from tests.sample import CLERK, PLAN, issued

pytestmark = pytest.mark.django_db


def test_letters_that_come_again_are_new_papers_in_a_new_month(sample: Campaign) -> None:
    """In a batch as one by one: which of them is meant says the month of its day."""
    issued(*PLAN, on=date(2024, 5, 2))
    days = (date(2024, 9, 5), date(2024, 9, 25), date(2024, 10, 5))
    papers: list[list[Document]] = []
    for day in days:
        batch = create_batch(sample, kind="reminder_letter", where={}, intended_on=day, actor=CLERK)
        assert set(run(batch)) == {JobState.DONE}
        papers.append(list(documents_of(batch)))
    september, again, october = ({p.record: p.pk for p in found} for found in papers)
    shared = september.keys() & again.keys() & october.keys()
    assert shared
    assert all(september[one] == again[one] != october[one] for one in shared)
    assert {paper.variant for paper in papers[0]} == {"2024-09"}
    assert {paper.variant for paper in papers[2]} == {"2024-10"}
