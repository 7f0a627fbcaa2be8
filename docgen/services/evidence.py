"""How the records name a paper, and which papers came before it on the same subject."""

from __future__ import annotations

from datetime import date

from docgen.models import Document
from records.models import FoundingCase


def case_of(document: Document) -> FoundingCase:
    """The founding case that the paper is about, locked."""
    return FoundingCase.objects.select_for_update(of=("self",)).get(
        code=document.record.removeprefix("case:")
    )


def dated(document: Document) -> date:
    """Its day of issue."""
    if document.issued_on is None:
        raise RuntimeError("effects are applied to numbered papers")
    return document.issued_on


def evidence(document: Document) -> str:
    """How the records name the paper."""
    return f"{document.code} ngày {dated(document):%d/%m/%Y}"


def mark(document: Document) -> str:
    """The paper's name in the change log, unlike that of any other: two bodies may number alike on one day."""
    return f"{evidence(document)} của {document.issuer.name}"


def before(document: Document) -> list[Document]:
    """Numbered papers of the kind on the same record, newest first: recalled, or about to be replaced."""
    return list(
        Document.objects.filter(kind=document.kind, record=document.record, number__isnull=False)
        .exclude(pk=document.pk)
        .select_related("issuer")
        .order_by("-issued_on", "-created_at")
    )
