"""Faults as Word comments in a copy of the author's file; everything else of it stays as it is. Pure."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree

from docgen.engine.errors import Place
from docgen.engine.faults import ERROR, Fault
from docgen.engine.package import CONTENT_TYPES, parse_xml, read_package
from docgen.engine.places import W

AUTHOR = "docgen"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def annotate(docx: bytes, faults: Iterable[Fault]) -> bytes:
    """A copy of the file with every fault as a comment at its place.

    Word allows no comments in headers, footers, notes and text boxes: those stand at the beginning of the
    body, or at the paragraph of the text box, and name their place. Only the body, the comments, its
    relations and the content types change. Raises ``TemplateError`` if the file cannot be read.
    """
    package = read_package(docx)
    members = dict(package.members)
    main = next(name for name, kind in package.kinds.items() if kind == "document")
    groups = _grouped(main, faults)
    if not groups:
        return docx
    root = parse_xml(members[main], main)
    changed, comments, target = _comments_part(members, main)
    number = max((int(node.get(W + "id", "0")) for node in comments), default=-1) + 1
    paragraphs = list(root.iter(W + "p"))
    if not paragraphs:
        paragraphs.append(etree.SubElement(root[0] if len(root) else root, W + "p"))
    for place, lines in groups:
        index = (place.paragraph or 1) - 1
        paragraph = _outermost(paragraphs[min(index, len(paragraphs) - 1)])
        _mark(paragraph, place, number)
        comments.append(_comment(number, lines))
        number += 1
    changed[main] = _xml(root)
    changed[target] = _xml(comments)
    return _rewritten(docx, changed)


def _grouped(main: str, faults: Iterable[Fault]) -> list[tuple[Place, list[str]]]:
    """One comment for each place; all fields that are not used are one comment."""
    groups: dict[Place, list[str]] = {}
    idle: list[str] = []
    for fault in faults:
        if fault.rule == "NAME-05":
            idle.append(f"«{fault.name}»")
            continue
        place = fault.where
        sign = "Lỗi" if fault.severity == ERROR else "Lưu ý"
        line = f"{sign} {fault.rule}: {fault.message}{'' if fault.message.endswith('?') else '.'}"
        if place.part != main or place.paragraph is None:
            line = f"{line} Chỗ: {place}." if place.part else line
            place = Place(main)
        groups.setdefault(place, []).append(line)
    if idle:
        line = f"Lưu ý NAME-05: mẫu không dùng các trường {', '.join(idle)}; bỏ qua nếu đúng ý."
        groups.setdefault(Place(main), []).append(line)
    return list(groups.items())


def _outermost(paragraph: etree._Element) -> etree._Element:
    """The paragraph itself, or for one in a text box the paragraph that holds the box."""
    holders = list(paragraph.iterancestors(W + "p"))
    return holders[-1] if holders else paragraph


def _mark(paragraph: etree._Element, place: Place, number: int) -> None:
    """Put the range of a comment around the runs of a tag, or around the whole paragraph."""
    first, last = _run_span(paragraph, place.tag.removesuffix("…"))
    start = etree.Element(W + "commentRangeStart", {W + "id": str(number)})
    end = etree.Element(W + "commentRangeEnd", {W + "id": str(number)})
    run = etree.Element(W + "r")
    etree.SubElement(run, W + "commentReference", {W + "id": str(number)})
    if first is None or last is None:
        properties = paragraph.find(W + "pPr")
        position = 0 if properties is None else paragraph.index(properties) + 1
        paragraph.insert(position, start)
        paragraph.append(end)
        paragraph.append(run)
        return
    first.addprevious(start)
    tail = last.getparent()
    if tail is None:
        return
    position = tail.index(last) + 1
    tail.insert(position, end)
    tail.insert(position + 1, run)


def _run_span(
    paragraph: etree._Element, tag: str
) -> tuple[etree._Element | None, etree._Element | None]:
    """The children of the paragraph in which a tag begins and ends; runs are cut at its ends."""
    begin = "".join(node.text or "" for node in _texts(paragraph)).find(tag) if tag else -1
    if begin < 0:
        return None, None
    _cut(paragraph, begin)
    _cut(paragraph, begin + len(tag))
    first = last = None
    position = 0
    for node in _texts(paragraph):
        following = position + len(node.text or "")
        if first is None and begin < following:
            first = node
        if position < begin + len(tag):
            last = node
        position = following
    if first is None or last is None:
        return None, None
    return _child(paragraph, first), _child(paragraph, last)


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    """The text nodes of a paragraph without those of text boxes in it, as the checker reads them."""
    return [
        node
        for node in paragraph.iter(W + "t", W + "instrText")
        if node.text and next(node.iterancestors(W + "p")) is paragraph
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
        if run is None or node.tag != W + "t":
            return
        if (
            any(child.tag not in (W + "rPr", W + "t") for child in run)
            or len(run.findall(W + "t")) > 1
        ):
            return
        second = deepcopy(run)
        for holder, part in ((node, text[:inner]), (second.find(W + "t"), text[inner:])):
            if holder is not None:
                holder.text = part
                holder.set(_XML_SPACE, "preserve")
        run.addnext(second)
        return


def _child(paragraph: etree._Element, node: etree._Element) -> etree._Element:
    while (parent := node.getparent()) is not None and parent is not paragraph:
        node = parent
    return node


def _comment(number: int, lines: Sequence[str]) -> etree._Element:
    """One comment: a paragraph for each line."""
    comment = etree.Element(
        W + "comment",
        {W + "id": str(number), W + "author": AUTHOR, W + "initials": "dg"},
    )
    for line in lines:
        run = etree.SubElement(etree.SubElement(comment, W + "p"), W + "r")
        text = etree.SubElement(run, W + "t", {_XML_SPACE: "preserve"})
        text.text = _writable(line)
    return comment


def _writable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _comments_part(
    members: dict[str, bytes], main: str
) -> tuple[dict[str, bytes], etree._Element, str]:
    """The comments of the file, or new ones with their relation and content type: (changed, root, name)."""
    folder, file = posixpath.split(main)
    relations_name = posixpath.join(folder, "_rels", f"{file}.rels")
    relations = (
        parse_xml(members[relations_name], relations_name)
        if relations_name in members
        else etree.fromstring(f'<Relationships xmlns="{_REL.strip("{}")}"/>')
    )
    for relation in relations.iter(_REL + "Relationship"):
        if relation.get("Type") == _COMMENTS_RELATION:
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            name = target.lstrip("/")
            if name in members:
                return {}, parse_xml(members[name], name), name
    name = _free(members, posixpath.join(folder, "comments"), ".xml")
    used = {relation.get("Id") for relation in relations}
    identity = next(f"rIdDocgen{n}" for n in range(1, 10_000) if f"rIdDocgen{n}" not in used)
    etree.SubElement(
        relations,
        _REL + "Relationship",
        {"Id": identity, "Type": _COMMENTS_RELATION, "Target": f"/{name}"},
    )
    types = parse_xml(members[CONTENT_TYPES], CONTENT_TYPES)
    etree.SubElement(
        types, _CT + "Override", {"PartName": f"/{name}", "ContentType": _COMMENTS_TYPE}
    )
    changed = {CONTENT_TYPES: _xml(types), relations_name: _xml(relations)}
    return changed, etree.Element(W + "comments", nsmap={"w": W.strip("{}")}), name


def _free(members: dict[str, bytes], stem: str, suffix: str) -> str:
    name, number = stem + suffix, 0
    while name in members:
        number += 1
        name = f"{stem}{number}{suffix}"
    return name


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rewritten(docx: bytes, changed: dict[str, bytes]) -> bytes:
    """The package with some members exchanged and new ones at the end; the others keep their bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        left = dict(changed)
        for info in source.infolist():
            data = left.pop(info.filename, None)
            target.writestr(info, source.read(info) if data is None else data)
        for name, data in left.items():
            fresh = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            fresh.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fresh, data)
    return out.getvalue()
