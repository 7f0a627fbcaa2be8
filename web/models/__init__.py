"""Rows of the desk: accounts, the log of who saw what, what was found about batches."""

from __future__ import annotations

from web.models.accounts import Account
from web.models.batches import CheckedItem
from web.models.log import Access, AccessLog

__all__ = ["Access", "AccessLog", "Account", "CheckedItem"]
