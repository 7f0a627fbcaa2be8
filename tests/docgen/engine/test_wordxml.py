"""The rewriting of Word's XML gives, letter for letter, what docxtpl's gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from docxtpl import DocxTemplate
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen.engine.wordxml import word_to_jinja
from tests.docgen.engine import make

LIBRARY = Path(__file__).parents[3] / "templates_docx"
MARKS = [
    *("<w:p>", '<w:p w:rsidR="1">', "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tab/>"),
    *(
        '<w:t xml:space="preserve">',
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
    ),
    *(
        "<w:tcPr>",
        "</w:tcPr>",
        '<w:gridSpan w:val="2"/>',
        '<w:shd w:fill="FF"/>',
        "<w:rPr><w:b/></w:rPr>",
    ),
]
TAGS = [
    *(
        "{{ a }}",
        "{{a",
        "}}",
        "{",
        "}",
        "%",
        "#",
        "{%",
        "%}",
        "{% if a %}",
        "{% endif %}",
        "{{r v }}",
    ),
    *(
        "{%r if a %}",
        "{%p if a %}",
        "{%tr for x in a %}",
        "{%tc endfor %}",
        "{%- if a %}",
        "{% x -%}",
    ),
    *("{%p if a -%}", "{{p a }}", "{#p ghi #}", "{# ghi", "#}", "{% vm %}", "{% hm %}", "{%vm%}"),
    *(
        "{% colspan a %}",
        "{% cellbg a  %}",
        "{%colspan 3%}",
        "“x”",
        "&lt;",
        "&#8216;",
        "chữ",
        " ",
        "\n",
    ),
]
CELL = st.tuples(
    st.sampled_from(["<w:tcPr/>", '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', "<w:tcPr></w:tcPr>"]),
    st.lists(st.sampled_from(TAGS), max_size=5).map("".join),
).map(lambda pair: f"<w:tc>{pair[0]}<w:p><w:r><w:t>{pair[1]}</w:t></w:r></w:p></w:tc>")
RUNS = st.lists(st.sampled_from(TAGS).map("<w:r><w:t>{}</w:t></w:r>".format), max_size=5).map(
    lambda runs: f"<w:p>{''.join(runs)}</w:p>"
)
ROW = st.lists(CELL, min_size=1, max_size=3).map(lambda cells: f"<w:tr>{''.join(cells)}</w:tr>")
SOUP = st.lists(st.sampled_from(MARKS + TAGS), max_size=30).map("".join)


def by_docxtpl(xml: str) -> str:
    return str(DocxTemplate("").patch_xml(xml))


@settings(max_examples=400, deadline=None)
@given(st.lists(RUNS | ROW, max_size=4).map("".join))
def test_paragraphs_and_rows(xml: str) -> None:
    assert word_to_jinja(xml) == by_docxtpl(xml)


@settings(max_examples=600, deadline=None)
@given(SOUP)
@example("{%%}“x”{% vm %}")
@example("{{a{%%}“x”{% vm %}")
@example("{{}}“x”\n“y” %}")
def test_any_soup_of_marks_and_tags(xml: str) -> None:
    assert word_to_jinja(xml) == by_docxtpl(xml)


@pytest.mark.parametrize("path", sorted(LIBRARY.rglob("*.docx")), ids=lambda path: path.stem)
def test_the_library(path: Path) -> None:
    for name, data in make.members(path.read_bytes()).items():
        if name.endswith(".xml"):
            xml = data.decode()
            assert word_to_jinja(xml) == by_docxtpl(xml)
