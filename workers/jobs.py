"""The bodies of the tasks, callable without a broker."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.conf import settings
from django.db import OperationalError, connection

from docgen.services.batches import run_item
from docgen.services.pdf import make_pdfs
from docgen.services.rendering import run_rendering
from records.selectors.scope import one_reading

log = logging.getLogger(__name__)
_Id = TypeVar("_Id")


def _each(ids: Iterable[_Id], work: Callable[[_Id], object]) -> None:
    """One after another; a fault of the database connection leaves the row for the sweep."""
    for one in ids:
        try:
            work(one)
        except OperationalError:
            log.exception("row %s is left to the sweep", one)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()


def make_items(item_ids: Iterable[int]) -> None:
    """Batch items, one by one, each in its own transactions."""
    with one_reading():
        _each(item_ids, run_item)


def make_files(job_ids: Iterable[int]) -> None:
    """Render jobs, one by one."""
    _each(job_ids, run_rendering)


def convert_documents(document_ids: Iterable[str]) -> None:
    """PDFs of issued papers; LibreOffice runs with this store's own profile."""
    make_pdfs(list(document_ids), profile=settings.DOCGEN_HOME / "libreoffice")
