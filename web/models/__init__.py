"""Rows of the desk: accounts and the log of who saw what."""

from __future__ import annotations

from web.models.accounts import Account
from web.models.imports import ImportState, RecordsImport
from web.models.log import Access, AccessLog

__all__ = ["Access", "AccessLog", "Account", "ImportState", "RecordsImport"]
