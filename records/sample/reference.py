"""What every office of the province begins with: areas, cited documents and dated facts, without made-up people."""

from __future__ import annotations

from django.db import transaction

from records.models import Area, ChangeLog, Citation, Fact
from records.sample import knowledge, places
from records.sample.store import Store

#: Channel of its line in the change log.
CHANNEL = "setup"
_SOURCE = "Danh mục kèm theo chương trình"


def load_reference(*, actor: str) -> bool:
    """Write areas, citations with their legal bases, and facts into a store that has none; False when it has some.

    The openings of the sample's registers are left out: they are the sample's.
    """
    with transaction.atomic():
        if any(model.objects.exists() for model in (Area, Citation, Fact)):
            return False
        store = Store(actor=actor, source=_SOURCE)
        places.load_areas(store)
        knowledge.load_citations(store, campaign=False)
        knowledge.load_facts(store, sample=False)
        ChangeLog.objects.bulk_create(
            ChangeLog(
                actor=actor,
                channel=CHANNEL,
                action="imported",
                record_type=name,
                record_id="*",
                after={"rows": rows},
                reason=_SOURCE,
            )
            for name, rows in store.counts.items()
        )
    return True
