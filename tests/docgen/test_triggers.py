"""The database itself keeps numbered papers as they are, whoever writes to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from docgen.models import Document, DocumentEvent
from docgen.services.ending import recall_document
from docgen.services.issuing import issue_document
from docgen.triggers import FROZEN_COLUMNS, KEPT, MESSAGE, ONCE_COLUMNS, all_triggers
from records.models import Campaign, UnionOrg
from registry.files import store
from registry.models import OfficialNumber
from tests.sample import CLERK, PLAN, draft, issued, sample, sample_rows, signed

__all__ = ["sample", "sample_rows"]

MAY_2 = date(2024, 5, 2)
MAY_16 = date(2024, 5, 16)
pytestmark = pytest.mark.django_db


def refused(paper: Document, message: str = MESSAGE, **values: Any) -> None:
    """The UPDATE goes past every check of the program and is refused by the database."""
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        Document.objects.filter(pk=paper.pk).update(**values)


def other_values(paper: Document) -> dict[str, Any]:
    """A different value for each frozen column."""
    return {
        "kind": "quota_decision",
        "variant": "x",
        "record": "campaign:khac",
        "request_key": "khac",
        "campaign_id": None,
        "issuer_id": UnionOrg.objects.exclude(pk=paper.issuer_id).first().pk,  # type: ignore[union-attr]
        "subject": "Trích yếu khác",
        "intended_on": date(2024, 6, 1),
        "issued_on": date(2024, 5, 3),
        "number_id": None,
        "code": "71/KH-LĐLĐ",
        "data": {**paper.data, "subject": "khác"},
        "data_as_of": date(2024, 6, 1),
        "profile": "tld_2018",
        "template": "plan/khac",
        "template_file_id": store(b"khac", media_type="text/plain", name="khac").pk,
        "edited_file_id": store(b"sua", media_type="text/plain", name="sua").pk,
        "signer_id": None,
        "signed_at": timezone.now() + timedelta(days=1),
        "requested_by": "ai khác",
        "created_at": timezone.now() + timedelta(days=1),
        "final_file_id": None,
    }


def test_no_column_of_a_numbered_paper_changes(sample: Campaign) -> None:
    paper = issued(*PLAN, on=MAY_2)
    values = other_values(paper)
    assert set(values) == {*FROZEN_COLUMNS, *ONCE_COLUMNS} - {"replaced_by_id"}
    for column, value in values.items():
        if column == "number_id":
            continue  # a paper in a numbered state without a number breaks a constraint besides
        refused(paper, **{column: value})
    assert Document.objects.get(pk=paper.pk).data == paper.data


def test_another_number_is_refused(sample: Campaign) -> None:
    paper, other = issued(*PLAN, on=MAY_2), signed("founding_decision", "case:hs24-001", on=MAY_16)
    issue_document(other, on=MAY_16, actor=CLERK)
    free = OfficialNumber.objects.create(
        series=paper.number.series,
        number=99,
        on=MAY_2,
        holder="ai",
        actor=CLERK,  # type: ignore[union-attr]
    )
    refused(paper, number=free)


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "signed", "numbered"])
def test_the_state_never_goes_back(sample: Campaign, state: str) -> None:
    refused(issued(*PLAN, on=MAY_2), state=state)


def test_an_end_is_an_end(sample: Campaign) -> None:
    paper = recall_document(issued(*PLAN, on=MAY_2), reason="Sai", actor=CLERK)
    refused(paper, state="issued")
    refused(paper, state="replaced")


def test_raw_statements_and_saves_are_refused_too(sample: Campaign) -> None:
    paper = issued(*PLAN, on=MAY_2)
    with (
        pytest.raises(DatabaseError, match=MESSAGE),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE docgen_document SET subject = 'Khác'")
    paper.subject = "Khác"
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
        paper.save()


def test_what_comes_later_may_be_written(sample: Campaign) -> None:
    """The final file makes it issued, then a PDF, then an end."""
    paper = issued(*PLAN, on=MAY_2)
    pdf = store(b"%PDF-1.7", media_type="application/pdf", name="70.pdf")
    assert Document.objects.filter(pk=paper.pk).update(pdf_file=pdf, updated_at=timezone.now()) == 1
    recall_document(paper, reason="Sai", actor=CLERK)


def test_a_paper_without_a_number_may_change(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    assert Document.objects.filter(pk=paper.pk).update(subject="Trích yếu khác") == 1


def test_no_paper_is_deleted(sample: Campaign) -> None:
    for paper in (issued(*PLAN, on=MAY_2), draft("founding_decision", "case:hs24-001", on=MAY_16)):
        with pytest.raises(TypeError, match="không bị xóa"):
            paper.delete()
        with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
            Document.objects.filter(pk=paper.pk).delete()
        with (
            pytest.raises(DatabaseError, match=KEPT),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM docgen_document")
    assert Document.objects.count() == 2


def test_the_history_neither_changes_nor_goes(sample: Campaign) -> None:
    draft(*PLAN, on=MAY_2)
    event = DocumentEvent.objects.get()
    with pytest.raises(TypeError, match="không được sửa"):
        event.save()
    with pytest.raises(TypeError, match="không được xóa"):
        event.delete()
    with pytest.raises(DatabaseError, match=KEPT), transaction.atomic():
        DocumentEvent.objects.update(actor="ai khác")
    with pytest.raises(DatabaseError, match=KEPT), transaction.atomic():
        DocumentEvent.objects.all().delete()


def test_every_trigger_is_there_after_all_migrations() -> None:
    """SQLite drops a table's triggers when a migration makes the table anew."""
    table = "pg_trigger" if connection.vendor == "postgresql" else "sqlite_master"
    column = "tgname" if connection.vendor == "postgresql" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        names = {row[0] for row in cursor.fetchall()}
    assert {trigger.name for trigger in all_triggers("")} <= names
