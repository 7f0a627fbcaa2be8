"""Files that people lay down for a moment and that are not kept: a folder each, by owner, gone after an hour.

Papers of others are checked at the desk; they must not pile up. What lies here is in no backup and has no row. The
names of files are ours, never the sender's; an owner finds nothing of another's.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from core.errors import NotFound

#: How long a thing lies here, counted from when it was laid down.
KEPT_FOR = timedelta(hours=1)
#: Things of one owner and purpose; the oldest makes room for the next.
MOST = 40
#: Bytes that all of them may have together.
MOST_BYTES = 300 * 1024 * 1024
FACTS = "facts.json"
_WORD = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}")
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The things of one owner for one purpose (`papers`, `templates`)."""

    purpose: str
    owner: str

    def put(self, files: Mapping[str, bytes], facts: Mapping[str, object]) -> str:
        """Lay down files with some facts about them; gives the token by which they are found."""
        purge()
        token = uuid.uuid4().hex
        folder = self._root / token
        folder.mkdir(parents=True, mode=0o700)
        for name, data in files.items():
            self._write(folder, name, data)
        self.note(token, facts)
        self._make_room()
        return token

    def _make_room(self) -> None:
        """The newest stays, whatever it weighs; the oldest go while there is too much."""
        weight = 0
        for place, token in enumerate(self.tokens()):
            with contextlib.suppress(OSError):  # taken away this moment
                weight += sum(file.stat().st_size for file in (self._root / token).iterdir())
            if place >= MOST or (place and weight > MOST_BYTES):
                self.drop(token)

    def add(self, token: str, name: str, data: bytes) -> None:
        """A further file for a thing. Raises NotFound when it is gone."""
        self._write(self._folder(token), name, data)

    def note(self, token: str, facts: Mapping[str, object]) -> None:
        """Put these facts in the place of those before. Raises NotFound."""
        self.add(token, FACTS, json.dumps(dict(facts), ensure_ascii=False).encode())

    def facts(self, token: str) -> dict[str, object]:
        """The facts about a thing. Raises NotFound."""
        found = json.loads(self.read(token, FACTS))
        return found if isinstance(found, dict) else {}

    def read(self, token: str, name: str) -> bytes:
        """The bytes of a file. Raises NotFound when it is gone, was never there, or is not this owner's."""
        try:
            return (self._folder(token) / _checked(name)).read_bytes()
        except OSError as fault:
            raise _gone() from fault

    def has(self, token: str, name: str) -> bool:
        """Whether a thing has that file. Raises NotFound."""
        return (self._folder(token) / _checked(name)).is_file()

    def tokens(self) -> list[str]:
        """The things that lie here, the newest first."""
        found = []
        for path in self._root.iterdir() if self._root.is_dir() else ():
            with contextlib.suppress(OSError):  # taken away this moment
                if _TOKEN.fullmatch(path.name):
                    found.append((path.stat().st_mtime_ns, path.name))
        return [name for _, name in sorted(found, reverse=True)]

    def drop(self, token: str) -> None:
        """Take a thing away; nothing when it is gone already."""
        if _TOKEN.fullmatch(token):
            shutil.rmtree(self._root / token, ignore_errors=True)

    @contextlib.contextmanager
    def alone(self, work: str) -> Iterator[bool]:
        """Hold the owner's turn for a kind of work: whether nobody else is at it for this owner now."""
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self._root / f".{_checked(work)}").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    @property
    def _root(self) -> Path:
        return _place() / _checked(self.purpose) / _checked(self.owner)

    def _folder(self, token: str) -> Path:
        folder = self._root / token
        if not _TOKEN.fullmatch(token) or not folder.is_dir() or _is_old(folder, time.time()):
            raise _gone()
        return folder

    def _write(self, folder: Path, name: str, data: bytes) -> None:
        """Written beside and moved, so that a reader sees all or nothing."""
        beside = folder / f".{uuid.uuid4().hex}"
        born = folder.stat().st_mtime_ns
        beside.write_bytes(data)
        beside.chmod(0o600)
        beside.replace(folder / _checked(name))
        # The age of a thing is that of its folder: a further file does not make it younger.
        if (folder / FACTS).exists():
            _set_time(folder, born)


def purge(*, older_than: timedelta = KEPT_FOR) -> int:
    """Take away what has lain here too long, of all owners; gives how many things."""
    now = time.time()
    gone = 0
    for folder in _place().glob("*/*/*"):
        if folder.is_dir() and _is_old(folder, now, seconds=older_than.total_seconds()):
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _is_old(folder: Path, now: float, *, seconds: float = KEPT_FOR.total_seconds()) -> bool:
    try:
        return now - folder.stat().st_mtime > seconds
    except OSError:
        return False


def _set_time(folder: Path, nanoseconds: int) -> None:
    with contextlib.suppress(OSError):
        os.utime(folder, ns=(nanoseconds, nanoseconds))


def _place() -> Path:
    return Path(settings.DOCGEN_HOME) / "tam"


def _checked(word: str) -> str:
    """A name of ours for a path. Raises NotFound for anything else."""
    if not _WORD.fullmatch(word):
        raise _gone()
    return word


def _gone() -> NotFound:
    return NotFound("Tệp này không còn: tệp tải lên chỉ giữ một giờ. Tải tệp lên lại.", code="gone")
