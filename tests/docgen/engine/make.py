"""Word templates made in code, and Word files read back, for the tests of the engine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import docx
from docx.document import Document

Build = Callable[[Document], object]


def to_bytes(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def template(*paragraphs: str, build: Build | None = None) -> bytes:
    """A .docx with these paragraphs; ``build`` may add tables, headers and properties."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if build is not None:
        build(document)
    return to_bytes(document)


def table(*rows: Sequence[str]) -> Build:
    """A builder of one table with these cell texts."""

    def build(document: Document) -> None:
        made = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    return build


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def paragraphs(data: bytes) -> list[str]:
    """Texts of the body's paragraphs."""
    return [paragraph.text for paragraph in opened(data).paragraphs]


def cells(data: bytes, number: int = 0) -> list[list[str]]:
    """Texts of a table, row by row."""
    return [[cell.text for cell in row.cells] for row in opened(data).tables[number].rows]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(data: bytes, **changes: bytes | None) -> bytes:
    """The package with members exchanged, added, or left out (None). ``__`` in a name stands for ``/``."""
    return with_members(data, {name.replace("__", "/"): value for name, value in changes.items()})


def with_members(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The package with members exchanged, added, or left out (None)."""
    found: dict[str, bytes | None] = {**members(data), **changes}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, value in found.items():
            if value is not None:
                archive.writestr(name, value)
    return out.getvalue()


_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_notes(data: bytes, kind: str, text: str) -> bytes:
    """Add a footnotes or endnotes part holding one note with this (XML) text."""
    one = _NOTES[kind]
    part = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{kind} xmlns:w="{_W}">'
        f'<w:{one} w:id="1"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{one}></w:{kind}>'
    )
    found = members(data)
    override = (
        f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.{kind}+xml"/></Types>'
    )
    types = found["[Content_Types].xml"].decode().replace("</Types>", override)
    relation = (
        f'<Relationship Id="rIdNotes{kind}" Target="{kind}.xml" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    rels = found["word/_rels/document.xml.rels"].decode().replace("</Relationships>", relation)
    return with_members(
        data,
        {
            "[Content_Types].xml": types.encode(),
            "word/_rels/document.xml.rels": rels.encode(),
            f"word/{kind}.xml": part.encode(),
        },
    )
