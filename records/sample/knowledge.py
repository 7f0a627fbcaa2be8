"""Cited documents, which paper stands on which of them by date, and the dated facts of the trade."""

from __future__ import annotations

from datetime import date
from typing import Any

from records.models import Citation, Fact, LegalBasis
from records.sample.store import CAMPAIGN_FILE, SOURCE, Store, read_toml

#: Written by this office in the same campaign: its own number is cited, not a row of the library.
OWN_PAPERS = frozenset({"campaign_plan_70"})
_CAMPAIGN_YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def load_citations(store: Store, *, campaign: bool = True) -> None:
    """Write the library of citations and the legal bases of each kind of paper; with those of the sample campaign."""
    library = read_toml("citations.toml")
    written = read_toml(CAMPAIGN_FILE) if campaign and CAMPAIGN_FILE.exists() else {}
    own = library["citations"]
    found = {**written.get("citations", {}), **own}
    rows = [_citation(store, code, row) for code, row in found.items()]
    citations = {row.code: row for row in store.save(Citation, rows)}
    bases = [
        basis
        for block in library["basis"]
        for kind in block["kinds"]
        for variant in block["variants"]
        for at, code in enumerate(block["citations"])
        for basis in [_basis(store, citations[code], kind, variant, at)]
    ]
    for kind, codes in written.get("legal_bases", {}).items():
        for at, code in enumerate(codes):
            if code not in OWN_PAPERS:
                basis = _basis(store, citations[code], kind, "", at)
                basis.valid_from = basis.valid_from or _CAMPAIGN_YEAR[0]
                basis.valid_to = basis.valid_to or _CAMPAIGN_YEAR[1]
                bases.append(basis)
    store.save(LegalBasis, bases)


def load_facts(store: Store, *, sample: bool = True) -> None:
    """Write the dated facts, those not confirmed marked so; those of the sample alone only with ``sample``."""
    rows = read_toml("facts.toml")["fact"]
    store.save(
        Fact,
        [
            Fact(**{**row, "source": row.get("source", store.source)}, **_author(store))
            for row in rows
            if sample or row.get("source") != SOURCE
        ],
    )


def _author(store: Store) -> dict[str, str]:
    return {"created_by": store.actor, "updated_by": store.actor}


def _citation(store: Store, code: str, row: dict[str, Any]) -> Citation:
    given = row.get("date")
    return Citation(
        code=code,
        type_name=row["type_name"],
        document_code=row.get("code", ""),
        date=date.fromisoformat(given) if isinstance(given, str) else given,
        issuer=row.get("issuer", ""),
        subject=row.get("subject", ""),
        is_law=row.get("is_law", False),
        valid_from=row.get("valid_from"),
        valid_to=row.get("valid_to"),
        source=row.get("source", store.source),
        **_author(store),
    )


def _basis(store: Store, citation: Citation, kind: str, variant: str, at: int) -> LegalBasis:
    return LegalBasis(
        kind=kind,
        variant=variant,
        citation=citation,
        position=at,
        valid_from=citation.valid_from,
        valid_to=citation.valid_to,
        **store.stamp,
    )
