"""Comments and exchanged parts in a copy of a Word file; all else keeps its bytes. Pure."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPES = "[Content_Types].xml"
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Note:
    """One comment: the paragraph of the main part it stands at (from 1, all ``w:p`` counted), and its lines."""

    paragraph: int
    lines: tuple[str, ...]


def exchanged(docx: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The package with some members exchanged and new ones added at the end."""
    out = io.BytesIO()
    left = dict(changed)
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            data = left.pop(info.filename, None)
            target.writestr(info, source.read(info) if data is None else data)
        for name, data in left.items():
            fresh = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            fresh.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fresh, data)
    return out.getvalue()


def to_xml(root: etree._Element) -> bytes:
    """A part as Word writes it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def add_comments(docx: bytes, notes: Sequence[Note], *, main: str, author: str) -> bytes:
    """A copy with the notes as Word comments; comments that were there stay.

    ``main``: member name of the document part. A paragraph in a text box cannot hold a comment: the
    paragraph that holds the box gets it. The file must have been opened before (no guards here).
    """
    if not notes:
        return docx
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    root = _parse(members[main])
    changed, comments, name = _comments_part(members, main)
    number = max((int(node.get(_W + "id", "0")) for node in comments), default=-1) + 1
    paragraphs = list(root.iter(_W + "p"))
    for number_at, note in enumerate(notes, number):
        paragraph = paragraphs[min(note.paragraph, len(paragraphs)) - 1]
        _mark(_outermost(paragraph), number_at)
        comments.append(_comment(number_at, note.lines, author))
    return exchanged(docx, {**changed, main: to_xml(root), name: to_xml(comments)})


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _outermost(paragraph: etree._Element) -> etree._Element:
    holders = list(paragraph.iterancestors(_W + "p"))
    return holders[-1] if holders else paragraph


def _mark(paragraph: etree._Element, number: int) -> None:
    start = etree.Element(_W + "commentRangeStart", {_W + "id": str(number)})
    end = etree.Element(_W + "commentRangeEnd", {_W + "id": str(number)})
    run = etree.Element(_W + "r")
    etree.SubElement(run, _W + "commentReference", {_W + "id": str(number)})
    properties = paragraph.find(_W + "pPr")
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.append(end)
    paragraph.append(run)


def _comment(number: int, lines: Sequence[str], author: str) -> etree._Element:
    comment = etree.Element(
        _W + "comment", {_W + "id": str(number), _W + "author": author, _W + "initials": "dg"}
    )
    for line in lines:
        run = etree.SubElement(etree.SubElement(comment, _W + "p"), _W + "r")
        text = etree.SubElement(run, _W + "t", {_SPACE: "preserve"})
        text.text = _UNWRITABLE.sub(" ", line)
    return comment


def _comments_part(
    members: Mapping[str, bytes], main: str
) -> tuple[dict[str, bytes], etree._Element, str]:
    """The comments of the file, or new ones with relation and content type: (changed, root, member name)."""
    folder, file = posixpath.split(main)
    relations_name = posixpath.join(folder, "_rels", f"{file}.rels")
    if relations_name in members:
        relations = _parse(members[relations_name])
    else:
        relations = etree.fromstring(f'<Relationships xmlns="{_REL.strip("{}")}"/>')
    for relation in relations.iter(_REL + "Relationship"):
        target = relation.get("Target", "")
        name = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        if relation.get("Type") == _RELATION and name in members:
            return {}, _parse(members[name]), name
    stems = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(1000))
    name = next(stem for stem in stems if stem not in members)
    used = {relation.get("Id") for relation in relations}
    key = next(f"rIdGhiChu{at}" for at in range(1, 10_000) if f"rIdGhiChu{at}" not in used)
    etree.SubElement(
        relations, _REL + "Relationship", {"Id": key, "Type": _RELATION, "Target": f"/{name}"}
    )
    types = _parse(members[_TYPES])
    etree.SubElement(types, _CT + "Override", {"PartName": f"/{name}", "ContentType": _TYPE})
    changed = {_TYPES: to_xml(types), relations_name: to_xml(relations)}
    return changed, etree.Element(_W + "comments", nsmap={"w": _W.strip("{}")}), name
