"""A ZIP in pieces: files go in one by one, bytes come out at once, so that size and memory have nothing to do."""

from __future__ import annotations

import zipfile
from typing import IO, cast

#: The same files give the same bytes on any day.
STAMP = (1980, 1, 1, 0, 0, 0)


def zip_entry(name: str) -> zipfile.ZipInfo:
    """An entry without a clock. Deflated, though hardly ever smaller: a stream of stored bytes has no end that a
    reader without the directory could see, and level 0 costs nothing.
    """
    info = zipfile.ZipInfo(name, date_time=STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


class Sink:
    """What ZipFile writes goes in here and is taken out piece by piece; nothing is ever sought."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take what ZipFile has made."""
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What has been written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


class ZipStream:
    """Add files, send what comes back, and end it. The same files give the same bytes."""

    def __init__(self) -> None:
        self._sink = Sink()
        self._archive = zipfile.ZipFile(cast("IO[bytes]", self._sink), "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, data: bytes) -> bytes:
        """One file; the bytes that it makes."""
        # Office files and PDFs are packed already.
        self._archive.writestr(zip_entry(name), data, compresslevel=0)
        return self._sink.taken()

    def end(self) -> bytes:
        """The directory at the end."""
        self._archive.close()
        return self._sink.taken()
