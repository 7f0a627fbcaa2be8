"""The whole sample store for tests, loaded once a module and rolled back after it; each test has a savepoint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from docgen.models import Document, Rendering
from docgen.services.issuing import issue_document, waiting_renderings
from docgen.services.lifecycle import (
    request_document,
    submit_document,
)
from docgen.services.rendering import run_rendering
from docgen.services.signing import record_signature
from records.models import Campaign, Person
from records.sample import load_sample

CLERK = "văn thư"
PLAN = ("plan", "campaign:ptdv-2024")
#: Synthetic office holders of the sample.
CHAIR = "Vàng Văn Thành"
DEPUTY = "Lò Thị Mẫn"
OTHER_DISTRICT_CHAIR = "Chẻo A Phẩu"


@pytest.fixture(scope="module")
def sample_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sample(
    sample_rows: None, db: None, tmp_path: Path, settings: pytest.FixtureRequest
) -> Campaign:
    """The campaign of 2024 in the sample store; files go to a folder of the test."""
    settings.FILES_DIR = tmp_path / "kho"  # type: ignore[attr-defined]
    return Campaign.objects.get(code="ptdv-2024")


def run_waiting(*papers: Document) -> None:
    """Make the files that wait for these papers."""
    for job in waiting_renderings(papers):
        run_rendering(job)


def draft(kind: str, record: str, *, on: date, variant: str = "") -> Document:
    """A requested paper with its draft file."""
    paper = request_document(kind, record=record, on=on, actor=CLERK, variant=variant).document
    run_waiting(paper)
    paper.refresh_from_db()
    return paper


def signed(
    kind: str, record: str, *, on: date, variant: str = "", signer: str | None = None
) -> Document:
    """A paper signed by its own signer, or by the person of that code."""
    paper = draft(kind, record, on=on, variant=variant)
    submit_document(paper, actor=CLERK)
    assert paper.signer is not None
    return record_signature(paper, signer=signer or paper.signer.code, actor=CLERK, on=on)


def issued(kind: str, record: str, *, on: date, variant: str = "") -> Document:
    """A paper that went out on the day, with its final file."""
    paper = signed(kind, record, on=on, variant=variant)
    issue_document(paper, on=on, actor=CLERK)
    run_waiting(paper)
    paper.refresh_from_db()
    assert rendering(paper, "final").state == "done"
    return paper


def rendering(paper: Document, purpose: str) -> Rendering:
    """The job that makes one file of a paper."""
    return Rendering.objects.get(document=paper, purpose=purpose)


def code_of(full_name: str) -> str:
    """The code of an officer of the sample."""
    return Person.objects.filter(offices__isnull=False).distinct().get(full_name=full_name).code
