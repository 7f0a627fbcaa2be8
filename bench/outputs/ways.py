"""Six ways to make a chunk of files durable, by nothing but the operating system: what they cost on this disk."""

from __future__ import annotations

import ctypes
import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

Way = Callable[[Path, Sequence[bytes]], None]
_libc = ctypes.CDLL(None, use_errno=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _place(root: Path, data: bytes) -> Path:
    sha256 = hashlib.sha256(data).hexdigest()
    return root / sha256[:2] / sha256[2:4] / sha256


def _temporary(place: Path, data: bytes) -> tuple[int, str]:
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".tmp-", dir=place.parent)
    os.write(descriptor, data)
    return descriptor, name


def _folders(root: Path, chunk: Sequence[bytes]) -> set[Path]:
    places = [_place(root, data) for data in chunk]
    return {root, *(p.parent for p in places), *(p.parent.parent for p in places)}


def each(root: Path, chunk: Sequence[bytes]) -> None:
    """File by file: write, fsync, rename; the folders at the end of the chunk."""
    for data in chunk:
        place = _place(root, data)
        descriptor, name = _temporary(place, data)
        os.fsync(descriptor)
        os.close(descriptor)
        Path(name).rename(place)
    for folder in _folders(root, chunk):
        _sync_folder(folder)


def late(root: Path, chunk: Sequence[bytes]) -> None:
    """All files written, then an fsync each, then the renames and the folders."""
    held = [(_place(root, data), *_temporary(_place(root, data), data)) for data in chunk]
    for place, descriptor, name in held:
        os.fsync(descriptor)
        os.close(descriptor)
        Path(name).rename(place)
    for folder in _folders(root, chunk):
        _sync_folder(folder)


def threads(root: Path, chunk: Sequence[bytes]) -> None:
    """As the first, sixteen files at a time: the journal takes several fsyncs together."""
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda data: each(root, [data]), chunk))


def syncfs(root: Path, chunk: Sequence[bytes]) -> None:
    """All files written, one syncfs, the renames, one more syncfs: it waits for the whole disk, others' writes too."""
    held = []
    for data in chunk:
        place = _place(root, data)
        descriptor, name = _temporary(place, data)
        os.close(descriptor)
        held.append((place, name))
    descriptor = os.open(root, os.O_RDONLY)
    _libc.syncfs(descriptor)
    for place, name in held:
        Path(name).rename(place)
    _libc.syncfs(descriptor)
    os.close(descriptor)


def pack(root: Path, chunk: Sequence[bytes]) -> None:
    """One file for the chunk: one fsync, one rename, its folders."""
    whole = b"".join(chunk)
    place = root / "packs" / hashlib.sha256(whole).hexdigest()
    descriptor, name = _temporary(place, whole)
    os.fsync(descriptor)
    os.close(descriptor)
    Path(name).rename(place)
    for folder in (place.parent, root):
        _sync_folder(folder)


def unsafe(root: Path, chunk: Sequence[bytes]) -> None:
    """No sync at all: what a power cut may take."""
    for data in chunk:
        place = _place(root, data)
        descriptor, name = _temporary(place, data)
        os.close(descriptor)
        Path(name).rename(place)


WAYS: dict[str, Way] = {
    "an fsync a file": each,
    "fsyncs after all writes": late,
    "sixteen threads": threads,
    "syncfs": syncfs,
    "pack": pack,
    "no sync (not durable)": unsafe,
}
