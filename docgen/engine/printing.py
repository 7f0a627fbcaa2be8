"""What a ``{{ }}`` puts into the XML, by the kind of place, and what a ``{% for %}`` goes through. Pure."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from typing import Any, cast

from jinja2.runtime import Undefined
from lxml import etree
from markupsafe import Markup, escape

from core.errors import Unreadable
from docgen.engine.effort import LETTERS, spend
from docgen.engine.errors import TemplateError, UnsafeTemplate
from docgen.engine.missing import Missing, recorder
from docgen.engine.pictures import DRAWN, VALUE_NAMES, VALUE_TYPES, Picture, QrCode, SubDocument
from docgen.engine.values import clean_text, printed

#: Where a value is printed.
TEXT, LEAF, RUN, BLOCK, ATTRIBUTE, PLAIN = "text", "leaf", "run", "block", "attribute", "plain"
#: The description of a drawing, and (with a relation id after it) what it shows.
DESCRIPTION, EMBED = "description", "embed "
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_KEEP = '<w:t xml:space="preserve">'
#: Around a drawing, where one may stand.
_AROUND = {
    TEXT: ("</w:t>", _KEEP),
    RUN: ("<w:r>", "</w:r>"),
    BLOCK: ("<w:p><w:r>", "</w:r></w:p>"),
}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def rich_types() -> tuple[type, ...]:
    """RichText and RichTextParagraph of docxtpl; none if nobody has imported it, for then no data holds any."""
    docxtpl = sys.modules.get("docxtpl")
    return () if docxtpl is None else (docxtpl.RichText, docxtpl.RichTextParagraph)


def text_of(value: object) -> str:
    """A value as clean text; a missing one or None is noted and gives nothing."""
    if isinstance(value, Undefined):
        return str(value)
    # a Markup was made by a macro of the template and is escaped
    text = value if isinstance(value, Markup) else printed(value)
    spend(1 + len(text) // LETTERS)
    return text


def print_here(value: object, kind: str, path: str | None, tag: str) -> Markup:
    """What a ``{{ }}`` puts into the XML at a place of the given kind."""
    if isinstance(value, Markup):
        spend(1 + len(value) // LETTERS)
        return value
    if kind.startswith(EMBED) and not isinstance(value, DRAWN):
        return Markup("")  # the author's own picture stays
    if value is None or isinstance(value, Undefined):
        _note(value, path or tag)
        return Markup("")
    try:
        if isinstance(value, (*VALUE_TYPES, *rich_types())):
            return _no_text(value, kind)
        return _text(printed(value), kind)
    except Unreadable as error:
        raise TemplateError(f"Không in được «{path or tag}»: {error}", name=path) from error
    except UnsafeTemplate:
        raise
    except TemplateError as error:
        if error.where is None and error.name is None:
            message = f"{error.message_vi} («{path or tag}»)"
            raise TemplateError(message, name=path) from error
        raise


def _text(text: str, kind: str) -> Markup:
    spend(1 + len(text) // LETTERS)
    if kind == PLAIN:
        return Markup(text)  # noqa: S704 (escaped, or checked XML)
    xml = str(escape(text))
    if kind == TEXT:
        return Markup(xml.replace("\n", BREAK).replace("\t", TAB))  # noqa: S704 (escaped, or checked XML)
    if kind in (RUN, BLOCK):
        body = xml.replace("\n", BREAK).replace("\t", TAB)
        run = f'<w:r><w:t xml:space="preserve">{body}</w:t></w:r>'
        return Markup(run if kind == RUN else f"<w:p>{run}</w:p>")  # noqa: S704 (escaped, or checked XML)
    return Markup(xml.replace("\n", " ").replace("\t", " "))  # noqa: S704 (escaped, or checked XML)


def _no_text(value: object, kind: str) -> Markup:
    if isinstance(value, DRAWN):
        return _drawn(value, kind)
    return _body(value, kind) if isinstance(value, SubDocument) else _rich(value, kind)


def _note(value: object, path: str) -> None:
    here = recorder()
    if isinstance(value, Missing):
        value.note(path)
    else:
        here.paths.append(path)


def _drawn(value: Picture | QrCode, kind: str) -> Markup:
    """A picture or code, in its run, as a run of its own, or in the frame of a picture of the author's.

    The text after it keeps the look of its run.
    """
    sheet = recorder().sheet
    if kind.startswith(EMBED):
        shown = kind.removeprefix(EMBED)
        return Markup(sheet.drawn().relate(sheet.part, value.image(), shown).removeprefix(shown))  # noqa: S704
    if kind == DESCRIPTION:
        return escape(clean_text(value.alt))
    if kind not in _AROUND:
        name = VALUE_NAMES[type(value)]
        raise TemplateError(f"Ở đây không đặt được {name}; viết thẻ giữa chữ thường của đoạn")
    before, after = _AROUND[kind]
    drawing = sheet.drawn().xml(sheet.part, value.image(), clean_text(value.alt))
    return Markup(f"{before}{drawing}{after}")  # noqa: S704 (made here, its text escaped)


def _body(value: SubDocument, kind: str) -> Markup:
    """The body of a sub-document, as docxtpl has joined it to the template."""
    sheet = recorder().sheet
    if kind != BLOCK:
        raise TemplateError("Văn bản con phải đặt trong thẻ {{p }}, một mình trong đoạn")
    if sheet.part != sheet.main:
        raise TemplateError("Văn bản con chỉ đặt được trong thân văn bản")
    return Markup(sheet.bodies[value])  # noqa: S704 (parsed XML)


def _rich(value: object, kind: str) -> Markup:
    words, _paragraph = rich_types()
    wanted = dict(zip((RUN, BLOCK), rich_types(), strict=True)).get(kind)
    if wanted is None or not isinstance(value, wanted):
        tag = "{{r }}" if isinstance(value, words) else "{{p }}"
        raise TemplateError(f"Chữ có định dạng phải đặt trong thẻ {tag}")
    xml = clean_text(str(cast("Any", value).xml))
    try:
        root = etree.fromstring(f'<x xmlns:w="{_W}" xmlns:r="{_R}">{xml}</x>')
    except etree.XMLSyntaxError as error:
        raise TemplateError("Chữ có định dạng bị hỏng", detail=str(error)) from error
    allowed = f"{{{_W}}}{'r' if kind == RUN else 'p'}"
    if any(child.tag != allowed for child in root):
        raise TemplateError("Chữ có định dạng chỉ được gồm các đoạn chữ, không liên kết")
    return Markup(xml.replace("\n", BREAK).replace("\t", TAB))  # noqa: S704 (escaped, or checked XML)


def loop_over(value: object, path: str | None, tag: str, cost: int = 1) -> object:
    """What a ``{% for %}`` goes through: a list; None or a missing name is noted, text is refused.

    ``cost``: steps that one entry takes.
    """
    if value is None or isinstance(value, Undefined):
        _note(value, path or tag)
        return ()
    if isinstance(value, (str, int, float, Decimal, dt.date, *VALUE_TYPES, *rich_types())):
        shown = path or tag
        raise TemplateError(
            f"Thẻ for cần một danh sách nhưng «{shown}» không phải danh sách", name=path
        )
    entries = value if isinstance(value, list) else list(value)  # type: ignore[call-overload]
    spend(len(entries) * cost)
    return entries
