"""All missing names are told at once, with rows and places; what counts as missing."""

from __future__ import annotations

import pytest

from docgen.engine import MissingValues, compile_template
from tests.docgen.engine import make


def missed(context: dict[str, object], *paragraphs: str) -> tuple[str, ...]:
    with pytest.raises(MissingValues) as caught:
        compile_template(make.template(*paragraphs)).render(context)
    return caught.value.names


def test_all_at_once_over_all_parts() -> None:
    def build(document: make.Document) -> None:
        make.table(
            ["{%tr for dn in ds_doanh_nghiep %}", ""],
            ["{{ dn.ten }}", "{{ dn.ma_so_thue }}"],
            ["{%tr endfor %}", ""],
        )(document)
        document.sections[0].header.paragraphs[0].text = "{{ ten_co_quan }}"
        document.core_properties.title = "{{ trich_yeu }}"

    template = compile_template(make.template("{{ nguoi_ky }} {{ ten_co_quan }}", build=build))
    rows = [{"ten": "A", "ma_so_thue": "1"}, {"ten": None, "ma_so_thue": "2"}, {"ten": "C"}]
    with pytest.raises(MissingValues) as caught:
        template.render({"ds_doanh_nghiep": rows})
    error = caught.value
    assert set(error.names) == {
        "nguoi_ky",
        "ten_co_quan",
        "ds_doanh_nghiep[].ten",
        "ds_doanh_nghiep[].ma_so_thue",
        "trich_yeu",
    }
    assert error.code == "missing_values"
    assert error.facts["missing"] == list(error.names)
    assert error.rows["ds_doanh_nghiep[].ten"] == ("ds_doanh_nghiep[1].ten",)
    assert error.rows["ds_doanh_nghiep[].ma_so_thue"] == ("ds_doanh_nghiep[2].ma_so_thue",)
    assert [place.part for place in error.places["ten_co_quan"]] == [
        "word/document.xml",
        "word/header1.xml",
    ]
    assert "nguoi_ky (thân văn bản, đoạn 1: «{{ nguoi_ky }}»)" in error.message
    assert "bảng 1, hàng 2, ô 1" in error.message


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{ a }}", ("a",)),
        ("{{ a.b.c }}", ("a.b.c",)),
        ("{{ d.b }}", ("d.b",)),
        ("{{ d.e.f }}", ("d.e.f",)),
        ("{% if a %}{% endif %}", ("a",)),
        ("{% if not a %}{% endif %}", ("a",)),
        ("{% if a == 1 %}{% endif %}", ("a",)),
        ("{% if a > 1 %}{% endif %}", ("a",)),
        ("{% if 1 in a %}{% endif %}", ("a",)),
        ("{% if a.b %}{% endif %}", ("a.b",)),
        ("{% for x in a %}{{ x }}{% endfor %}", ("a",)),
        ("{% for x in none_ %}{{ x }}{% endfor %}", ("none_",)),
        ("{{ none_ }}", ("none_",)),
        ("{{ a + 1 }}", ("a",)),
        ("{{ 2 * a }}", ("a",)),
        ("{{ a|upper }}", ("a",)),
        ("{{ a|length }}", ("a",)),
        ("{{ a|join(',') }}", ("a",)),
        ("{{ 'x' ~ a }}", ("a",)),
        ("{{ a() }}", ("a",)),
        ("{{ a.b() }}", ("a.b",)),
        ("{{ a[0] }}", ("a[]",)),
        ("{{ a[:2] }}", ("a",)),
        ("{{ ds[5].x }}", ("ds[].x",)),
        ("{{ a|default(b) }}", ("b",)),
        ("{{ a|default(none_) }}", ("{{ a|default(none_) }}",)),
        ("{{ [] | first }}", ("{{ [] | first }}",)),
        ("{{ (rong|first).x }}", ("rong[].x",)),
        ("{% for x in ds %}{% if x.co %}{% endif %}{% endfor %}", ("ds[].co",)),
    ],
)
def test_any_use_of_what_is_not_there(text: str, names: tuple[str, ...]) -> None:
    data: dict[str, object] = {"d": {"e": None}, "none_": None, "ds": [{"x": 1}], "rong": []}
    assert missed(data, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "{{ a|default('-') }}",
        "{{ a.b|default('-') }}",
        "{{ none_|default('-') }}",
        "{{ empty|default('-', true) }}",
        "{% if a is defined %}{{ a }}{% else %}-{% endif %}",
        "{% if none_ %}{{ none_ }}{% else %}-{% endif %}",
        "{% if none_ is none %}-{% endif %}",
        "{{ empty }}-",
        "{% for x in a|default([]) %}{{ x.y }}{% endfor %}-",
        "{% if co or a %}-{% endif %}",
        "{{ 'x' if not co }}-",
        "{{ ('x' if not co)|default('-') }}",
        "{% for x in hai %}{{ x if not loop.nextitem }}{% endfor %}",
        "{% for x in hai %}{{ '-' if loop.previtem is undefined }}{% endfor %}",
    ],
)
def test_what_is_asked_for_or_defaulted_is_not_missing(text: str) -> None:
    data: dict[str, object] = {"none_": None, "empty": "", "co": True, "hai": ["", "-"]}
    assert make.paragraphs(compile_template(make.template(text)).render(data).docx) == ["-"]
