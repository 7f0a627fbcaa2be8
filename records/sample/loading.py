"""Loads the whole sample in one transaction, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction

from core.errors import Conflict
from records.models import CaseState, ChangeLog, Enterprise, Person, UnionOrg
from records.sample import (
    campaigns,
    cases,
    ceremonies,
    congresses,
    enterprises,
    knowledge,
    orgs,
    places,
    reorganisations,
    unions,
)
from records.sample.casework import assign_roles
from records.sample.people import PeopleMaker
from records.sample.store import Store

_CHANNEL = "sample"
_VISITED = frozenset({CaseState.ORGANISING, CaseState.ELIGIBLE, CaseState.SURVEYED})


@dataclass(frozen=True, slots=True)
class SampleReport:
    """Rows of each table in the sample; `created` is false when it was there already."""

    counts: Mapping[str, int]
    created: bool


def load_sample(*, actor: str = "sample") -> SampleReport:
    """Load the made-up store of Lai Châu. A second call changes nothing.

    Raises Conflict when the store holds records of its own: made-up ones must not mix with them.
    """
    with transaction.atomic():
        if ChangeLog.objects.filter(channel=_CHANNEL).exists():
            return SampleReport(counts=_recorded_counts(), created=False)
        _refuse_other_records()
        store = Store(actor=actor)
        _load(store)
        _log(store)
    return SampleReport(counts=dict(store.counts), created=True)


def _recorded_counts() -> dict[str, int]:
    logged = ChangeLog.objects.filter(channel=_CHANNEL).values_list("record_type", "after")
    return {name: int(after["rows"]) for name, after in logged}


def _refuse_other_records() -> None:
    for model in (UnionOrg, Enterprise, Person):
        if model._default_manager.exists():
            raise Conflict(
                f"Kho đã có hồ sơ ({model._meta.verbose_name}); dữ liệu mẫu chỉ nạp vào kho trống. "
                "Hãy đặt DOCGEN_HOME sang thư mục khác rồi nạp lại.",
                facts={"record_type": model._meta.object_name},
            )


def _load(store: Store) -> None:
    people = PeopleMaker()
    places.load_areas(store)
    orgs.load_orgs(store)
    orgs.load_officers(store, people)
    knowledge.load_citations(store)
    knowledge.load_facts(store)
    profiles = enterprises.ProfileMaker(people).profiles()
    roles = assign_roles(profiles)
    enterprises.load_enterprises(store, profiles)
    found = campaigns.load_campaigns(store)
    dossiers = cases.describe(store, roles.plans, found, people)
    ceremonies.add_ceremonies(store, dossiers, people)
    held = congresses.describe_congresses(store, dossiers)
    cases.save_cases(store, dossiers)
    congresses.save_groups(store, held)
    unions.load_unions(store, roles.existing, dossiers)
    reorganisations.load_reorganisations(store, found[campaigns.CODE_2025])
    to_visit = [p.profile for p in roles.plans if p.state in _VISITED]
    to_visit.sort(key=lambda profile: not profile.listed)
    campaigns.load_visits(store, found[campaigns.CODE_2024], to_visit)


def _log(store: Store) -> None:
    """One line for each table rather than thousands."""
    names = {
        model._meta.object_name: model for model in apps.get_app_config("records").get_models()
    }
    ChangeLog.objects.bulk_create(
        ChangeLog(
            actor=store.actor,
            channel=_CHANNEL,
            action="imported",
            record_type=name,
            record_id="*",
            after={"rows": rows},
            reason=f"Nạp dữ liệu mẫu: {names[name]._meta.verbose_name}",
        )
        for name, rows in store.counts.items()
    )
