"""Where bytes lie: a folder of this machine, or a bucket of an S3-compatible object store, by settings.

A store knows keys (`ab/cd/<sha256>`, `packs/ab/<sha256>`) and bytes, and nothing of rows. What `put` has taken
is durable when it returns. Objects are never changed: other bytes have another key.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from core.errors import Outage
from registry.object_store import ObjectStore

TEMP_PREFIX = ".tmp-"


@dataclass(frozen=True, slots=True)
class Listed:
    """One object that lies in a store; ``changed`` in seconds since 1970."""

    key: str
    size: int
    changed: float


class ByteStore(Protocol):
    """What both kinds of store can do. ``get`` raises FileNotFoundError; all raise Outage when out of order."""

    def put(self, key: str, data: bytes) -> None:
        """Keep these bytes; when it returns they outlive a power cut. The same key again is harmless."""

    def get(self, key: str, *, start: int = 0, size: int | None = None) -> bytes:
        """The bytes under a key, or a part of them."""

    def listed(self) -> Iterator[Listed]:
        """Everything that lies there, half-written files of dead processes too."""

    def place(self, key: str) -> Path:
        """How people find it: a path of this machine, or the key below the bucket's name."""


@dataclass(slots=True)
class FolderStore:
    """Files below one folder: written beside their place, synced, renamed, folders synced."""

    root: Path
    _settled: set[Path] = field(
        default_factory=set
    )  # folders whose own names are known to be durable

    def put(self, key: str, data: bytes) -> None:
        """A sound file that is there is only touched, so that nobody takes it for an old orphan."""
        path = self.root / key
        try:
            folders = self._folders(path)
            if not _touched(path, data):
                _write(path, data)
            for folder in folders:
                _sync_folder(folder)
            self._settled.update(folders)
        except OSError as error:
            raise Outage(
                f"Không ghi được tệp vào kho: {error.strerror}. Kiểm tra dung lượng và quyền ghi của đĩa.",
                code="file_not_written",
                facts={"full": error.errno in (errno.ENOSPC, errno.EDQUOT)},
            ) from error

    def _folders(self, path: Path) -> list[Path]:
        """Folders to be synced after the file has its name, made where they are missing.

        The file's own folder always: another process may have made the file and not come so far. Those
        above only until this process has synced them once.
        """
        fresh = not path.parent.is_dir()
        path.parent.mkdir(parents=True, exist_ok=True)
        above = [self.root, *(self.root / part for part in path.relative_to(self.root).parents)]
        return [
            folder
            for folder in dict.fromkeys(above)
            if fresh or folder == path.parent or folder not in self._settled
        ]

    def get(self, key: str, *, start: int = 0, size: int | None = None) -> bytes:
        """The bytes, or a part of them."""
        try:
            with (self.root / key).open("rb", buffering=0) as handle:
                handle.seek(start)
                return handle.read(-1 if size is None else size)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise Outage(
                f"Không đọc được tệp trong kho: {error.strerror}.",
                code="file_unreadable",
                facts={"key": key},
            ) from error

    def listed(self) -> Iterator[Listed]:
        """Every file below the folder; one that vanishes meanwhile is left out."""
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = Path(folder, name)
                try:
                    found = path.stat()
                except FileNotFoundError:
                    continue
                yield Listed(path.relative_to(self.root).as_posix(), found.st_size, found.st_mtime)

    def place(self, key: str) -> Path:
        """Its path."""
        return self.root / key


class BucketStore(ObjectStore):
    """The same on an S3-compatible object store: an object is whole or not there at all."""

    def listed(self) -> Iterator[Listed]:
        """Every object under the prefix."""
        for key, size, changed in self.objects():
            yield Listed(key, size, changed)

    def place(self, key: str) -> Path:
        """Bucket and key."""
        return Path(self.config.bucket, self.config.prefix, key)


def _touched(path: Path, data: bytes) -> bool:
    """Whether the file is there with just these bytes; its time of change is now."""
    try:
        if path.stat().st_size != len(data) or path.read_bytes() != data:
            return False
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _write(path: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=TEMP_PREFIX, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def byte_store() -> ByteStore:
    """The store of the settings: the bucket if one is named, else FILES_DIR."""
    if settings.FILES_BUCKET is not None:
        return _bucket_store(settings.FILES_BUCKET)
    return _folder_store(Path(settings.FILES_DIR))


_folder_store = cache(FolderStore)
_bucket_store = cache(BucketStore)
