from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models, transaction

from core.errors import Conflict
from records.models import Area, ChangeLog, Enterprise, Person
from records.sample import load_sample

pytestmark = pytest.mark.django_db

_CLOCK = {"created_at", "updated_at", "at"}


def tables() -> list[type[models.Model]]:
    found = list(apps.get_app_config("records").get_models())
    return found + [field.remote_field.through for m in found for field in m._meta.many_to_many]


def dump() -> dict[str, list[tuple[object, ...]]]:
    """All rows in the order they were written; keys of other rows as their place in that order."""
    places = {
        model: {pk: at for at, pk in enumerate(keys)}
        for model in tables()
        for keys in [model._default_manager.order_by("pk").values_list("pk", flat=True)]
    }

    def shown(field: models.Field, row: models.Model) -> object:
        value = getattr(row, field.attname)
        return places[field.related_model][value] if field.is_relation and value else value

    written = {
        model: [
            tuple(
                shown(field, row)
                for field in model._meta.concrete_fields
                if field.name not in _CLOCK and not field.primary_key
            )
            for row in model._default_manager.order_by("pk")
        ]
        for model in tables()
    }
    # The links of a many-to-many field are a set: Django writes them in the order of their keys, which differ.
    return {
        model.__name__: sorted(lines, key=str) if model._meta.auto_created else lines
        for model, lines in written.items()
    }


def load_and_forget() -> dict[str, list[tuple[object, ...]]]:
    with transaction.atomic():
        load_sample()
        found = dump()
        transaction.set_rollback(True)
    return found


def test_two_fresh_loads_are_equal() -> None:
    first = load_and_forget()
    assert len(first["Person"]) >= 800
    assert load_and_forget() == first


def test_a_second_load_changes_nothing() -> None:
    sample = load_sample()
    before = dump()
    again = load_sample()
    assert not again.created
    assert again.counts == sample.counts
    assert dump() == before


def test_a_store_with_records_of_its_own_is_refused() -> None:
    Person.objects.create(code="p-1", full_name="Vàng A Páo")
    with pytest.raises(Conflict, match="kho trống"):
        load_sample()
    assert not Area.objects.exists()


def test_the_change_log_has_one_line_a_table() -> None:
    sample = load_sample()
    lines = ChangeLog.objects.filter(channel="sample")
    assert lines.count() == len(sample.counts)
    assert lines.get(record_type="Enterprise").after == {"rows": Enterprise.objects.count()}
