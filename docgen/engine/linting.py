"""``lint``: every fault of a template at once, each with its place and what to do. Pure.

The renderer stops at the first fault. Here a tolerant reader goes on; when it finds nothing the renderer
is asked as well, so that a template without faults is one that it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from docgen.engine.errors import Place, TemplateError, UnsafeTemplate
from docgen.engine.faults import ERROR, Fault
from docgen.engine.lint_expressions import check_expressions, read_program
from docgen.engine.lint_file import check_file
from docgen.engine.lint_names import Vocabulary, check_names, decomposed, unused
from docgen.engine.lint_pictures import check_pictures
from docgen.engine.lint_structure import check_alone, check_words, frame
from docgen.engine.package import Package, parse_xml, read_package
from docgen.engine.places import W
from docgen.engine.scan import Part, scan
from docgen.engine.template import CompiledTemplate, compile_template

MAX_FAULTS = 500
MAX_PART = 40 * 1024 * 1024  # bytes of one part; real ones stay far below one
_SHOWN = 200  # characters of a paragraph, tag or name
_SAID = 600  # characters of a message
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ORDER = ("document", "header", "footer", "footnotes", "endnotes", "core")


def _unwatched(_part: str) -> None:
    """Nobody follows the work."""


def lint(
    docx: bytes,
    *,
    vocabulary: Mapping[str, str] | None = None,
    on_part: Callable[[str], None] = _unwatched,
) -> tuple[Fault, ...]:
    """Every fault of a template, in the order of the document.

    ``vocabulary``: the names the kind gives, each with its kind of value (``danh sách``, ``nhóm``,
    ``có/không``, ``chữ có định dạng``, ``hình``, ``văn bản con``; anything else is text); without it
    names are not checked.
    ``on_part`` is told each part before it is checked. Raises ``TemplateError`` if the file cannot be read
    as a Word document at all.
    """
    try:
        package = read_package(docx)
    except UnsafeTemplate as error:
        return (Fault("FILE-06", error.message_vi, error.where or Place("")),)
    except (ValueError, OSError) as error:  # a zip directory that points outside the file
        message = "Tệp không phải .docx hoặc bị hỏng (không mở được gói zip)"
        raise TemplateError(message, detail=str(error)) from error
    known = None if vocabulary is None else Vocabulary(dict(vocabulary))
    faults: list[Fault] = []
    used: set[str] = set()
    complete = True
    for part in _parts(package, on_part):
        try:
            found, names, whole = _check_part(part, known)
        except (RecursionError, MemoryError) as error:
            message = "Phần này lồng quá sâu hoặc quá lớn, không kiểm tra được; tách nhỏ mẫu"
            raise TemplateError(message, Place(part.name)) from error
        faults += _once(part, found)
        used |= names
        complete = complete and whole
    if not any(fault.severity == ERROR for fault in faults):
        compiled = _compile(docx, faults)
        if compiled is not None and known is not None:
            faults += _unseen(compiled, used, known)
            used |= compiled.names
    if known is not None and complete:
        faults += unused(used, known, Place(_main(package)))
    return _finished(faults)


def _main(package: Package) -> str:
    return next(name for name, kind in package.kinds.items() if kind == "document")


def _parts(package: Package, on_part: Callable[[str], None]) -> Iterator[Part]:
    """The parts that hold tags, body first; every property is a part of its own."""
    data = dict(package.members)
    names = sorted(package.kinds, key=lambda name: (_ORDER.index(package.kinds[name]), name))
    for name in names:
        on_part(name)
        if len(data[name]) > MAX_PART:
            message = f"Phần này quá lớn ({len(data[name]) // 1048576} MB, tối đa {MAX_PART // 1048576} MB)"
            raise TemplateError(message, Place(name))
        root = parse_xml(data[name], name)
        if package.kinds[name] != "core":
            yield scan(name, package.kinds[name], root)
            continue
        for node in root:
            if "{" in (node.text or ""):
                yield scan(name, "core", _as_paragraph(node.text or ""))


def _as_paragraph(text: str) -> etree._Element:
    """A property's text in the form of a part, so that the same reader reads it."""
    root = etree.Element(W + "body")
    run = etree.SubElement(etree.SubElement(root, W + "p"), W + "r")
    etree.SubElement(run, W + "t").text = " ".join(text.splitlines())
    return root


def _check_part(part: Part, known: Vocabulary | None) -> tuple[list[Fault], frozenset[str], bool]:
    """Faults of a part, the names it uses, and whether all of it could be read."""
    frame_ = frame(part.tags)
    counted = [tag for _, tag in frame_.steps if tag is not None]
    program, unreadable = read_program(frame_, part.name)
    faults = [
        *part.faults,
        *check_words(counted),
        *check_alone(part.tags),
        *frame_.faults,
        *unreadable,
        *check_expressions(program),
        *check_file(part, None if known is None else known.kinds),
    ]
    if known is None:
        return [*faults, *decomposed(program)], frozenset(), program.tree is not None
    found, names = check_names(program, known)
    found += check_pictures(part, program, known)
    return [*faults, *found], names, program.tree is not None and not unreadable


def _once(part: Part, faults: Iterable[Fault]) -> list[Fault]:
    """Without what is told twice: Word keeps a text box a second time for old readers."""
    twins = {
        number
        for number, node in enumerate(part.root.iter(W + "p"), start=1)
        if next(node.iterancestors(_FALLBACK), None) is not None
    }
    every = list(dict.fromkeys(faults))
    told = {
        (fault.rule, fault.where.tag or fault.where.text, fault.name)
        for fault in every
        if fault.where.paragraph not in twins
    }
    return [
        fault
        for fault in every
        if fault.where.paragraph not in twins
        or (fault.rule, fault.where.tag or fault.where.text, fault.name) not in told
    ]


def _compile(docx: bytes, faults: list[Fault]) -> CompiledTemplate | None:
    """What the renderer makes of it; its refusal is a fault too."""
    try:
        return compile_template(docx)
    except TemplateError as error:
        place = error.where or Place("")
        faults.append(Fault("FILE-07", error.message_vi, place, error.name))
    except (RecursionError, MemoryError):
        message = "Mẫu lồng quá sâu hoặc quá lớn; tách nhỏ mẫu"
        faults.append(Fault("FILE-07", message, Place("")))
    return None


def _unseen(compiled: CompiledTemplate, used: set[str], known: Vocabulary) -> Iterator[Fault]:
    """Names that stand elsewhere than in a paragraph: in the alternative text of a picture, say."""
    for name in sorted(compiled.names - used):
        plain = name.removesuffix("[]")
        if plain not in known.kinds and not any(other.startswith(f"{name}.") for other in used):
            place = next(iter(compiled.places.get(name, ())), Place(""))
            message = f"Loại văn bản này không có tên «{name}»"
            yield Fault("NAME-01", message, place, name)


def _finished(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    shown = list(dict.fromkeys(_shortened(fault) for fault in faults))
    if len(shown) <= MAX_FAULTS:
        return tuple(_sorted(shown))
    errors_first = sorted(shown, key=lambda fault: fault.severity)[:MAX_FAULTS]
    message = f"Mẫu có {len(shown)} lỗi; chỉ nêu {MAX_FAULTS} lỗi đầu. Sửa rồi kiểm tra lại"
    return (*_sorted(errors_first), Fault("FILE-08", message, Place("")))


def _sorted(faults: Iterable[Fault]) -> list[Fault]:
    """In document order within each part; what has no paragraph comes last."""
    parts: dict[str, int] = {}
    for fault in faults:
        parts.setdefault(fault.where.part, len(parts))
    return sorted(
        faults,
        key=lambda fault: (
            fault.rule == "NAME-05",
            parts[fault.where.part],
            fault.where.paragraph or 0,
        ),
    )


def _shortened(fault: Fault) -> Fault:
    """Nothing of a fault grows with what a stranger typed."""
    message = fault.message
    if len(message) > _SAID:
        message = message[: _SAID - 1] + "…"
    related = None if fault.related is None else _cut(fault.related)
    name = None if fault.name is None else fault.name[:_SHOWN]
    return replace(fault, message=message, where=_cut(fault.where), related=related, name=name)


def _cut(place: Place) -> Place:
    """The place with the text around the tag only; a property has no paragraphs."""
    text, tag = place.text, place.tag
    if len(text) > _SHOWN:
        start = max(0, text.find(tag) - _SHOWN // 4) if tag else 0
        text = ("…" if start else "") + text[start : start + _SHOWN] + "…"
    if len(tag) > _SHOWN:
        tag = tag[:_SHOWN] + "…"
    number = None if place.part.endswith("core.xml") else place.paragraph
    return replace(place, text=text, tag=tag, paragraph=number)
