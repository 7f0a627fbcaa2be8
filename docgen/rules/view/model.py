"""The words of the view: runs, paragraphs, cells, drawn rules, sections. Lengths in twips unless said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from docgen.rules.view.looks import Layout, Look


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one look. ``text`` is what is printed (capitals of ``w:caps`` applied); tab and ``\\n`` stay.

    ``element`` is the ``w:r``; None for an automatic number.
    """

    text: str
    look: Look
    element: etree._Element | None

    @property
    def is_note(self) -> bool:
        """A raised note number (``TÊN CƠ QUAN²``); raised underscores of a typed rule are none."""
        return self.look.superscript and any(char.isalnum() for char in self.text)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line drawn at a paragraph: ``length`` in points; ``how``: border, cell, shape or underline."""

    length: float
    how: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a paragraph stands in a table; ``table`` numbers the outermost tables of the part from 1.

    ``bordered``: the table draws lines between its cells, so it is a list and no layout aid.
    """

    table: int
    row: int
    column: int
    columns: int
    width: int
    bordered: bool


@dataclass(slots=True)
class Para:
    """A paragraph as printed. ``number`` counts the ``w:p`` of the part from 1, text boxes included."""

    element: etree._Element
    part: str
    number: int
    runs: tuple[Run, ...]
    layout: Layout
    style: str
    room: int
    cell: Cell | None = None
    section: int = 0
    drawn: list[Drawn] = field(default_factory=list)
    fields: str = ""
    label: str = ""
    in_box: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        self.text = "".join(run.text for run in self.runs if not run.is_note)

    @property
    def blank(self) -> bool:
        """Whether it prints nothing but white."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Section:
    """A section: page, margins, header parts in use (``default``, ``first``, ``even``) by member name."""

    element: etree._Element | None
    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    title_page: bool
    headers: Mapping[str, str]
    footers: Mapping[str, str]
    first_number: int | None
    number_form: str

    @property
    def landscape(self) -> bool:
        """Whether the page lies across."""
        return self.width > self.height

    @property
    def room(self) -> int:
        """Width of the text."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class View:
    """A whole file: paragraphs of the body in reading order, of headers and footers by member name."""

    main: str
    paras: tuple[Para, ...]
    boxes: tuple[Para, ...]
    parts: Mapping[str, tuple[Para, ...]]
    sections: tuple[Section, ...]
    even_pages: bool
    default_tab: int
