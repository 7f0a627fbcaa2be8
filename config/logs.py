"""Logs: a line on stderr for whoever watches, the whole trace in DOCGEN_HOME/logs/docgen.log."""

from __future__ import annotations

import copy
import logging
from contextlib import suppress
from pathlib import Path


class OneLine(logging.Formatter):
    """No trace in a terminal: it is in the log of the store."""

    def format(self, record: logging.LogRecord) -> str:
        """The message alone."""
        plain = copy.copy(record)
        plain.exc_info = plain.exc_text = plain.stack_info = None
        return super().format(plain)


class StoreLog(logging.Handler):
    """Appends to a file that is made, with its folder, at the first record; a full disk stops no work."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.ERROR)
        self.path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record with its trace."""
        with suppress(OSError):
            append(self.path, self.format(record))


def append(path: Path, text: str) -> None:
    """Add to a log that only its owner may read: traces may hold personal data. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as log:
        log.write(f"{text.rstrip()}\n")
