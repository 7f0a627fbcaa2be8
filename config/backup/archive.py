"""The archive: a plain tar whose last member is a manifest under the hash of its own content.

The manifest holds the hash of every byte before it, so a half or an altered archive is told from a whole one before
anything is done with it. Members: ``database/TABLE.jsonl.gz``, ``secret_key``, ``files/SHA256``. Knows no Django.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from core.errors import UserError

FORMAT = 1
_MANIFEST = re.compile(r"manifest-([0-9a-f]{64})\.json")
_TABLE = re.compile(r"database/([a-z0-9_]+)\.jsonl\.gz")
_FILE = re.compile(r"files/([0-9a-f]{64})")
_BLOCK = 1 << 20
_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Table:
    """What the manifest says of a table; ``digest`` is the same in whatever order its rows come."""

    name: str
    columns: tuple[str, ...]
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds, what it was made from, and what the store lacked when it was made."""

    docgen: str
    made_at: str
    vendor: str
    migrations: tuple[tuple[str, str], ...]
    settings: dict[str, str]
    tables: tuple[Table, ...]
    files: int
    file_bytes: int
    missing: tuple[dict[str, str], ...]
    format: int = FORMAT
    sha256: str = ""


class Digest:
    """Hash of a set of rows: their order may differ between databases, their content may not."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, line: bytes) -> None:
        """One row."""
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line).digest(), "big")) % _MODULUS

    def hex(self) -> str:
        """The hash as 64 digits."""
        return f"{self._sum:064x}"


class _Hashed:
    """A file that hashes what is written to it."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target = target
        self.hash = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        return self.target.write(data)

    def tell(self) -> int:
        return self.target.tell()


class Writer:
    """Writes an archive beside its place; ``finish`` brings it there, so that a half one never has the name."""

    def __init__(self, target: Path, *, mtime: int) -> None:
        self.target = target
        self.part = target.with_name(f".{target.name}.{os.getpid()}.part")
        self.mtime = mtime
        descriptor = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._hashed = _Hashed(self._file)
        # tarfile asks no more of its target than to write and to tell.
        self._tar = tarfile.open(fileobj=self._hashed, mode="w")  # type: ignore[call-overload]  # noqa: SIM115

    def table(self, name: str, columns: tuple[str, ...], lines: Iterable[bytes]) -> Table:
        """All rows of one table, a line each."""
        digest = Digest()
        packed = self.part.with_suffix(".table")
        try:
            # Without a name and a time inside: the same rows are the same bytes.
            with (
                packed.open("wb") as target,
                gzip.GzipFile("", "wb", compresslevel=4, fileobj=target, mtime=0) as out,
            ):
                for line in lines:
                    digest.add(line)
                    out.write(line + b"\n")
            with packed.open("rb") as content:
                size = packed.stat().st_size
                self._add(f"database/{name}.jsonl.gz", content, size)
        finally:
            packed.unlink(missing_ok=True)
        return Table(name, columns, digest.rows, digest.hex())

    def secret_key(self, key: str) -> None:
        """The store's own key."""
        self._bytes("secret_key", key.encode())

    def file(self, sha256: str, data: bytes) -> None:
        """One stored file under its hash."""
        self._bytes(f"files/{sha256}", data)

    def finish(self, manifest: Manifest) -> str:
        """Close the archive with its manifest and give it its name; the hash of the manifest.

        Everything is on the disk when this returns.
        """
        facts = asdict(manifest) | {"sha256": self._hashed.hash.hexdigest()}
        text = json.dumps(facts, ensure_ascii=False, indent=1).encode()
        name = hashlib.sha256(text).hexdigest()
        self._bytes(f"manifest-{name}.json", text)
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.part.replace(self.target)
        sync_folder(self.target.parent)
        return name

    def give_up(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self.part.unlink(missing_ok=True)

    def _bytes(self, name: str, data: bytes) -> None:
        self._add(name, BytesIO(data), len(data))

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = size, self.mtime, 0o600
        self._tar.addfile(member, content)
        self._tar.members.clear()  # a million files need no list in memory


@dataclass
class Archive:
    """A proved archive."""

    path: Path
    manifest: Manifest
    tables: dict[str, Table] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = {table.name: table for table in self.manifest.tables}

    def lines(self) -> Iterator[tuple[Table, Iterator[bytes]]]:
        """Every table with its rows, in the order of the archive; take the rows before the next table."""
        for name, content in _members(self.path):
            if found := _TABLE.fullmatch(name):
                yield self.tables[found[1]], _lines(content)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every stored file: hash and bytes."""
        for name, content in _members(self.path):
            if found := _FILE.fullmatch(name):
                yield found[1], content.read()

    def secret_key(self) -> str:
        """The store's key; empty when it was kept in the environment."""
        return next(
            (c.read().decode() for name, c in _members(self.path) if name == "secret_key"), ""
        )


def open_archive(path: Path) -> Archive:
    """Prove an archive: whole, unaltered, in a format that we read. Raises UserError saying why not.

    Every byte is hashed, every file against its name and every table against the manifest.
    """
    try:
        manifest, end = _find_manifest(path)
        _prove_bytes(path, manifest, end)
        _prove_members(path, manifest)
    except OSError as fault:
        raise _refusal(path, f"không đọc được ({fault.strerror or fault})") from fault
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as fault:
        raise _refusal(path, "không phải bản sao lưu của docgen, hoặc đã hỏng") from fault
    return Archive(path, manifest)


def sync_folder(folder: Path) -> None:
    """Names in a folder survive a power loss from here on."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _find_manifest(path: Path) -> tuple[Manifest, int]:
    """The manifest and where it begins."""
    last, data, offset = "", b"", 0
    with tarfile.open(path, "r:") as tar:
        for member in tar:
            last, offset = member.name, member.offset
            if _MANIFEST.fullmatch(last):
                content = tar.extractfile(member)
                data = content.read() if content else b""
            tar.members.clear()  # type: ignore[attr-defined]
    found = _MANIFEST.fullmatch(last)
    if found is None:
        raise _refusal(path, "chưa đủ (thiếu phần cuối); tệp bị cắt hoặc sao chép dở dang")
    if hashlib.sha256(data).hexdigest() != found[1]:
        raise _refusal(path, "bản kê đã bị sửa")
    facts: dict[str, Any] = json.loads(data)
    if facts.get("format") != FORMAT:
        raise _refusal(path, f"dạng {facts.get('format')} là của phiên bản docgen khác")
    facts["tables"] = tuple(
        Table(t["name"], tuple(t["columns"]), t["rows"], t["digest"]) for t in facts["tables"]
    )
    facts["migrations"] = tuple((app, name) for app, name in facts["migrations"])
    facts["missing"] = tuple(facts["missing"])
    return Manifest(**facts), offset


def _prove_bytes(path: Path, manifest: Manifest, end: int) -> None:
    total = hashlib.sha256()
    with path.open("rb") as archive:
        left = end
        while left and (block := archive.read(min(_BLOCK, left))):
            total.update(block)
            left -= len(block)
    if total.hexdigest() != manifest.sha256:
        raise _refusal(path, "nội dung đã bị sửa hoặc hỏng (sai mã băm)")


def _prove_members(path: Path, manifest: Manifest) -> None:
    """Every file under its own hash, every table as the manifest says, none missing."""
    known = {table.name: table for table in manifest.tables}
    files = 0
    for name, content in _members(path):
        if found := _FILE.fullmatch(name):
            files += 1
            if hashlib.sha256(content.read()).hexdigest() != found[1]:
                raise _refusal(path, f"tệp {found[1]} sai mã băm")
        elif found := _TABLE.fullmatch(name):
            table, digest = known.pop(found[1]), Digest()
            for line in _lines(content):
                digest.add(line)
            if (digest.rows, digest.hex()) != (table.rows, table.digest):
                raise _refusal(path, f"bảng {table.name} sai mã băm")
    if known or files != manifest.files:
        raise _refusal(path, "thiếu bảng hoặc tệp so với bản kê")


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(path, "r:") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None:
                yield member.name, content
            tar.members.clear()  # type: ignore[attr-defined]


def _lines(content: IO[bytes]) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=content, mode="rb") as rows:
        for line in rows:
            yield line.rstrip(b"\n")


def _refusal(path: Path, reason: str) -> UserError:
    return UserError(
        f"Không dùng được bản sao lưu {path}: {reason}. Chọn bản sao lưu khác; kho chưa bị thay đổi gì.",
        code="bad_backup",
        facts={"file": str(path)},
    )
