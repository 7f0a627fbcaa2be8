"""Rows of the desk: accounts, keys, the log of who saw what, requests about personal data, the first run."""

from __future__ import annotations

from web.models.accounts import Account
from web.models.installation import Installation
from web.models.log import Access, AccessLog
from web.models.requests import DataRequest, DataRight, RequestState
from web.models.tokens import ApiToken

__all__ = [
    "Access",
    "AccessLog",
    "Account",
    "ApiToken",
    "DataRequest",
    "DataRight",
    "Installation",
    "RequestState",
]
