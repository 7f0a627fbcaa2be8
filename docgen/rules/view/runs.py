"""The runs of a paragraph as printed: fields, breaks, links and tracked insertions seen through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from docgen.rules.view.model import Run
from docgen.rules.view.names import W, switched, value
from docgen.rules.view.styles import Style, StyleSheet

# What may wrap runs and is seen through; deletions (w:del, w:moveFrom) are not in the list.
_WRAPS = frozenset(
    W + name
    for name in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "bdo",
        "dir",
    )
)
_TEXT = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "sym": "□",
}


@dataclass
class Reader:
    """Reads the runs of one paragraph after another; ``codes`` are the field codes met in the last one."""

    sheet: StyleSheet
    table_style: str = ""
    codes: list[str] = field(default_factory=list)
    _depth: int = 0  # inside the code part of a field (between begin and separate)
    _hiding: list[bool] = field(default_factory=list)

    def read(self, paragraph: etree._Element, style: Style) -> tuple[Run, ...]:
        """The runs that print something."""
        self.codes.clear()
        self._hiding.clear()
        return tuple(
            run for run in self._inside(paragraph, style) if run.text and not run.look.hidden
        )

    def _inside(self, holder: etree._Element, style: Style) -> Iterator[Run]:
        for child in holder:
            if child.tag == W + "r":
                run = self._run(child, style)
                if run is not None:
                    yield run
            elif child.tag == W + "fldSimple":
                self.codes.append(child.get(W + "instr", ""))
                yield from self._inside(child, style)
            elif child.tag in _WRAPS:
                yield from self._inside(child, style)

    def _run(self, element: etree._Element, style: Style) -> Run | None:
        properties = element.find(W + "rPr")
        words = [text for child in element if (text := self._piece(child))]
        if not words:
            return None
        text = "".join(words)
        look = self.sheet.look(
            style, self.table_style, value(properties, "rStyle") or "", properties
        )
        return Run(text.upper() if look.caps else text, look, element)

    def _piece(self, child: etree._Element) -> str:
        tag = child.tag
        if tag == W + "fldChar":
            self._field(child.get(W + "fldCharType", ""))
            return ""
        if tag == W + "instrText":
            self.codes.append(child.text or "")
            return ""
        if any(self._hiding):
            return ""
        if tag == W + "t":
            return child.text or ""
        if tag == W + "br":
            return "" if child.get(W + "type") in {"page", "column"} else "\n"
        return _TEXT.get(str(tag), "")

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._hiding.append(True)
        elif kind == "separate" and self._hiding:
            self._hiding[-1] = False
        elif kind == "end" and self._hiding:
            self._hiding.pop()


def breaks_page(element: etree._Element) -> bool:
    """Whether a paragraph holds a page break."""
    return any(child.get(W + "type") == "page" for child in element.iter(W + "br"))


def is_on(element: etree._Element | None) -> bool:
    """A toggle element that may be absent."""
    return element is not None and switched(element)
