"""The style sheet of a file: chains of styles worked out once, runs and paragraphs resolved against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from docgen.rules.view.looks import (
    Layout,
    Look,
    Props,
    make_look,
    merge_paragraph,
    paragraph_props,
    run_props,
)
from docgen.rules.view.names import W, value

_DEEPEST = 30  # a chain of styles longer than this is a loop
_XOR = ("bold", "italic", "caps")


@dataclass(frozen=True, slots=True)
class Style:
    """One style with its ancestors merged in."""

    id: str
    name: str
    run: Props
    paragraph: Props


@dataclass
class StyleSheet:
    """Styles by id, the defaults, and a cache of looks already worked out."""

    styles: Mapping[str, Style]
    default_run: Props
    default_paragraph: Props
    default_style: str
    fonts: Mapping[str, str]
    _looks: dict[tuple[object, ...], Look] = field(default_factory=dict)
    _bases: dict[tuple[str, str, str], Props] = field(default_factory=dict)

    def style(self, key: str | None) -> Style:
        """A style by id; an unknown or absent id is the default paragraph style."""
        return self.styles.get(key or self.default_style) or self.styles.get(
            self.default_style, Style("", "", {}, {})
        )

    def paragraph(self, style: Style, table_style: str, numbering: Props, direct: Props) -> Props:
        """Merged paragraph properties (see `make_layout`)."""
        props = self.default_paragraph
        if table_style in self.styles:
            props = merge_paragraph(props, self.styles[table_style].paragraph)
        props = merge_paragraph(props, style.paragraph)
        props = merge_paragraph(props, numbering)
        return merge_paragraph(props, direct)

    def look(
        self, style: Style, table_style: str, char_style: str, direct: etree._Element | None
    ) -> Look:
        """Effective look of a run."""
        key = (style.id, table_style, char_style)
        base = self._bases.get(key)
        if base is None:
            base = self._bases[key] = self._base(style, table_style, char_style)
        own = run_props(direct, self.fonts)
        cache_key = (key, tuple(sorted(own.items())))
        look = self._looks.get(cache_key)
        if look is None:
            look = self._looks[cache_key] = make_look({**base, **own})
        return look

    def _base(self, style: Style, table_style: str, char_style: str) -> Props:
        props = dict(self.default_run)
        if table_style in self.styles:
            props |= self.styles[table_style].run
        props |= style.run
        character = self.styles.get(char_style)
        if character is not None:
            toggled = {  # ECMA-376 17.7.3: twice on is off
                key: props.get(key, False) != character.run[key]
                for key in _XOR
                if character.run.get(key)
            }
            props |= character.run | toggled
        return props


def read_styles(root: etree._Element | None, fonts: Mapping[str, str]) -> StyleSheet:
    """The style sheet of ``styles.xml`` (None: a file without one)."""
    if root is None:
        return StyleSheet({}, {}, {}, "", fonts)
    elements = {
        key: element for element in root.findall(W + "style") if (key := element.get(W + "styleId"))
    }
    default = next(
        (
            key
            for key, element in elements.items()
            if element.get(W + "type") == "paragraph"
            and element.get(W + "default") in {"1", "true"}
        ),
        "Normal",
    )
    styles = {key: _chain(key, elements, fonts) for key in elements}
    defaults = root.find(W + "docDefaults")
    run = None if defaults is None else defaults.find(f"{W}rPrDefault/{W}rPr")
    paragraph = None if defaults is None else defaults.find(f"{W}pPrDefault/{W}pPr")
    return StyleSheet(styles, run_props(run, fonts), paragraph_props(paragraph), default, fonts)


def _chain(key: str, elements: Mapping[str, etree._Element], fonts: Mapping[str, str]) -> Style:
    chain: list[etree._Element] = []
    at: str | None = key
    while at is not None and at in elements and len(chain) < _DEEPEST:
        chain.append(elements[at])
        at = value(elements[at], "basedOn")
    run: Props = {}
    paragraph: Props = {}
    for element in reversed(chain):
        run |= run_props(element.find(W + "rPr"), fonts)
        paragraph = merge_paragraph(paragraph, paragraph_props(element.find(W + "pPr")))
    return Style(key, value(elements[key], "name") or key, run, paragraph)


__all__ = ["Layout", "Look", "Style", "StyleSheet", "read_styles"]
