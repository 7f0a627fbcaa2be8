"""The core properties of a Word file: read once, filled with texts and the stamp by joining bytes. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from docgen.engine.package import parse_xml

_DC_TERMS = "{http://purl.org/dc/terms/}"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_STAMP = -1

Pieces = tuple[bytes | int, ...]


@dataclass(frozen=True, slots=True)
class Core:
    """The part with slots: ready bytes, and the numbers of the properties that go between them."""

    name: str
    _bare: Pieces
    _stamped: Pieces

    def fill(self, texts: Mapping[int, bytes], stamp: dt.datetime | None) -> bytes:
        """The part with these texts (UTF-8, not escaped) and the stamp as created and modified."""
        slots = {index: _escaped(text) for index, text in texts.items()}
        if stamp is not None:
            written = stamp.astimezone(dt.UTC)
            slots[_STAMP] = f"{written:%Y-%m-%dT%H:%M:%SZ}".encode()
        pieces = self._bare if stamp is None else self._stamped
        return b"".join([slots[piece] if type(piece) is int else piece for piece in pieces])  # type: ignore[misc]


def _escaped(text: bytes) -> bytes:
    text = text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return text.replace(b"\r", b"&#13;")


def read_core(data: bytes, name: str, filled: Iterable[int]) -> Core:
    """The core properties with a slot for each property number in ``filled``."""
    numbers = tuple(filled)
    return Core(name, _pieces(data, name, numbers), _pieces(data, name, (*numbers, _STAMP)))


def _pieces(data: bytes, name: str, numbers: tuple[int, ...]) -> Pieces:
    word = b"slot"
    while word in data:
        word += b"-slot"
    root = parse_xml(data, name)
    for number in numbers:
        nodes = _stamp_nodes(root) if number == _STAMP else [root[number]]
        for node in nodes:
            node.text = f"{word.decode()}({number})"
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    found = re.split(rb"%b\((-?\d+)\)" % word, xml)
    return tuple(int(piece) if index % 2 else piece for index, piece in enumerate(found))


def _stamp_nodes(root: etree._Element) -> list[etree._Element]:
    nodes: list[etree._Element] = []
    for key in ("created", "modified"):
        node = root.find(_DC_TERMS + key)
        if node is None:
            nsmap = {"dcterms": _DC_TERMS.strip("{}")}
            node = etree.SubElement(root, _DC_TERMS + key, nsmap=nsmap)
            node.set(_XSI_TYPE, "dcterms:W3CDTF")
        nodes.append(node)
    return nodes
