"""Faults as Word comments in a copy of the author's file; everything else of it stays as it is. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from core.wordcomments import Note, add_comments
from docgen.engine.errors import Place
from docgen.engine.faults import ERROR, Fault
from docgen.engine.package import read_package


def annotate(docx: bytes, faults: Iterable[Fault]) -> bytes:
    """A copy of the file with every fault as a comment at its place.

    Word allows no comments in headers, footers, notes and text boxes: those stand at the beginning of the
    body, or at the paragraph of the text box, and name their place. Only the body, the comments, its
    relations and the content types change. Raises ``TemplateError`` if the file cannot be read.
    """
    kinds = read_package(docx).kinds
    main = next(name for name, kind in kinds.items() if kind == "document")
    notes = [
        Note(place.paragraph or 1, tuple(lines), place.tag.removesuffix("…"))
        for place, lines in _grouped(main, faults)
    ]
    return add_comments(docx, notes, main=main)


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
