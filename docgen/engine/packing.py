"""Deflate and zip, fast: what never changes is packed once, what changes is packed with a codec of choice. Pure.

The same members, codec and level always give the same bytes. Without the wheel of a codec zlib does its work:
another packing of the same content.
"""

from __future__ import annotations

import importlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_VERSION = 20  # deflate, no more
_UTF8 = 0x800  # names that are not ASCII
_DATE = 0x21  # 1 January 1980, the first a zip can hold: no clock in the file
_MODULES = {"zlib": "zlib", "zlib-ng": "zlib_ng.zlib_ng", "isal": "isal.isal_zlib"}
_RAW = -15  # a deflate stream without header, as a zip holds it
#: Above this the quick levels of zlib-ng miss so much that is far away that a file grows by up to a fifth: two more.
_LONG = 192 * 1024  # bytes
_MORE = 2
#: With half the window zlib-ng is a tenth faster from level 7 on, and a part that is mostly rows of a loop gets no
#: larger by it: what repeats is near. Other parts do, by up to 6 %.
_RAW_HALF = -14
_HALF_FROM = 7
_ANEW = (
    128 * 1024
)  # bytes of a member of XML that is worth packing again when a template is compiled
_GROWN = 4  # times the size in the template

Deflate = Callable[[bytes], bytes]
Entry = tuple[int, bytes, int, int]  # method, packed bytes, CRC-32, size
_NO_MORE: Mapping[str, Entry] = {}


@dataclass(frozen=True, slots=True)
class Packing:
    """Codec (``zlib``, ``zlib-ng`` or ``isal``) and level of the parts that are filled.

    The default makes files of the size of zlib's level 6 (within 2 %) at a third of its cost.
    Raises ``ValueError`` for an unknown codec or a level it does not have.
    """

    codec: str = "zlib-ng"
    level: int = 5

    def __post_init__(self) -> None:
        highest = 3 if self.codec == "isal" else 9
        if self.codec not in _MODULES or not 0 <= self.level <= highest:
            raise ValueError(f"no such packing: {self.codec}:{self.level}")

    @classmethod
    def parse(cls, text: str) -> Packing:
        """``codec:level`` as in the settings, ``zlib-ng:5``. Raises ``ValueError``."""
        codec, _, level = text.partition(":")
        return cls(codec, int(level))


@lru_cache(maxsize=64)
def codec_of(packing: Packing, window: int = _RAW) -> tuple[Deflate, Callable[[bytes], int]]:
    """Deflate and CRC-32 of a packing; those of zlib if its wheel is not installed."""
    level = packing.level
    try:
        module = importlib.import_module(_MODULES[packing.codec])
    except ImportError:
        module, level = zlib, 6 if level else 0
    compress, crc32 = module.compress, module.crc32

    def deflate(data: bytes) -> bytes:
        return bytes(compress(data, level, wbits=window))

    return deflate, crc32


def _fitting(packing: Packing, size: int, before: int) -> tuple[Packing, int]:
    """Packing and window for a part of this size that had another size in its template."""
    if packing.codec != "zlib-ng" or size <= _LONG or not packing.level:
        return packing, _RAW
    more = Packing(packing.codec, min(9, packing.level + _MORE))
    half = more.level >= _HALF_FROM and size > _GROWN * before
    return more, _RAW_HALF if half else _RAW


def packed_members(docx: bytes) -> dict[str, Entry]:
    """The members of a zip, packed: XML of usual size anew if that is smaller, all else as it is in the file."""
    found: dict[str, Entry] = {}
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            name = info.filename.replace("\\", "/")
            kept = _as_it_is(docx, info)
            small = name.endswith((".xml", ".rels")) and info.file_size <= _ANEW
            if kept is None or small:
                anew = entry(archive.read(info), Packing("zlib", 9))
                kept = anew if kept is None or len(anew[1]) < len(kept[1]) else kept
            found[name] = kept
    return found


def _as_it_is(docx: bytes, info: zipfile.ZipInfo) -> Entry | None:
    if info.compress_type != zipfile.ZIP_DEFLATED:
        return None
    names, extra = struct.unpack_from("<HH", docx, info.header_offset + 26)
    start = info.header_offset + 30 + names + extra
    packed = docx[start : start + info.compress_size]
    return zipfile.ZIP_DEFLATED, packed, info.CRC, info.file_size


def entry(data: bytes, packing: Packing) -> Entry:
    """A member packed."""
    deflate, crc32 = codec_of(packing)
    return zipfile.ZIP_DEFLATED, deflate(data), crc32(data), len(data)


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """A zip with holes: runs of members that stay as ready bytes, between them members still to be packed.

    ``_steps`` is the order: bytes of a run with its directory lines, or the name of a hole. A line of the
    directory is all before the offset, the offset in its run, and all after it.
    """

    _steps: tuple[_Run | _Hole, ...]
    _count: int
    packing: Packing
    _deflate: Deflate = field(repr=False)
    _crc32: Callable[[bytes], int] = field(repr=False)

    def write(self, changed: Mapping[str, bytes], added: Mapping[str, Entry] = _NO_MORE) -> bytes:
        """The .docx with these members in the holes; a hole without one stays as it was.

        ``added`` are packed members that come after all others.
        """
        pieces: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for step in self._steps:
            if isinstance(step, _Run):
                run = step
            elif step.name in changed:
                run = self._filled(step, changed[step.name])
            else:
                run = step.original
            pieces.append(run.data)
            for head, at, tail in run.lines:
                directory += (head, (offset + at).to_bytes(4, "little"), tail)
            offset += len(run.data)
        for name, packed in added.items():
            run = _run(name.encode(), packed)
            ((head, _, tail),) = run.lines
            pieces.append(run.data)
            directory += (head, offset.to_bytes(4, "little"), tail)
            offset += len(run.data)
        lines, count = b"".join(directory), self._count + len(added)
        end = _END.pack(0x06054B50, 0, 0, count, count, len(lines), offset, 0)
        return b"".join((*pieces, lines, end))

    def with_holes(self, names: Iterable[str]) -> Archive:
        """The same zip with more members that change."""
        holes = [step.name for step in self._steps if isinstance(step, _Hole)]
        return archive_of(packed_members(self.write({})), [*holes, *names], self.packing)

    def _filled(self, hole: _Hole, data: bytes) -> _Run:
        deflate, crc32 = self._deflate, self._crc32
        if len(data) > _LONG:
            deflate, crc32 = codec_of(*_fitting(self.packing, len(data), hole.size))
        return _run(hole.encoded, (zipfile.ZIP_DEFLATED, deflate(data), crc32(data), len(data)))


@dataclass(frozen=True, slots=True)
class _Run:
    data: bytes = field(repr=False)
    lines: tuple[tuple[bytes, int, bytes], ...]


@dataclass(frozen=True, slots=True)
class _Hole:
    name: str
    encoded: bytes
    size: int
    original: _Run


def _run(name: bytes, packed: Entry) -> _Run:
    """One member with its header, and its line of the directory."""
    method, data, crc, size = packed
    flags = 0 if name.isascii() else _UTF8
    about = (_VERSION, flags, method, 0, _DATE, crc, len(data), size, len(name), 0)
    local = _LOCAL.pack(0x04034B50, *about)
    line = _CENTRAL.pack(0x02014B50, _VERSION, *about, 0, 0, 0, 0, 0)
    return _Run(b"".join((local, name, data)), ((line[:-4], 0, name),))


def _joined(runs: Iterable[_Run]) -> _Run:
    data, lines, offset = [], [], 0
    for run in runs:
        data.append(run.data)
        lines += [(head, offset + at, tail) for head, at, tail in run.lines]
        offset += len(run.data)
    return _Run(b"".join(data), tuple(lines))


def archive_of(members: Mapping[str, Entry], changing: Iterable[str], packing: Packing) -> Archive:
    """The zip of these members in this order, with a hole for each that changes."""
    holes = frozenset(changing)
    steps: list[_Run | _Hole] = []
    still: list[_Run] = []
    for name, packed in members.items():
        run = _run(name.encode(), packed)
        if name not in holes:
            still.append(run)
            continue
        if still:
            steps.append(_joined(still))
            still = []
        steps.append(_Hole(name, name.encode(), packed[3], run))
    if still:
        steps.append(_joined(still))
    return Archive(tuple(steps), len(members), packing, *codec_of(packing))
