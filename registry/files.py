"""Stored files: bytes under their SHA-256, on the disk before their row exists."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings

from core.errors import Outage
from registry.models import StoredFile

#: Files whose folders are synced together and whose rows are written with one statement.
CHUNK = 50
_TEMP_PREFIX = ".tmp-"
_HASH_NAME = re.compile(r"[0-9a-f]{64}")
_NAME_LENGTH = 255
_QUERY_CHUNK = 500


@dataclass(frozen=True, slots=True)
class NewFile:
    """Bytes to be kept; the name is for people only and never part of a path."""

    data: bytes
    media_type: str
    name: str


def store(data: bytes, *, media_type: str, name: str) -> StoredFile:
    """Keep bytes; the same bytes again give the same row, with the name it was first stored under.

    Raises Outage when the disk does not take them.
    """
    return store_many([NewFile(data, media_type, name)])[0]


def store_many(files: Iterable[NewFile]) -> list[StoredFile]:
    """Keep many files, in chunks: each chunk is on the disk before its rows are written.

    Safe when several processes store the same bytes at once. Raises Outage when the disk fails.
    """
    stored: list[StoredFile] = []
    remaining = iter(files)
    while chunk := list(islice(remaining, CHUNK)):
        stored += _store_chunk(chunk)
    return stored


def read(stored: StoredFile) -> bytes:
    """The bytes of a stored file, proved by their hash. Raises Outage when missing or damaged."""
    path = path_of(stored.sha256)
    facts = {"sha256": stored.sha256, "name": stored.name}
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Outage(
            f"Không thấy tệp «{stored.name}» trong kho; hãy khôi phục từ bản sao lưu.",
            retryable=False,
            code="file_missing",
            facts=facts,
        ) from error
    except OSError as error:
        raise Outage(
            f"Không đọc được tệp «{stored.name}» trong kho: {error.strerror}.",
            code="file_unreadable",
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


def path_of(sha256: str) -> Path:
    """Where the bytes of that hash lie. Raises ValueError for anything but a SHA-256 in hex."""
    if not _HASH_NAME.fullmatch(sha256):
        raise ValueError("Not a SHA-256.")
    return files_dir() / sha256[:2] / sha256[2:4] / sha256


def files_dir() -> Path:
    """Root of the stored files."""
    return Path(settings.FILES_DIR)


def orphans(*, older_than: timedelta = timedelta(days=1)) -> list[Path]:
    """Files without a row, and temporary files of dead processes, sorted.

    Younger ones are left out: their row may lie in a transaction that has not ended.
    """
    limit = time.time() - older_than.total_seconds()
    old = sorted(path for path in _all_files() if path.stat().st_mtime <= limit)
    hashes = [path.name for path in old if _HASH_NAME.fullmatch(path.name)]
    known: set[str] = set()
    for start in range(0, len(hashes), _QUERY_CHUNK):
        chunk = hashes[start : start + _QUERY_CHUNK]
        known.update(StoredFile.objects.filter(sha256__in=chunk).values_list("sha256", flat=True))
    return [path for path in old if path.name not in known]


def missing() -> list[StoredFile]:
    """Rows whose bytes are gone or of another size; ``read`` proves the rest."""
    return [stored for stored in StoredFile.objects.iterator() if not _has_size(stored)]


def _has_size(stored: StoredFile) -> bool:
    try:
        return path_of(stored.sha256).stat().st_size == stored.size
    except FileNotFoundError:
        return False


def _all_files() -> Iterator[Path]:
    for folder, _, names in os.walk(files_dir()):
        for name in names:
            yield Path(folder, name)


def _store_chunk(chunk: Sequence[NewFile]) -> list[StoredFile]:
    hashes = [hashlib.sha256(file.data).hexdigest() for file in chunk]
    first = dict(reversed(list(zip(hashes, chunk, strict=True))))
    try:
        folders: set[Path] = set()
        for sha256, file in first.items():
            folders |= _write(path_of(sha256), file.data)
        for folder in folders:
            _sync_folder(folder)
    except OSError as error:
        raise Outage(
            f"Không ghi được tệp vào kho: {error.strerror}. Kiểm tra dung lượng và quyền ghi của đĩa.",
            code="file_not_written",
        ) from error
    # Sorted: two processes that insert the same rows never wait for each other in a circle.
    StoredFile.objects.bulk_create(
        [
            StoredFile(
                sha256=sha256,
                size=len(first[sha256].data),
                media_type=first[sha256].media_type,
                name=_display_name(first[sha256].name),
            )
            for sha256 in sorted(first)
        ],
        ignore_conflicts=True,
    )
    rows = StoredFile.objects.filter(sha256__in=first).in_bulk(field_name="sha256")
    return [rows[sha256] for sha256 in hashes]


def _write(path: Path, data: bytes) -> set[Path]:
    """Bring the bytes to their place; the folders to be synced afterwards.

    A sound file that is already there is only touched, so that ``orphans`` takes it for a young one. Its
    folders are synced all the same: the process that wrote it may not have come so far.
    """
    folders = {path.parent, path.parent.parent, files_dir()}
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if path.read_bytes() == data:
            os.utime(path)
            return folders
    except FileNotFoundError:
        pass
    descriptor, temporary = tempfile.mkstemp(prefix=_TEMP_PREFIX, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return folders


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _display_name(name: str) -> str:
    """The last part of what the user called it, short enough for its column."""
    return re.split(r"[/\\]", name)[-1][:_NAME_LENGTH] or "tệp"
