"""Rows of the desk: accounts, who saw what, and what its pages remember."""

from __future__ import annotations

from web.models.accounts import Account
from web.models.batches import CheckedItem
from web.models.compositions import Composition
from web.models.imports import ImportState, RecordsImport
from web.models.installation import Installation
from web.models.log import Access, AccessLog
from web.models.requests import DataRequest, DataRight, RequestState
from web.models.tokens import ApiToken

__all__ = [
    "Access",
    "AccessLog",
    "Account",
    "ApiToken",
    "CheckedItem",
    "Composition",
    "DataRequest",
    "DataRight",
    "ImportState",
    "Installation",
    "RecordsImport",
    "RequestState",
]
