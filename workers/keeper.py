"""A worker watches over the embedded broker: nobody else would start a killed one before the next request."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from core.errors import DocgenError
from workers.broker import broker_address, ensure_broker

log = logging.getLogger(__name__)
KEEP_SECONDS = 5.0


class Keeper:
    """A thread that starts the store's embedded broker again; one in service is not ours to start."""

    def __init__(self, *, every: float = KEEP_SECONDS) -> None:
        self.every = every
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, home: Path) -> None:
        """Begin to watch, unless the broker is in service."""
        if broker_address(home).embedded:
            self._thread = threading.Thread(target=self._watch, args=(home,), daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the watch, and wait for it: a broker started after this would outlive its last user."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self, home: Path) -> None:
        silent = False
        while not self._over.wait(self.every):
            try:
                ensure_broker(home)
                silent = False
            except DocgenError as fault:
                if not silent:
                    log.warning("%s", fault.message)
                silent = True
