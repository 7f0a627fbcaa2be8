"""Run in a process of its own, against the store that the environment names: `load`, or `dump` as JSON.

What `dump` prints must not depend on when or how often the job ran: no ids, no times of the clock.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - only after the setup above

from docgen.models import Batch, BatchItem, Document, DocumentEvent, Rendering  # noqa: E402
from records.models import Committee, FoundingCase, Membership, OfficeHolder, UnionOrg  # noqa: E402
from records.sample import load_sample  # noqa: E402
from registry.models import NumberSeries, OfficialNumber, OutgoingEntry  # noqa: E402


def load() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    load_sample()


def dump() -> dict[str, object]:
    series = ("org__code", "direction", "key", "year")
    values = {
        "documents": Document.objects.values_list(
            "code", "issued_on", "kind", "variant", "record", "issuer__code", "state", "subject",
            "number__number", "signer__code", "template_file__sha256", "final_file__sha256",
        ),
        "citations": Document.cites.through.objects.values_list(
            "from_document__code", "from_document__issuer__code", "to_document__code"
        ),
        "events": DocumentEvent.objects.values_list(
            "document__kind", "document__record", "from_state", "to_state", "actor", "note"
        ),
        "register": OutgoingEntry.objects.values_list(
            "org__code", "year", "number__number", "code", "date", "kind", "type_name", "subject",
            "signer", "recipients", "kept_by", "copies", "state", "file__sha256",
        ),
        "numbers": OfficialNumber.objects.values_list(
            *(f"series__{name}" for name in series), "number", "suffix", "on", "state"
        ),
        "series": NumberSeries.objects.values_list(*series, "first_number", "next_number", "last_date"),
        "batches": Batch.objects.values_list("key", "kind", "state"),
        "items": BatchItem.objects.values_list("batch__key", "position", "record", "state", "document__code"),
        "jobs": Rendering.objects.values_list("document__code", "document__issuer__code", "purpose", "state"),
        "cases": FoundingCase.objects.values_list("code", "state"),
        # Without its code: a new union gets a random one.
        "unions": UnionOrg.objects.values_list("name", "kind", "level", "valid_from"),
        "committees": Committee.objects.values_list("case__code", "kind", "decision"),
        "members": [[Membership.objects.count(), OfficeHolder.objects.count()]],
    }  # fmt: skip
    return {name: sorted([str(v) for v in row] for row in rows) for name, rows in values.items()}


if __name__ == "__main__":
    if sys.argv[1] == "load":
        load()
    else:
        json.dump(dump(), sys.stdout, ensure_ascii=False)
