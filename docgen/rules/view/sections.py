"""Sections of a file: page, margins, headers inherited from the section before."""

from __future__ import annotations

from lxml import etree

from docgen.rules.opening import Opened
from docgen.rules.view.model import Section
from docgen.rules.view.names import R, W, integer
from docgen.rules.view.runs import is_on

_LETTER = (12240, 15840)  # Word's page when a section names none
_MARGIN = 1440


def read_sections(opened: Opened) -> tuple[Section, ...]:
    """All sections in order; at least one."""
    found: list[Section] = []
    headers: dict[str, str] = {}
    footers: dict[str, str] = {}
    for element in opened.document.iter(W + "sectPr"):
        headers = headers | _references(element, "headerReference", opened)
        footers = footers | _references(element, "footerReference", opened)
        found.append(_section(element, headers, footers))
    return tuple(found) or (_section(None, {}, {}),)


def _references(element: etree._Element, name: str, opened: Opened) -> dict[str, str]:
    return {
        reference.get(W + "type", "default"): opened.links[key]
        for reference in element.findall(W + name)
        if (key := reference.get(R + "id", "")) in opened.links
    }


def _section(
    element: etree._Element | None, headers: dict[str, str], footers: dict[str, str]
) -> Section:
    size = None if element is None else element.find(W + "pgSz")
    margins = None if element is None else element.find(W + "pgMar")
    numbers = None if element is None else element.find(W + "pgNumType")

    def margin(side: str) -> int:
        got = integer(margins, side)
        return _MARGIN if got is None else abs(got)

    return Section(
        element=element,
        width=integer(size, "w") or _LETTER[0],
        height=integer(size, "h") or _LETTER[1],
        top=margin("top"),
        bottom=margin("bottom"),
        left=margin("left"),
        right=margin("right"),
        title_page=element is not None and is_on(element.find(W + "titlePg")),
        headers=headers,
        footers=footers,
        first_number=integer(numbers, "start"),
        number_form="decimal" if numbers is None else numbers.get(W + "fmt", "decimal"),
    )
