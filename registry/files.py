"""Stored files: bytes under their SHA-256, durable before their row exists.

A single file lies alone under its hash. A chunk of files is one object, a pack, whose name is the hash of its
own bytes: one durable write for all of them (bench/results/outputs.md); each row says where in the pack its
bytes begin. A row without a pack is a file of its own. Rows are written after the bytes, so that a process
killed at any moment leaves bytes without a row, which `orphans` finds, and never a row without bytes.
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePosixPath

from django.conf import settings

from core.errors import Outage
from registry.models import StoredFile
from registry.stores import Listed, byte_store

log = logging.getLogger(__name__)
#: Files that share one durable write and one INSERT, and the bytes beyond which a chunk takes no more.
CHUNK = 100
CHUNK_BYTES = 32 * 1024 * 1024
PACKS = "packs"
#: Files that are gone or damaged beyond mending, as `read` says them.
LOST = ("file_missing", "file_damaged")
_HASH_NAME = re.compile(r"[0-9a-f]{64}")
_NAME_LENGTH = 255
_QUERY_CHUNK = 500

#: Makes the bytes of a lost file again; None when nobody can.
Remake = Callable[[StoredFile], bytes | None]


@dataclass(frozen=True, slots=True)
class NewFile:
    """Bytes to be kept; the name is for people only and never part of a path."""

    data: bytes
    media_type: str
    name: str


def store(data: bytes, *, media_type: str, name: str) -> StoredFile:
    """Keep bytes; the same bytes again give the same row, with the name it was first stored under.

    Raises Outage when the disk or the object store does not take them.
    """
    return store_many([NewFile(data, media_type, name)])[0]


def store_many(files: Iterable[NewFile]) -> list[StoredFile]:
    """Keep many files, in chunks: each chunk is durable before its rows are written.

    Safe when several processes store the same bytes at once. Raises Outage when the store fails.
    """
    stored: list[StoredFile] = []
    for chunk in _chunks(files):
        stored += _store_chunk(chunk)
    return stored


def read(stored: StoredFile, *, remake: Remake | None = None) -> bytes:
    """The bytes of a stored file, proved by their hash. Raises Outage when missing or damaged.

    With ``remake`` a lost file is made again, proved by the same hash and stored anew.
    """
    try:
        return _sound_bytes(stored)
    except Outage as fault:
        if remake is None or fault.code not in LOST:
            raise
        made = remake(stored)
        if made is None or hashlib.sha256(made).hexdigest() != stored.sha256:
            raise
        log.warning("tệp «%s» (%s) bị mất đã được làm lại", stored.name, stored.sha256)
        _heal(stored, made)
        return made


def _sound_bytes(stored: StoredFile) -> bytes:
    facts = {"sha256": stored.sha256, "name": stored.name}
    try:
        data = byte_store().get(key_of(stored), start=stored.start, size=stored.size)
    except FileNotFoundError as error:
        raise Outage(
            f"Không thấy tệp «{stored.name}» trong kho; hãy khôi phục từ bản sao lưu.",
            retryable=False,
            code="file_missing",
            facts=facts,
        ) from error
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise Outage(
            f"Tệp «{stored.name}» trong kho đã bị hỏng (sai mã băm); hãy khôi phục từ bản sao lưu.",
            retryable=False,
            code="file_damaged",
            facts=facts,
        )
    return data


def _heal(stored: StoredFile, data: bytes) -> None:
    """Put lost bytes back, alone under their hash."""
    byte_store().put(_key(stored.sha256), data)
    StoredFile.objects.filter(pk=stored.pk).update(pack="", start=0)
    stored.pack, stored.start = "", 0


def key_of(stored: StoredFile) -> str:
    """The object that holds the file's bytes: its own, or its pack."""
    if stored.pack:
        return f"{PACKS}/{stored.pack[:2]}/{stored.pack}"
    return _key(stored.sha256)


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def path_of(sha256: str) -> Path:
    """Where a file of its own with that hash lies in the folder. Raises ValueError for anything but a SHA-256."""
    if not _HASH_NAME.fullmatch(sha256):
        raise ValueError("Not a SHA-256.")
    return files_dir() / _key(sha256)


def files_dir() -> Path:
    """Root of the stored files, unless they lie in an object store."""
    return Path(settings.FILES_DIR)


def orphans(*, older_than: timedelta = timedelta(days=1)) -> list[Path]:
    """Files and packs without a row, and temporary files of dead processes, sorted.

    Younger ones are left out: their row may lie in a transaction that has not ended.
    """
    limit = time.time() - older_than.total_seconds()
    store_now = byte_store()
    old = [found for found in store_now.listed() if found.changed <= limit]
    known: set[str] = set()
    for start in range(0, len(old), _QUERY_CHUNK):
        known |= _known(old[start : start + _QUERY_CHUNK])
    return sorted(store_now.place(found.key) for found in old if found.key not in known)


def _known(found: Sequence[Listed]) -> set[str]:
    """Those of the keys that some row points to."""
    names = [PurePosixPath(one.key).name for one in found]
    hashes = [name for name in names if _HASH_NAME.fullmatch(name)]
    alone = StoredFile.objects.filter(sha256__in=hashes, pack="").values_list("sha256", flat=True)
    packs = StoredFile.objects.filter(pack__in=hashes).values_list("pack", flat=True).distinct()
    return {_key(sha256) for sha256 in alone} | {f"{PACKS}/{name[:2]}/{name}" for name in packs}


def missing() -> list[StoredFile]:
    """Rows whose bytes are gone or cut short; ``read`` proves the rest."""
    sizes = {found.key: found.size for found in byte_store().listed()}
    return [stored for stored in StoredFile.objects.iterator() if not _fits(stored, sizes)]


def _fits(stored: StoredFile, sizes: dict[str, int]) -> bool:
    size = sizes.get(key_of(stored), -1)
    return size >= stored.start + stored.size if stored.pack else size == stored.size


def _chunks(files: Iterable[NewFile]) -> Iterator[list[NewFile]]:
    """Files in lists of at most CHUNK; one that has reached CHUNK_BYTES is closed."""
    chunk: list[NewFile] = []
    size = 0
    for file in files:
        chunk.append(file)
        size += len(file.data)
        if len(chunk) >= CHUNK or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _store_chunk(chunk: Sequence[NewFile]) -> list[StoredFile]:
    hashes = [hashlib.sha256(file.data).hexdigest() for file in chunk]
    first = dict(reversed(list(zip(hashes, chunk, strict=True))))
    rows = StoredFile.objects.filter(sha256__in=first).in_bulk(field_name="sha256")
    wanted = {
        sha256: file.data
        # Sorted: two processes that insert the same rows never wait for each other in a circle.
        for sha256, file in sorted(first.items())
        if sha256 not in rows or not _is_sound(rows[sha256])
    }
    pack, starts = _put(wanted)
    StoredFile.objects.bulk_create(
        [
            StoredFile(
                sha256=sha256,
                size=len(data),
                media_type=first[sha256].media_type,
                name=_display_name(first[sha256].name),
                pack=pack,
                start=starts[sha256],
            )
            for sha256, data in wanted.items()
            if sha256 not in rows
        ],
        ignore_conflicts=True,
    )
    for sha256 in wanted.keys() & rows.keys():
        StoredFile.objects.filter(sha256=sha256).update(pack=pack, start=starts[sha256])
    rows = StoredFile.objects.filter(sha256__in=first).in_bulk(field_name="sha256")
    return [rows[sha256] for sha256 in hashes]


def _is_sound(stored: StoredFile) -> bool:
    try:
        _sound_bytes(stored)
    except Outage as fault:
        if fault.code not in LOST:
            raise
        return False
    return True


def _put(wanted: dict[str, bytes]) -> tuple[str, dict[str, int]]:
    """Make these bytes durable: the pack's name (empty for a single file) and where each file begins."""
    if len(wanted) < 2:  # noqa: PLR2004 - a pack of one would only hide the file
        for sha256, data in wanted.items():
            byte_store().put(_key(sha256), data)
        return "", dict.fromkeys(wanted, 0)
    starts: dict[str, int] = {}
    at = 0
    for sha256, data in wanted.items():
        starts[sha256] = at
        at += len(data)
    whole = b"".join(wanted.values())
    pack = hashlib.sha256(whole).hexdigest()
    byte_store().put(f"{PACKS}/{pack[:2]}/{pack}", whole)
    return pack, starts


def _display_name(name: str) -> str:
    """The last part of what the user called it, short enough for its column."""
    return re.split(r"[/\\]", name)[-1][:_NAME_LENGTH] or "tệp"
