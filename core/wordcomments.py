"""Word comments in a copy of a Word file; all else of it stays as it is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from core.wordpackage import CONTENT_TYPES, exchanged, from_xml, read_members, to_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Beside whose name the comments stand.
AUTHOR = "docgen"


@dataclass(frozen=True, slots=True)
class Note:
    """One comment with its lines.

    ``paragraph``: the one of the document part it stands at (from 1, all ``w:p`` counted). ``text``: the words
    of the paragraph that are marked; empty, or if they are not there, the whole paragraph is.
    """

    paragraph: int
    lines: tuple[str, ...]
    text: str = ""


def add_comments(docx: bytes, notes: Sequence[Note], *, main: str) -> bytes:
    """A copy with the notes as Word comments; comments that were there stay.

    ``main``: member name of the document part. A paragraph in a text box cannot hold a comment: the
    paragraph that holds the box gets it. The file must have been opened before (no guards here).
    """
    if not notes:
        return docx
    members = read_members(docx)
    root = from_xml(members[main])
    changed, comments, name = _comments_part(members, main)
    number = max((int(node.get(_W + "id", "0")) for node in comments), default=-1) + 1
    paragraphs = list(root.iter(_W + "p"))
    if not paragraphs:
        paragraphs.append(etree.SubElement(root[0] if len(root) else root, _W + "p"))
    for number_at, note in enumerate(notes, number):
        paragraph = paragraphs[min(note.paragraph, len(paragraphs)) - 1]
        _mark(_outermost(paragraph), note.text, number_at)
        comments.append(_comment(number_at, note.lines))
    return exchanged(docx, {**changed, main: to_xml(root), name: to_xml(comments)})


def _outermost(paragraph: etree._Element) -> etree._Element:
    """The paragraph itself, or for one in a text box the paragraph that holds the box."""
    holders = list(paragraph.iterancestors(_W + "p"))
    return holders[-1] if holders else paragraph


def _mark(paragraph: etree._Element, text: str, number: int) -> None:
    """Put the range of a comment around the runs of a text, or around the whole paragraph."""
    first, last = _run_span(paragraph, text)
    start = etree.Element(_W + "commentRangeStart", {_W + "id": str(number)})
    end = etree.Element(_W + "commentRangeEnd", {_W + "id": str(number)})
    run = etree.Element(_W + "r")
    etree.SubElement(run, _W + "commentReference", {_W + "id": str(number)})
    if first is None or last is None:
        properties = paragraph.find(_W + "pPr")
        paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
        paragraph.append(end)
        paragraph.append(run)
        return
    first.addprevious(start)
    position = paragraph.index(last) + 1
    paragraph.insert(position, end)
    paragraph.insert(position + 1, run)


def _run_span(
    paragraph: etree._Element, text: str
) -> tuple[etree._Element | None, etree._Element | None]:
    """The children of the paragraph in which a text begins and ends; runs are cut at its ends."""
    begin = "".join(node.text or "" for node in _texts(paragraph)).find(text) if text else -1
    if begin < 0:
        return None, None
    _cut(paragraph, begin)
    _cut(paragraph, begin + len(text))
    first = last = None
    position = 0
    for node in _texts(paragraph):
        following = position + len(node.text or "")
        if first is None and begin < following:
            first = node
        if position < begin + len(text):
            last = node
        position = following
    if first is None or last is None:
        return None, None
    return _child(paragraph, first), _child(paragraph, last)


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    """The text nodes of a paragraph without those of text boxes in it, as both checkers read them."""
    return [
        node
        for node in paragraph.iter(_W + "t", _W + "instrText")
        if node.text and next(node.iterancestors(_W + "p")) is paragraph
    ]


def _cut(paragraph: etree._Element, offset: int) -> None:
    """Cut the run at this character of the paragraph in two, if it is a plain run of one text."""
    position = 0
    for node in _texts(paragraph):
        text = node.text or ""
        inner = offset - position
        position += len(text)
        if not 0 < inner < len(text):
            continue
        run = node.getparent()
        if run is None or node.tag != _W + "t":
            return
        if (
            any(child.tag not in (_W + "rPr", _W + "t") for child in run)
            or len(run.findall(_W + "t")) > 1
        ):
            return
        second = deepcopy(run)
        for holder, part in ((node, text[:inner]), (second.find(_W + "t"), text[inner:])):
            if holder is not None:
                holder.text = part
                holder.set(_SPACE, "preserve")
        run.addnext(second)
        return


def _child(paragraph: etree._Element, node: etree._Element) -> etree._Element:
    """The child of the paragraph that holds the node."""
    while (parent := node.getparent()) is not None and parent is not paragraph:
        node = parent
    return node


def _comment(number: int, lines: Sequence[str]) -> etree._Element:
    """One comment: a paragraph for each line."""
    comment = etree.Element(
        _W + "comment", {_W + "id": str(number), _W + "author": AUTHOR, _W + "initials": "dg"}
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
        relations = from_xml(members[relations_name])
    else:
        relations = etree.fromstring(f'<Relationships xmlns="{_REL.strip("{}")}"/>')
    for relation in relations.iter(_REL + "Relationship"):
        target = posixpath.join("/", folder, relation.get("Target", ""))
        name = posixpath.normpath(target).lstrip("/")
        if relation.get("Type") == _RELATION and name in members:
            return {}, from_xml(members[name]), name
    stems = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(1000))
    name = next(stem for stem in stems if stem not in members)
    used = {relation.get("Id") for relation in relations}
    key = next(f"rIdGhiChu{at}" for at in range(1, 10_000) if f"rIdGhiChu{at}" not in used)
    etree.SubElement(
        relations, _REL + "Relationship", {"Id": key, "Type": _RELATION, "Target": f"/{name}"}
    )
    types = from_xml(members[CONTENT_TYPES])
    etree.SubElement(types, _CT + "Override", {"PartName": f"/{name}", "ContentType": _TYPE})
    changed = {CONTENT_TYPES: to_xml(types), relations_name: to_xml(relations)}
    return changed, etree.Element(_W + "comments", nsmap={"w": _W.strip("{}")}), name
