"""Compile a Word template once, fill it many times. Pure: bytes in, bytes out."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from types import MappingProxyType

from jinja2 import TemplateRuntimeError
from jinja2.exceptions import SecurityError
from lxml import etree

from docgen.engine import printing
from docgen.engine.core import Core, read_core
from docgen.engine.drawings import Media, Sheet
from docgen.engine.errors import MissingValues, Place, TemplateError, UnsafeTemplate
from docgen.engine.frames import open_frames
from docgen.engine.layout import mend
from docgen.engine.missing import Recorder, current, recording_to
from docgen.engine.names import Use, leaves, optional
from docgen.engine.package import Package, parse_xml, read_package
from docgen.engine.packing import Archive, Packing, archive_of, packed_members
from docgen.engine.pictures import SubDocument
from docgen.engine.places import (
    PlaceFinder,
    TagPlace,
    W,
    attribute_tags,
    check_braces,
    check_kept,
    read_tags,
    tags_in,
)
from docgen.engine.prepared import prepared
from docgen.engine.quick import NotPlain
from docgen.engine.rewrite import (
    CompiledPart,
    check_blocks,
    compile_source,
    number_tags,
    without_place,
)
from docgen.engine.subdocuments import join, sub_documents
from docgen.engine.tracing import missing_rows, paths_by_id
from docgen.engine.values import plain
from docgen.engine.wordxml import word_to_jinja

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARSED_FROM = (
    8_000_000  # bytes of a part: from here on one text in it may be longer than readers take
)
_LONG_VALUE = 65_536
_TAG = re.compile(r"\{\{|\{%|\{#|\{_\{|\}_\}|\{_%|%_\}")
_ATTRIBUTE_TAG = re.compile(r"=\"[^\"<>]*\{[{%#]")
_CACHED = 64
_Bodies = Mapping[SubDocument, str]
_NO_BODIES: _Bodies = {}
_Filled = tuple["CompiledTemplate", dict[str, bytes], Recorder]
#: What an expression of a stranger may raise when it is computed.
_FAULTS = (
    *(TypeError, ValueError, ArithmeticError, LookupError, AttributeError, NameError),
    *(RuntimeError, MemoryError, AssertionError),
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled document: the .docx and the SHA-256 of its bytes, in hexadecimal."""

    docx: bytes = field(repr=False)
    sha256: str


@dataclass(frozen=True, slots=True)
class _Property:
    """A core property with tags: its position among the properties, and its compiled text."""

    index: int
    part: CompiledPart


class Level(IntEnum):
    """How fast a template may be filled; the result is the same.

    ``CAREFUL``: Jinja, every part parsed and mended. ``SOUND``: Jinja, parts that no data can upset are not.
    ``STRAIGHT``: plain parts by code on bytes.
    """

    CAREFUL = 0
    SOUND = 1
    STRAIGHT = 2


@dataclass(frozen=True, slots=True, eq=False)
class CompiledTemplate:
    """A template ready to be filled. Immutable: one may serve all threads of a process.

    ``names``: every dotted name used, lists marked by ``[]`` (``ds_doanh_nghiep[].ma_so_thue``), the
    longest only. ``optional_names``: those the data may leave out. ``places``: where each name stands.
    ``level``: the fastest way that all its parts allow.
    """

    sha256: str
    names: frozenset[str]
    optional_names: frozenset[str]
    places: Mapping[str, tuple[Place, ...]] = field(repr=False)
    level: Level
    _allowed: Level = field(repr=False)
    _archive: Archive = field(repr=False)
    _media: Media = field(repr=False)
    _main: str = field(repr=False)
    _parts: tuple[tuple[str, CompiledPart], ...] = field(repr=False)
    _core: Core | None = field(repr=False)
    _properties: tuple[_Property, ...] = field(repr=False)

    def render(
        self, context: Mapping[str, object], *, stamp: dt.datetime | None = None
    ) -> Rendered:
        """Fill the template: the same data and stamp give the same bytes.

        ``context``: plain data (see ``values``). ``stamp``: aware time written as created and modified;
        without it those of the template stay. Raises ``MissingValues`` with all names missed,
        ``TemplateError`` for a value that cannot be printed or an expression that cannot be computed.
        """
        template, changed, recorder = self._filled(context, stamp)
        return template._rendered(changed, recorder)  # noqa: SLF001 (the same class)

    def prove(self, context: Mapping[str, object], *, stamp: dt.datetime | None = None) -> None:
        """Fill the template and pack nothing, unless it has pictures: raises whatever ``render`` would."""
        template, changed, recorder = self._filled(context, stamp)
        if recorder.sheet.drawings is not None:
            template._rendered(changed, recorder)  # noqa: SLF001 (the same class)

    def _filled(self, context: Mapping[str, object], stamp: dt.datetime | None) -> _Filled:
        """The template that was filled (this one, or it with sub-documents), its changed members, what it met."""
        if stamp is not None and stamp.tzinfo is None:
            raise ValueError("stamp must be an aware datetime")
        if self._allowed > Level.CAREFUL:
            recorder = self._recorder()
            data = prepared(context, rich=printing.rich_types())
            changed = self._fast(data, stamp, recorder)
            if changed is not None:
                return self, changed, recorder
        data = plain(context, rich=printing.rich_types())
        documents = sub_documents(data)
        if not documents:
            return self._carefully(data, stamp, _NO_BODIES)
        # docxtpl joins the sub-documents to the template: a template for this document alone
        joined = join(self._archive.write({}), documents)
        template = compile_template(joined.docx, packing=self._archive.packing)
        return template._carefully(data, stamp, joined.bodies)  # noqa: SLF001 (the same class)

    def _carefully(self, data: object, stamp: dt.datetime | None, bodies: _Bodies) -> _Filled:
        recorder = self._recorder(bodies)
        return self, self._careful(data, stamp, recorder), recorder

    def _recorder(self, bodies: _Bodies = _NO_BODIES) -> Recorder:
        return Recorder(Sheet(self._media.drawings, main=self._main, bodies=bodies))

    def _rendered(self, changed: dict[str, bytes], recorder: Recorder) -> Rendered:
        drawings = recorder.sheet.drawings
        write = self._archive.write if drawings is None else partial(self._media.write, drawings)
        docx = write(changed)
        return Rendered(docx, hashlib.sha256(docx).hexdigest())

    def _fast(
        self, data: object, stamp: dt.datetime | None, recorder: Recorder
    ) -> dict[str, bytes] | None:
        """The changed members by the fastest ways; None if the data has anything that needs care.

        No fault is told here: the careful way finds it again, and the words for it.
        """
        if type(data) is not dict:
            return None
        changed: dict[str, bytes] = {}
        sheet = recorder.sheet
        token = current.set(recorder)
        try:
            for name, part in self._parts:
                sheet.part = name
                changed[name] = self._quick(name, part, data)
            texts = {item.index: self._bytes(item.part, data, b"") for item in self._properties}
        except (TemplateError, TemplateRuntimeError, NotPlain, *_FAULTS):
            return None
        finally:
            current.reset(token)
        if recorder.paths or recorder.lookups:
            return None
        if self._core is not None and (texts or stamp is not None):
            changed[self._core.name] = self._core.fill(texts, stamp)
        return changed

    def _quick(self, name: str, part: CompiledPart, data: dict[str, object]) -> bytes:
        if not part.stable:
            return _finish(name, self._bytes(part, data, b""))
        xml = self._bytes(part, data, _DECLARATION)
        if len(xml) > _PARSED_FROM and (part.fill is None or _long_values(data)):
            parse_xml(xml, name)
        return xml

    def _bytes(self, part: CompiledPart, data: dict[str, object], before: bytes) -> bytes:
        if part.fill is None or self._allowed < Level.STRAIGHT:
            return before + part.text(data).encode()
        out = [before]
        part.fill(data, out)
        return b"".join(out)

    def _careful(
        self, data: object, stamp: dt.datetime | None, recorder: Recorder
    ) -> dict[str, bytes]:
        """The changed members by Jinja, every fault told with its place, every part parsed and mended."""
        if not isinstance(data, dict):
            raise TemplateError("Dữ liệu của mẫu phải là một nhóm trường")
        filled: dict[str, bytes] = {}
        for name, part in self._parts:
            recorder.sheet.part = name
            filled[name] = self._fill(part, data, recorder)
        texts = {item.index: self._fill(item.part, data, recorder) for item in self._properties}
        self._refuse_missing(recorder, data)
        changed = {name: _finish(name, xml) for name, xml in filled.items()}
        if self._core is not None and (texts or stamp is not None):
            changed[self._core.name] = self._core.fill(texts, stamp)
        return changed

    def _fill(self, part: CompiledPart, data: dict[str, object], recorder: Recorder) -> bytes:
        try:
            with recording_to(recorder):
                return part.text(data).encode()
        except TemplateError as error:
            raise without_place(error, part.place_of_error(error.__traceback__)) from error
        except SecurityError as error:
            place = part.place_of_error(error.__traceback__)
            raise UnsafeTemplate("Mẫu làm việc không được phép", place) from error
        except (TemplateRuntimeError, *_FAULTS) as error:
            self._refuse_missing(recorder, data)
            place = part.place_of_error(error.__traceback__)
            message = "Không tính được thẻ này với dữ liệu đã cho"
            raise TemplateError(message, place, detail=str(error)) from error

    def _refuse_missing(self, recorder: Recorder, data: dict[str, object]) -> None:
        if not recorder.paths and not recorder.lookups:
            return
        known = paths_by_id(data)
        found = recorder.paths + [
            lookup.path(known) or path or lookup.said for lookup, path in recorder.lookups
        ]
        names = list(dict.fromkeys(re.sub(r"\[\d+\]", "[]", path) for path in found))
        order = {name: number for number, name in enumerate(self.places)}
        names.sort(key=lambda name: order.get(name, len(order)))
        rows = {name: missing_rows(data, name) for name in names if "[]" in name}
        raise MissingValues(
            names, rows=rows, places={name: self.places.get(name, ()) for name in names}
        )


def compile_template(
    docx: bytes, *, packing: Packing | None = None, level: Level | None = None
) -> CompiledTemplate:
    """Compile a .docx template.

    ``packing``: codec and level of the filled parts. ``level``: the fastest way allowed,
    for tests and measurements. Raises ``TemplateError`` (broken file or tag, with its place) and
    ``UnsafeTemplate`` (macros, DTD, outside content, expressions that reach into Python).
    """
    level = _fastest if level is None else level
    package = read_package(docx)
    parts: list[tuple[str, CompiledPart]] = []
    properties: tuple[_Property, ...] = ()
    core: Core | None = None
    for name, data in package.members:
        kind = package.kinds.get(name)
        if kind == "core":
            properties = tuple(_compile_core(name, data))
            core = read_core(data, name, [item.index for item in properties])
        elif kind is not None:
            part = _compile_part(name, data)
            if part is not None:
                parts.append((name, part))
    every = [part for _, part in parts] + [item.part for item in properties]
    archive = _archive(docx, package, [name for name, _ in parts], packing or Packing())
    stories = tuple(name for name, kind in package.kinds.items() if kind != "core")
    uses: list[Use] = [use for part in every for use in part.uses]
    return CompiledTemplate(
        sha256=hashlib.sha256(docx).hexdigest(),
        names=leaves(use.name for use in uses),
        optional_names=optional(uses),
        places=MappingProxyType(_places(every)),
        level=_level(parts, properties, level),
        _allowed=level,
        _archive=archive,
        _media=Media(archive, stories),
        _main=next(name for name, kind in package.kinds.items() if kind == "document"),
        _parts=tuple(parts),
        _core=core,
        _properties=properties,
    )


def _level(
    parts: Iterable[tuple[str, CompiledPart]], properties: Iterable[_Property], allowed: Level
) -> Level:
    every = [part for _, part in parts]
    if not all(part.stable for part in every):
        return Level.CAREFUL
    quick = all(part.fill is not None for part in [*every, *(item.part for item in properties)])
    return min(allowed, Level.STRAIGHT if quick else Level.SOUND)


def _archive(docx: bytes, package: Package, filled: list[str], packing: Packing) -> Archive:
    packed = packed_members(docx)
    cores = [name for name, kind in package.kinds.items() if kind == "core"]
    members = {name: packed[name] for name, _ in package.members}
    return archive_of(members, [*filled, *cores], packing)


_fastest = Level.STRAIGHT


def _places(parts: Iterable[CompiledPart]) -> dict[str, tuple[Place, ...]]:
    places: dict[str, dict[Place, None]] = {}
    for part in parts:
        for use in part.uses:
            places.setdefault(use.name, {})[part.source.place(use.line)] = None
    return {name: tuple(found) for name, found in places.items()}


def _compile_part(name: str, data: bytes) -> CompiledPart | None:
    root = parse_xml(data, name)
    if root.nsmap.get("w") != W.strip("{}"):
        raise TemplateError(
            "Mẫu không lưu ở dạng .docx thường; trong Word chọn Lưu thành «Word Document (*.docx)»",
            Place(name),
        )
    tags = read_tags(root, name)
    check_blocks(tag.place for tag in tags)
    open_frames(root)
    xml = etree.tostring(root, encoding="unicode")
    check_braces(xml, name)
    rewritten = word_to_jinja(xml) if "{" in xml else xml
    if not _TAG.search(rewritten):
        return None
    check_kept(root, xml, rewritten, name)
    attributes = attribute_tags(root, name) if _ATTRIBUTE_TAG.search(xml) else ()
    source = number_tags(rewritten, PlaceFinder(tags, name, attributes), name)
    return compile_source(source)


def _compile_core(name: str, data: bytes) -> Iterable[_Property]:
    for index, node in enumerate(parse_xml(data, name)):
        text = node.text or ""
        if not _TAG.search(text):
            continue
        place = Place(name, text=text)
        found = [TagPlace(tag, Place(name, text=text, tag=tag)) for tag in tags_in(text, place)]
        check_blocks(tag.place for tag in found)
        source = number_tags(text, PlaceFinder(found, name), name)
        yield _Property(index, compile_source(source, plain=True))


def _long_values(value: object) -> bool:
    """Whether any text of the data is so long that many of them could make a text that readers refuse."""
    if isinstance(value, str):
        return len(value) > _LONG_VALUE
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_long_values(item) for item in below)


def _finish(name: str, xml: bytes) -> bytes:
    root = parse_xml(xml, name)
    if mend(root):
        xml = etree.tostring(root, encoding="unicode").encode()
    return _DECLARATION + xml


_cache: OrderedDict[tuple[str, Packing], CompiledTemplate] = OrderedDict()
_cache_lock = threading.Lock()


def compiled(docx: bytes, *, packing: Packing | None = None) -> CompiledTemplate:
    """``compile_template`` with a memory: the last 64 templates of this process, by SHA-256."""
    key = hashlib.sha256(docx).hexdigest(), packing or Packing()
    with _cache_lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key]
    template = compile_template(docx, packing=packing)
    with _cache_lock:
        _cache[key] = template
        while len(_cache) > _CACHED:
            _cache.popitem(last=False)
    return template
