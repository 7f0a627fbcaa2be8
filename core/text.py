"""Vietnamese text in one place: letters and keys (`core.letters`), names (`core.names`)."""

from __future__ import annotations

from core.letters import (
    bad_character,
    clean,
    clean_line,
    fold,
    is_syllable,
    mend_eth,
    modern_tone,
    nfc,
    split_tone,
    strip_leaders,
    unaccent,
    upper_vi,
)
from core.names import (
    company_key,
    given_name,
    name_sort_key,
    sort_key,
    title_name,
    title_org,
)

__all__ = [
    "bad_character",
    "clean",
    "clean_line",
    "company_key",
    "fold",
    "given_name",
    "is_syllable",
    "mend_eth",
    "modern_tone",
    "name_sort_key",
    "nfc",
    "sort_key",
    "split_tone",
    "strip_leaders",
    "title_name",
    "title_org",
    "unaccent",
    "upper_vi",
]
