"""Rows of the desk: accounts, who saw what, and what its pages remember."""

from __future__ import annotations

from web.models.accounts import Account
from web.models.batches import CheckedItem
from web.models.imports import ImportState, RecordsImport
from web.models.log import Access, AccessLog

__all__ = [
    "Access",
    "AccessLog",
    "Account",
    "CheckedItem",
    "ImportState",
    "RecordsImport",
]
