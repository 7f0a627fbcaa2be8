"""Writing areas, cited documents, legal bases and facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from records.models import Area, AreaSuccession, Citation, Fact, LegalBasis
from records.services.audit import By, change, write
from records.services.orgs import succeed


def create_area(*, by: By, **values: Any) -> Area:
    """Write an administrative unit."""
    row = Area(**values)
    write(row, by=by)
    return row


def merge_area(old: Area, into: Area, *, on: date, by: By) -> AreaSuccession:
    """A unit went whole into another one from the day on; ``old`` must have ended before it."""
    row = AreaSuccession(predecessor=old, successor=into, on=on)
    write(row, by=by)
    return row


def create_citation(*, by: By, **values: Any) -> Citation:
    """Write a document that papers cite."""
    row = Citation(**values)
    write(row, by=by)
    return row


def add_legal_basis(kind: str, citation: Citation, *, by: By, **values: Any) -> LegalBasis:
    """Put a cited document under a kind of paper; ``values``: variant, position, valid_from, valid_to."""
    row = LegalBasis(kind=kind, citation=citation, **values)
    write(row, by=by)
    return row


def record_fact(*, key: str, value: Any, label: str, by: By, **more: Any) -> Fact:
    """Write a fact of the trade; with ``valid_from`` it follows the running one. Raises Conflict."""
    with transaction.atomic():
        row = Fact(key=key, value=value, label=label, **more)
        succeed(row, Fact.objects.filter(key=key), by=by)
    return row


def confirm_fact(row: Fact, *, source: str, by: By) -> bool:
    """Say that the office confirmed a fact, and by which paper; False when it was confirmed so before."""
    return change(row, {"verified": True, "source": source}, by=by)
