"""Admissions as a batch build on the unions that the batch of founding decisions makes."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Conflict
from docgen.models import Rendering
from docgen.services.batches import (
    check_batch,
    create_batch,
    documents_of,
    issue_batch,
    run_item,
    sign_batch,
    start_batch,
)
from docgen.services.finishing import claim_files, finish_files
from records.models import Campaign, FoundingCase, Membership
from tests.sample import CLERK

MAY_16 = date(2024, 5, 16)
pytestmark = pytest.mark.django_db


def test_admissions_of_a_whole_campaign_as_a_batch(sample: Campaign) -> None:
    where = {"decide_on": "2024-05-16", "path": "appointment"}
    for kind in ("founding_decision", "admission_decision"):
        batch = create_batch(sample, kind=kind, where=where, intended_on=MAY_16, actor=CLERK)
        assert check_batch(batch) == []
        for item in start_batch(batch):
            run_item(item)
        sign_batch(batch, signer=None, actor=CLERK)
        if kind == "admission_decision":
            with pytest.raises(Conflict, match="chưa tạo xong bản chính thức"):
                issue_batch(batch, on=None, actor=CLERK)
            finish_files(claim_files(Rendering.objects.all()))
        issue_batch(batch, on=None, actor=CLERK)
    papers = list(documents_of(batch).select_related("issuer"))
    assert len(papers) == batch.items.count() > 1
    for paper in papers:
        case = FoundingCase.objects.get(code=paper.record[5:])
        held = set(Membership.objects.filter(union=case.union).values_list("decision", flat=True))
        assert held == {f"{paper.code} ngày 16/05/2024"}
