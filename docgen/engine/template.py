"""Compile a Word template once, fill it many times. Pure: bytes in, bytes out."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from jinja2 import TemplateRuntimeError
from jinja2.exceptions import SecurityError
from lxml import etree

from docgen.engine import language
from docgen.engine.errors import MissingValues, Place, TemplateError, UnsafeTemplate
from docgen.engine.layout import mend
from docgen.engine.names import Use, leaves, optional
from docgen.engine.package import Package, parse_xml, read_package, write_package
from docgen.engine.places import (
    PlaceFinder,
    TagPlace,
    W,
    check_braces,
    check_kept,
    read_tags,
    tags_in,
)
from docgen.engine.rewrite import (
    CompiledPart,
    check_blocks,
    compile_source,
    number_tags,
    without_place,
)
from docgen.engine.values import plain

_DC_TERMS = "{http://purl.org/dc/terms/}"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_TAG = re.compile(r"\{\{|\{%|\{#|\{_\{|\}_\}|\{_%|%_\}")
_MAX_ROWS_TOLD = 50
_CACHED = 64
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


@dataclass(frozen=True, slots=True, eq=False)
class CompiledTemplate:
    """A template ready to be filled. Immutable: one may serve all threads of a process.

    ``names``: every dotted name used, lists marked by ``[]`` (``ds_doanh_nghiep[].ma_so_thue``), the
    longest only. ``optional_names``: those the data may leave out. ``places``: where each name stands.
    """

    sha256: str
    names: frozenset[str]
    optional_names: frozenset[str]
    places: Mapping[str, tuple[Place, ...]] = field(repr=False)
    _package: Package = field(repr=False)
    _parts: tuple[tuple[str, CompiledPart], ...] = field(repr=False)
    _core: str | None = field(repr=False)
    _properties: tuple[_Property, ...] = field(repr=False)

    def render(
        self, context: Mapping[str, object], *, stamp: dt.datetime | None = None
    ) -> Rendered:
        """Fill the template: the same data and stamp give the same bytes.

        ``context``: plain data (see ``values``). ``stamp``: aware time written as created and modified;
        without it those of the template stay. Raises ``MissingValues`` with all names missed,
        ``TemplateError`` for a value that cannot be printed or an expression that cannot be computed.
        """
        if stamp is not None and stamp.tzinfo is None:
            raise ValueError("stamp must be an aware datetime")
        data = plain(context, rich=language.RICH)
        if not isinstance(data, dict):
            raise TemplateError("Dữ liệu của mẫu phải là một nhóm trường")
        recorder = language.Recorder()
        filled = {name: self._fill(part, data, recorder) for name, part in self._parts}
        properties = [
            (item.index, self._fill(item.part, data, recorder)) for item in self._properties
        ]
        self._refuse_missing(recorder, data)
        changed = {name: _finish(name, xml) for name, xml in filled.items()}
        if self._core is not None and (properties or stamp is not None):
            original = dict(self._package.members)[self._core]
            changed[self._core] = _core_xml(original, self._core, properties, stamp)
        docx = write_package(self._package.members, changed)
        return Rendered(docx, hashlib.sha256(docx).hexdigest())

    def _fill(
        self, part: CompiledPart, data: dict[str, object], recorder: language.Recorder
    ) -> str:
        template = part.template

        def work() -> str:
            return "".join(template.root_render_func(template.new_context(data)))

        try:
            return language.recording(recorder, work)
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

    def _refuse_missing(self, recorder: language.Recorder, data: dict[str, object]) -> None:
        if not recorder.paths and not recorder.lookups:
            return
        known = _paths_by_id(data)
        found = recorder.paths + [
            lookup.path(known) or path or lookup.said for lookup, path in recorder.lookups
        ]
        names = list(dict.fromkeys(re.sub(r"\[\d+\]", "[]", path) for path in found))
        names.sort(key=self._order)
        rows = {name: _missing_rows(data, name) for name in names if "[]" in name}
        raise MissingValues(
            names, rows=rows, places={name: self.places.get(name, ()) for name in names}
        )

    def _order(self, name: str) -> int:
        order = list(self.places)
        return order.index(name) if name in order else len(order)


def compile_template(docx: bytes) -> CompiledTemplate:
    """Compile a .docx template.

    Raises ``TemplateError`` (broken file or tag, with its place) and ``UnsafeTemplate`` (macros, DTD,
    outside content, expressions that reach into Python).
    """
    package = read_package(docx)
    parts: list[tuple[str, CompiledPart]] = []
    properties: tuple[_Property, ...] = ()
    core = next((name for name, kind in package.kinds.items() if kind == "core"), None)
    for name, data in package.members:
        kind = package.kinds.get(name)
        if kind == "core":
            properties = tuple(_compile_core(name, data))
        elif kind is not None:
            part = _compile_part(name, data)
            if part is not None:
                parts.append((name, part))
    every = [part for _, part in parts] + [item.part for item in properties]
    uses: list[Use] = [use for part in every for use in part.uses]
    return CompiledTemplate(
        sha256=hashlib.sha256(docx).hexdigest(),
        names=leaves(use.name for use in uses),
        optional_names=optional(uses),
        places=MappingProxyType(_places(every)),
        _package=package,
        _parts=tuple(parts),
        _core=core,
        _properties=properties,
    )


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
    xml = etree.tostring(root, encoding="unicode")
    check_braces(xml, name)
    rewritten = language.word_to_jinja(xml) if "{" in xml else xml
    if not _TAG.search(rewritten):
        return None
    check_kept(root, xml, rewritten, name)
    source = number_tags(rewritten, PlaceFinder(tags, name), name)
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


def _finish(name: str, xml: str) -> bytes:
    data = xml.encode("utf-8")
    root = parse_xml(data, name)
    if mend(root):
        data = etree.tostring(root, encoding="unicode").encode("utf-8")
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + data


def _core_xml(
    original: bytes, name: str, properties: Iterable[tuple[int, str]], stamp: dt.datetime | None
) -> bytes:
    root = parse_xml(original, name)
    for index, text in properties:
        root[index].text = text
    if stamp is not None:
        written = stamp.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for key in ("created", "modified"):
            node = root.find(_DC_TERMS + key)
            if node is None:
                node = etree.SubElement(
                    root, _DC_TERMS + key, nsmap={"dcterms": _DC_TERMS.strip("{}")}
                )
                node.set(_XSI_TYPE, "dcterms:W3CDTF")
            node.text = written
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _paths_by_id(data: dict[str, object]) -> dict[int, str]:
    """Where each mapping and list of the data is, to trace a failed look-up back to its path."""
    found: dict[int, str] = {id(data): ""}
    waiting: list[object] = [data]
    while waiting:
        holder = waiting.pop()
        base = found[id(holder)]
        pairs = (
            [(f"{base}.{key}".lstrip("."), item) for key, item in holder.items()]
            if isinstance(holder, dict)
            else [(f"{base}[{index}]", item) for index, item in enumerate(holder)]  # type: ignore[var-annotated, arg-type]
        )
        for path, item in pairs:
            if isinstance(item, dict | list):
                found[id(item)] = path
                waiting.append(item)
    return found


def _missing_rows(data: dict[str, object], name: str) -> list[str]:
    """The exact values a name with ``[]`` stands for that are absent or None, the first fifty."""
    found: list[str] = []
    _search(data, re.findall(r"\[\]|[^.\[\]]+", name), "", found)
    return found[:_MAX_ROWS_TOLD]


def _search(value: object, steps: list[str], path: str, found: list[str]) -> None:
    if value is None:
        found.append(path)
    elif not steps:
        return
    elif steps[0] == "[]" and isinstance(value, list):
        for index, item in enumerate(value):
            _search(item, steps[1:], f"{path}[{index}]", found)
    elif isinstance(value, dict):
        _search(value.get(steps[0]), steps[1:], f"{path}.{steps[0]}".lstrip("."), found)


_cache: OrderedDict[str, CompiledTemplate] = OrderedDict()
_cache_lock = threading.Lock()


def compiled(docx: bytes) -> CompiledTemplate:
    """``compile_template`` with a memory: the last 64 templates of this process, by SHA-256."""
    key = hashlib.sha256(docx).hexdigest()
    with _cache_lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key]
    template = compile_template(docx)
    with _cache_lock:
        _cache[key] = template
        while len(_cache) > _CACHED:
            _cache.popitem(last=False)
    return template
