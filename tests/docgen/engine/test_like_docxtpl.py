"""The same template and data give the text, tables and properties that docxtpl gives (contract §6)."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docxtpl import DocxTemplate, RichText
from lxml import etree

from docgen.engine import compile_template
from tests.docgen.engine import make

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DATA: dict[str, object] = {
    "a": "A&B <X>",
    "nhieu_dong": "một\nhai\tba",
    "so": 3,
    "co": True,
    "khong": False,
    "ds": [{"ten": "Lò Văn Páo", "tuoi": 40}, {"ten": "H'Mông", "tuoi": 7}, {"ten": "", "tuoi": 0}],
    "cot": ["x", "y", "z", "t"],
    "mau": "FF0000",
}


def by_docxtpl(template: bytes, data: dict[str, object]) -> bytes:
    made = DocxTemplate(io.BytesIO(template))
    made.render(data, autoescape=True)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def look(data: bytes) -> dict[str, object]:
    document = make.opened(data)
    section = document.sections[0]
    properties = document.core_properties
    return {
        "paragraphs": [paragraph.text for paragraph in document.paragraphs],
        "tables": [
            [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
        ],
        "columns": [len(table.columns) for table in document.tables],
        "fills": [node.get(W + "fill") for node in document.element.iter(W + "shd")],
        "spans": [node.get(W + "val") for node in document.element.iter(W + "gridSpan")],
        "merges": [node.get(W + "val") for node in document.element.iter(W + "vMerge")],
        "header": [paragraph.text for paragraph in section.header.paragraphs],
        "footer": [paragraph.text for paragraph in section.footer.paragraphs],
        "title": properties.title,
        "subject": properties.subject,
        "language": properties.language,
    }


def header_and_properties(document: make.Document) -> None:
    document.sections[0].header.paragraphs[0].text = "Đầu {{ so }} {% if co %}có{% endif %}"
    document.sections[0].footer.paragraphs[0].text = "{{ nhieu_dong }}"
    document.core_properties.title = "{% for d in ds %}{{ d.tuoi }};{% endfor %}"
    document.core_properties.subject = "Số {{ so }}"


CASES: dict[str, tuple[list[str], Callable[[make.Document], object] | None]] = {
    "values": (
        ["{{ a }} và {{so}}", "[{{ nhieu_dong }}]", "{{ so + 1 }} {{ so * 2 }} {{ 'x' ~ so }}"],
        None,
    ),
    "quotes": (["{{ “x” ~ ‘y’ }} {% if so > 2 and so < 9 %}lớn{% endif %}"], None),
    "inline": (
        ["{% if co %}có{% else %}không{% endif %} {% for d in ds %}{{ d.ten }}, {% endfor %}"],
        None,
    ),
    "merge": (["trước {%- if co %}", "có", "{% endif -%}", "sau"], None),
    "comment": (["a {# ghi chú #} b", "{#p cả đoạn #}", "c"], None),
    "paragraphs": (["{%p for d in ds %}", "{{ loop.index }}. {{ d.ten }}", "{%p endfor %}"], None),
    "run": (["x {%r if co %}{{ a }}{%r endif %} y"], None),
    "set": (["{% set x = so + 1 %}{{ x }} {% set y %}chữ {{ a }}{% endset %}{{ y }}"], None),
    "macro": (["{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(a) }} {{ m('x') }}"], None),
    "namespace": (
        [
            "{% set n = namespace(t=0) %}{% for d in ds %}{% set n.t = n.t + d.tuoi %}{% endfor %}{{ n.t }}"
        ],
        None,
    ),
    "loop": (
        ["{% for d in ds %}{{ loop.cycle('a', 'b') }}{{ loop.last and 'cuối' or '' }}{% endfor %}"],
        None,
    ),
    "filters": (
        [
            "{{ ds|map(attribute='ten')|join(' - ') }} {{ ds|sum(attribute='tuoi') }} {{ ds|length }}",
            "{{ (ds|sort(attribute='tuoi')|first).ten }} {{ a|upper }} {{ 'ab'|replace('a', 'z') }}",
            "{{ ds|selectattr('tuoi', 'gt', 5)|map(attribute='ten')|join(',') }} {{ thieu|default('-') }}",
        ],
        None,
    ),
    "methods": (
        ["{{ a.upper() }} {{ 'a,b'.split(',')|join('+') }} {{ ds[0].ten }} {{ ds[-1]['tuoi'] }}"],
        None,
    ),
    "slices": (["{% for d in ds[:2] %}{{ d.ten }}{% endfor %} {{ a[0] }}"], None),
    "table": (
        [],
        make.table(
            ["{%tr for d in ds %}", ""], ["{{ d.ten }}", "{{ d.tuoi }}"], ["{%tr endfor %}", ""]
        ),
    ),
    "nested": (
        [],
        make.table(
            ["{%tr for d in ds %}", ""],
            ["{%tr if d.tuoi > 5 %}", ""],
            ["{{ d.ten }}", "{{ d.tuoi }}"],
            ["{%tr endif %}", ""],
            ["{%tr endfor %}", ""],
        ),
    ),
    "columns": ([], make.table(["{%tc for c in cot %}", "{{ c }}", "{%tc endfor %}"])),
    "fewer": ([], make.table(["a", "{%tc if khong %}", "b", "{%tc endif %}"])),
    "colspan": ([], make.table(["{% colspan so %}{{ a }}", "x"], ["1", "2"])),
    "cellbg": ([], make.table(["{% cellbg mau %}{{ a }}", "x"])),
    "vm": (
        [],
        make.table(
            ["{%tr for d in ds %}", ""], ["{% vm %}{{ a }}", "{{ d.ten }}"], ["{%tr endfor %}", ""]
        ),
    ),
    "hm": ([], make.table(["{%tc for c in cot %}", "{% hm %}{{ c }}", "{%tc endfor %}"])),
    "headers": (["thân"], header_and_properties),
    "braces": (["{_{ giữ }_} {_% giữ %_}"], None),
    "none": (["Không có thẻ nào."], make.table(["a", "b"])),
}


@pytest.mark.parametrize("case", CASES)
def test_as_docxtpl(case: str) -> None:
    paragraphs, build = CASES[case]
    template = make.template(*paragraphs, build=build)
    assert look(compile_template(template).render(DATA).docx) == look(by_docxtpl(template, DATA))


def test_differences_meant() -> None:
    """Properties escaped once, and an ampersand typed in a tag is an ampersand."""

    def build(document: make.Document) -> None:
        document.core_properties.title = "{{ a }}"

    template = make.template("{{ 'R&D' }}", build=build)
    ours, theirs = compile_template(template).render(DATA).docx, by_docxtpl(template, DATA)
    assert (make.paragraphs(ours), make.paragraphs(theirs)) == (["R&D"], ["R&amp;D"])
    assert make.opened(ours).core_properties.title == "A&B <X>"
    assert make.opened(theirs).core_properties.title == "A&amp;B &lt;X&gt;"


def test_rich_text_as_docxtpl() -> None:
    rich = RichText("một & hai", bold=True, color="FF0000")
    rich.add(" dòng\nmới", italic=True)
    template = make.template("Trước {{r v }} sau")
    ours = make.opened(compile_template(template).render({"v": rich}).docx).paragraphs[0]
    theirs = make.opened(by_docxtpl(template, {"v": rich})).paragraphs[0]
    assert ours.text == theirs.text
    assert [(run.text, run.bold) for run in ours.runs if run.text] == [
        (run.text, run.bold) for run in theirs.runs if run.text
    ]


def test_every_part_is_well_formed_and_nothing_is_lost() -> None:
    template = make.template("{{ a }}", build=header_and_properties)
    before, after = (
        make.members(template),
        make.members(compile_template(template).render(DATA).docx),
    )
    assert list(after)[1:] == [name for name in before if name != "[Content_Types].xml"]
    for name, data in after.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    assert docx.Document(io.BytesIO(compile_template(template).render(DATA).docx)).sections
