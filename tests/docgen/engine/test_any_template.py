"""Whatever an author types, the answer is a document or an error that can be shown: never a trace."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from core.errors import UserError
from docgen.engine import UnsafeTemplate, compile_template
from tests.docgen.engine import make

PIECES = [
    *("{{ a }}", "{{ d.x }}", "{% if a %}", "{% else %}", "{% endif %}", "{% for x in ds %}"),
    *(
        "{{ x }}",
        "{% endfor %}",
        "{%p if a %}",
        "{%p endif %}",
        "{{r a }}",
        "{{p a }}",
        "{%r if a %}",
    ),
    *("{{", "}}", "{%", "%}", "{#", "#}", "{_{", "-%}", "{%- if a %}", "{% raw %}", "{% endraw %}"),
    *("{% set y = a %}", "{% set y %}", "{% endset %}", "{{ y }}", "{{ a|upper }}", "{{ a|x }}"),
    *(
        "{{ loop.index }}",
        "{{ a[0] }}",
        "{{ ds[1].z }}",
        "{{ (a, ds) }}",
        "{{ a ~ ds }}",
        "{{ d.items() }}",
    ),
    *(
        "{% macro m(q) %}",
        "{% endmacro %}",
        "{{ m(a) }}",
        "{{ m }}",
        "{{ 1e999 }}",
        "{{ 'x' * 3 }}",
    ),
    *(
        "{% vm %}",
        "{% hm %}",
        "{% colspan a %}",
        "{% cellbg a %}",
        "{%tr for x in ds %}",
        "{%tc if a %}",
    ),
    *(
        "chữ",
        " ",
        "<",
        "&",
        "“",
        "\t",
        "{{ a }",
        "{ a }}",
        "%",
        "#",
        "{",
        "}",
        "{{ caller() }}",
        "{{ self }}",
    ),
    *("{% call m(a) %}", "{% endcall %}", "{% filter upper %}", "{% endfilter %}", "{{ ds|sum }}"),
    *(
        "{{ varargs }}",
        "{{ range(3)|list|join }}",
        "{{ ds|sort|join }}",
        "{% with q=a %}",
        "{% endwith %}",
    ),
]
LINE = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
DATA: dict[str, object] = {"a": "A&B <X>\n1", "d": {"x": 1}, "ds": ["m", "n"]}


@settings(max_examples=80, deadline=None)
@given(st.lists(LINE, max_size=4), st.lists(LINE, min_size=2, max_size=2))
def test_a_document_or_an_error_to_show(lines: list[str], cells: list[str]) -> None:
    data = make.template(*lines, build=make.table(cells, ["a", "b"]))
    try:
        result = compile_template(data).render(DATA).docx
    except UserError:
        return
    for part in make.members(result).values():
        if part.startswith(b"<?xml"):
            etree.fromstring(part)
    assert make.opened(result).sections


@pytest.mark.parametrize(
    "text",
    [
        "{% for x in a %}" * 30 + "{% endfor %}" * 30,
        "{{ " + "9" * 5000 + " }}",
        "{{ " + "(" * 3000 + "a" + ")" * 3000 + " }}",
    ],
)
def test_past_the_limits_of_the_compiler(text: str) -> None:
    with pytest.raises(UnsafeTemplate, match="Mẫu lồng quá sâu"):
        compile_template(make.template(text))
