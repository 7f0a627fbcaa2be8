"""Sub-documents: joined to a template by docxtpl, which is imported only for them. Pure.

docxtpl brings styles, numbering, pictures and notes of the sub-document into the package of the template. What it
gives is a template again, its tags untouched, and the XML to put where the sub-document stands.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from docgen.engine.errors import TemplateError
from docgen.engine.package import parse_xml, read_package
from docgen.engine.pictures import SubDocument
from docgen.engine.places import W

_TAG = re.compile(r"\{\{|\{%|\{#")
_NOTES = frozenset({"footnotes", "endnotes"})
_TOLD = (KeyError, ValueError, TypeError, AttributeError, IndexError, etree.LxmlError)


@dataclass(frozen=True, slots=True)
class Joined:
    """A template with what the sub-documents need, and the XML of each of their bodies."""

    docx: bytes = field(repr=False)
    bodies: dict[SubDocument, str] = field(repr=False)


def sub_documents(value: object) -> list[SubDocument]:
    """The sub-documents of plain data, each once, in the order of the data."""
    found: dict[SubDocument, None] = {}
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if type(item) is SubDocument:
            found[item] = None
        elif isinstance(item, dict):
            waiting += reversed(item.values())
        elif isinstance(item, list):
            waiting += reversed(item)
    return list(found)


def join(template: bytes, documents: Iterable[SubDocument]) -> Joined:
    """The template and the sub-documents made one package; the same input gives the same bytes.

    Raises ``TemplateError`` for a sub-document that is no sound .docx, and ``UnsafeTemplate`` for what a template
    may not hold either.
    """
    docxtpl = importlib.import_module("docxtpl")
    host = docxtpl.DocxTemplate(io.BytesIO(template))
    host.init_docx()
    before = _list_ids(host)
    bodies: dict[SubDocument, str] = {}
    for document in documents:
        _check(document)
        try:
            inner = host.new_subdoc(io.BytesIO(document.docx))
        except _told() as error:
            message = "Văn bản con không ghép được vào mẫu; mở bằng Word, lưu lại rồi thử lại"
            raise TemplateError(message, detail=str(error)) from error
        bodies[document] = _body_xml(inner.subdocx.element.body)
    _settle_list_ids(host, before)
    out = io.BytesIO()
    host.docx.save(out)
    return Joined(out.getvalue(), bodies)


def _told() -> tuple[type[Exception], ...]:
    """What docxtpl raises for a package or a picture that it cannot take."""
    package = importlib.import_module("docx.opc.exceptions")
    picture = importlib.import_module("docx.image.exceptions")
    return (
        *_TOLD,
        package.OpcError,
        picture.InvalidImageStreamError,
        picture.UnexpectedEndOfFileError,
        picture.UnrecognizedImageError,
    )


def _check(document: SubDocument) -> None:
    if not isinstance(document.docx, bytes):
        raise TemplateError(
            f"Nội dung văn bản con phải là bytes, không phải {type(document.docx).__name__}"
        )
    package = read_package(document.docx)
    for name, data in package.members:
        if package.kinds.get(name) not in _NOTES:
            continue
        text = "".join(node.text or "" for node in parse_xml(data, name).iter(W + "t"))
        if _TAG.search(text):
            raise TemplateError("Văn bản con có thẻ trong cước chú; bỏ thẻ rồi thử lại")


def _body_xml(body: etree._Element) -> str:
    """All but the page set-up, each element with the namespaces it needs."""
    return "".join(
        etree.tostring(child, encoding="unicode", with_tail=False)
        for child in body
        if child.tag != W + "sectPr"
    )


def _list_ids(host: Any) -> list[etree._Element]:
    """The identities of the lists in the package, which Word tells lists apart by."""
    numbering = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
    return [
        node
        for part in host.docx.part.package.iter_parts()
        if part.content_type == numbering and hasattr(part, "element")
        for node in part.element.iter(W + "nsid")
    ]


def _settle_list_ids(host: Any, before: list[etree._Element]) -> None:
    """Those that were added got random numbers: made from their place instead."""
    for number, node in enumerate(node for node in _list_ids(host) if node not in before):
        node.set(W + "val", hashlib.sha256(f"{number}".encode()).hexdigest()[:8].upper())
