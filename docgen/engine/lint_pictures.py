"""Checks of tags that print a picture, a QR code or a sub-document: the right tag, at a place that shows it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes
from lxml import etree

from docgen.engine.faults import Fault
from docgen.engine.lint_expressions import Program
from docgen.engine.lint_names import Vocabulary
from docgen.engine.names import collect
from docgen.engine.places import W
from docgen.engine.scan import Part, Tag

#: Kinds of names in a vocabulary.
PICTURE, SUB_DOCUMENT = "hình", "văn bản con"
_KINDS = (PICTURE, SUB_DOCUMENT)
_KEEP = frozenset({"default", "d"})  # filters that leave a value what it is


def check_pictures(part: Part, program: Program, vocabulary: Vocabulary) -> Iterator[Fault]:
    """PIC-01: a tag that cannot show its value. PIC-02: a picture that Word will cut off."""
    known = {name for name, kind in vocabulary.kinds.items() if kind in _KINDS}
    if program.tree is None or not known:
        return
    names = collect(program.tree)
    paths = {(use.line, use.name) for use in names.uses if use.name in known}
    for output in program.tree.find_all(nodes.Output):
        for child in output.nodes:
            if isinstance(child, nodes.TemplateData):
                continue
            tag = program.tag(child.lineno)
            used = sorted(name for line, name in paths if line == child.lineno)
            if tag is None or not used:
                continue
            name, kind = used[0], vocabulary.kinds[used[0]]
            if _is_changed(child):
                yield _wrong(
                    tag, name, f"«{name}» là {kind}, không dùng được như chữ; chỉ viết tên"
                )
            elif kind == PICTURE:
                yield from _picture(part, tag, name)
            else:
                yield from _sub_document(part, tag, name)


def _is_changed(node: nodes.Node) -> bool:
    """Whether more is printed than the value itself."""
    if isinstance(node, nodes.Filter):
        return node.name not in _KEEP
    return not isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem | nodes.CondExpr)


def _wrong(tag: Tag, name: str, message: str) -> Fault:
    return Fault("PIC-01", message, tag.place, name)


def _picture(part: Part, tag: Tag, name: str) -> Iterator[Fault]:
    if part.kind == "core":
        yield _wrong(tag, name, f"«{name}» là hình, không đặt được ở thuộc tính tệp; bỏ thẻ này")
    elif tag.paragraph is not None and (why := _cut_off(tag.paragraph)):
        yield Fault("PIC-02", f"Hình «{name}» sẽ bị cắt: {why}", tag.place, name)


def _sub_document(part: Part, tag: Tag, name: str) -> Iterator[Fault]:
    if part.kind != "document":
        message = f"«{name}» là văn bản con, chỉ đặt được trong thân văn bản; chuyển thẻ vào thân"
        yield _wrong(tag, name, message)
    elif tag.prefix != "p":
        message = f"«{name}» là văn bản con; viết {{{{p {name} }}}}, một mình trong đoạn"
        yield _wrong(tag, name, message)


def _cut_off(paragraph: etree._Element) -> str:
    """What keeps the line too low for a picture, and what to do."""
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    if spacing is not None and spacing.get(W + "lineRule") == "exact":
        return "đoạn giãn dòng «Chính xác»; chọn «Đơn» hoặc «Ít nhất»"
    row = next(paragraph.iterancestors(W + "tr"), None)
    height = None if row is None else row.find(f"{W}trPr/{W}trHeight")
    if height is not None and height.get(W + "hRule") == "exact":
        return "hàng bảng cao «Chính xác»; chọn «Ít nhất»"
    return ""
