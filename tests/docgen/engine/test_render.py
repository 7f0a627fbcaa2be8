"""Filling templates: body, tables, headers, notes, properties; what a value may be."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from decimal import Decimal

import pytest
from lxml import etree

from docgen.engine import MissingValues, RichText, TemplateError, compile_template, compiled
from tests.docgen.engine import make

HARD = "Công ty TNHH A&B <X>"
STAMP = dt.datetime(2024, 5, 2, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def filled(context: dict[str, object], *paragraphs: str) -> list[str]:
    return make.paragraphs(compile_template(make.template(*paragraphs)).render(context).docx)


def test_a_hard_name_comes_out_letter_for_letter_everywhere() -> None:
    def build(document: make.Document) -> None:
        make.table(["{{ ten }}", "x"])(document)
        section = document.sections[0]
        section.header.paragraphs[0].text = "{{ ten }}"
        section.footer.paragraphs[0].text = "{{ ten }}"
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "Trang đầu {{ ten }}"
        document.settings.odd_and_even_pages_header_footer = True
        section.even_page_footer.paragraphs[0].text = "Trang chẵn {{ ten }}"
        document.core_properties.title = "Về {{ ten }}"
        document.core_properties.author = "{{ ten }}"

    data = make.template("Kính gửi: {{ ten }}.", build=build)
    data = make.with_notes(data, "footnotes", "Theo {{ ten }}")
    data = make.with_notes(data, "endnotes", "Cuối {{ ten }}")
    result = compile_template(data).render({"ten": HARD}).docx
    document = make.opened(result)
    section = document.sections[0]
    assert make.paragraphs(result)[0] == f"Kính gửi: {HARD}."
    assert make.cells(result) == [[HARD, "x"]]
    assert section.header.paragraphs[0].text == HARD
    assert section.footer.paragraphs[0].text == HARD
    assert section.first_page_header.paragraphs[0].text == f"Trang đầu {HARD}"
    assert section.even_page_footer.paragraphs[0].text == f"Trang chẵn {HARD}"
    assert document.core_properties.title == f"Về {HARD}"
    assert document.core_properties.author == HARD
    for part, words in (("footnotes", "Theo"), ("endnotes", "Cuối")):
        root = etree.fromstring(make.members(result)[f"word/{part}.xml"])
        assert "".join(root.itertext()) == f"{words} {HARD}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("\"ngoặc\" 'đơn' & < >", "\"ngoặc\" 'đơn' & < >"),
        (
            "{{ x }} {% if %} {_{ b }_} {_% %_} {# c #}",
            "{{ x }} {% if %} {_{ b }_} {_% %_} {# c #}",
        ),
        ("H'Mông", "H'Mông"),
        ("một\nhai\r\nba\rbốn", "một\nhai\nba\nbốn"),
        ("một\thai", "một\thai"),
        ("a\x07b\x0cc\x00d\x0be\ufffef", "abcdef"),
        ("Lò Thị Ế", "Lò Thị Ế"),
        (2024, "2024"),
        (Decimal("1E+3"), "1000"),
        (12.5, "12.5"),
        (dt.date(2024, 5, 2), "2024-05-02"),
        ("", ""),
        ("  hai  cách  ", "  hai  cách  "),
        ("😀 𠀀", "😀 𠀀"),
    ],
)
def test_values_print_as_they_are(value: object, shown: str) -> None:
    assert filled({"v": value}, "[{{ v }}]") == [f"[{shown}]"]


def test_data_never_makes_a_paragraph_or_a_page() -> None:
    result = compile_template(make.template("{{ v }}")).render({"v": "a\x07b\x0cc\nd"}).docx
    assert len(make.opened(result).paragraphs) == 1
    assert b'w:type="page"' not in make.members(result)["word/document.xml"]


@pytest.mark.parametrize(
    "value", [{"a": 1}, [1], True, float("nan"), Decimal("Infinity"), "a\ud800", RichText("x")]
)
def test_what_is_no_text_is_refused_with_name_and_place(value: object) -> None:
    compiled_template = compile_template(make.template("Đầu", "Ông {{ v }} ký"))
    with pytest.raises(TemplateError) as caught:
        compiled_template.render({"v": value})
    assert caught.value.name == "v"
    assert caught.value.where is not None
    assert (caught.value.where.paragraph, caught.value.where.tag) == (2, "{{ v }}")


class Living:
    """An object with methods: no plain data."""

    def delete(self) -> None:
        raise AssertionError


@pytest.mark.parametrize("value", [Living(), {1, 2}, iter([]), b"x", {1: "x"}, [[Living()]]])
def test_objects_are_refused_even_where_the_template_does_not_use_them(value: object) -> None:
    with pytest.raises(TemplateError):
        compile_template(make.template("Không thẻ")).render({"v": value})


def test_a_loop_in_the_data_is_refused() -> None:
    knot: dict[str, object] = {}
    knot["self"] = knot
    with pytest.raises(TemplateError, match="lồng quá sâu"):
        compile_template(make.template("x")).render(knot)


def test_rows_repeat_and_conditions_drop_paragraphs() -> None:
    data = make.template(
        "{%p if co %}",
        "Có {{ so }}",
        "{%p else %}",
        "Không",
        "{%p endif %}",
        build=make.table(
            ["TT", "Tên", "Mã số thuế"],
            ["{%tr for dn in ds_doanh_nghiep %}", "", ""],
            ["{{ loop.index }}", "{{ dn.ten }}", "{{ dn.ma_so_thue }}"],
            ["{%tr endfor %}", "", ""],
        ),
    )
    template = compile_template(data)
    rows = [{"ten": HARD, "ma_so_thue": "6200000001"}, {"ten": "HTX H'Mông", "ma_so_thue": 2}]
    result = template.render({"co": True, "so": 2, "ds_doanh_nghiep": rows}).docx
    assert make.paragraphs(result) == ["Có 2"]
    assert make.cells(result)[1:] == [["1", HARD, "6200000001"], ["2", "HTX H'Mông", "2"]]
    empty = template.render({"co": False, "so": 2, "ds_doanh_nghiep": []}).docx
    assert make.paragraphs(empty) == ["Không"]
    assert make.cells(empty) == [["TT", "Tên", "Mã số thuế"]]


def test_columns_repeat_and_the_grid_follows() -> None:
    build = make.table(["{%tc for t in thang %}", "{{ t }}", "{%tc endfor %}"])
    result = compile_template(make.template(build=build)).render({"thang": [1, 2, 3, 4, 5]}).docx
    assert make.cells(result) == [["1", "2", "3", "4", "5"]]
    assert len(make.opened(result).tables[0].columns) == 5


def test_a_cell_left_without_a_paragraph_gets_one() -> None:
    def build(document: make.Document) -> None:
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "{%p if co %}"
        cell.add_paragraph("chữ")
        cell.add_paragraph("{%p endif %}")

    result = compile_template(make.template(build=build)).render({"co": False}).docx
    assert [len(cell.paragraphs) for cell in make.opened(result).tables[0].rows[0].cells] == [1]


def test_a_row_left_without_a_cell_gets_one() -> None:
    build = make.table(["{%tc for t in thang %}", "{{ t }}", "{%tc endfor %}"])
    result = compile_template(make.template(build=build)).render({"thang": []}).docx
    assert make.cells(result) == [[""]]


def test_pictures_in_a_loop_are_told_apart() -> None:
    picture = (
        b'<w:r xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        b'<w:drawing><wp:inline><wp:docPr id="1" name="a"/></wp:inline></w:drawing></w:r>'
    )
    data = make.template("{%p for d in ds %}", "{{ d }}", "{%p endfor %}")
    body = make.members(data)["word/document.xml"]
    marked = body.replace(b"<w:r><w:t>{{ d }}", picture + b"<w:r><w:t>{{ d }}")
    assert marked != body
    template = compile_template(make.with_members(data, {"word/document.xml": marked}))
    root = etree.fromstring(
        make.members(template.render({"ds": [1, 2, 3]}).docx)["word/document.xml"]
    )
    ids = [node.get("id") for node in root.iter("{*}docPr")]
    assert ids == ["1001", "1002", "1003"]


def test_rich_text_has_its_own_tag() -> None:
    rich = RichText("đậm & <b>", bold=True)
    result = compile_template(make.template("Trước {{r v }} sau")).render({"v": rich}).docx
    runs = make.opened(result).paragraphs[0].runs
    assert make.paragraphs(result) == ["Trước đậm & <b> sau"]
    assert [run.text for run in runs if run.bold] == ["đậm & <b>"]


def test_names_in_nfd_and_names_of_methods() -> None:
    nfd = unicodedata.normalize("NFD", "{{ họ_tên }}")  # as typed on a Mac
    assert len(nfd) > len("{{ họ_tên }}")
    assert filled({"họ_tên": "Lò Văn Páo"}, nfd) == ["Lò Văn Páo"]
    key = unicodedata.normalize("NFD", "họ_tên")
    assert filled({key: "Lò Văn Páo"}, "{{ họ_tên }}") == ["Lò Văn Páo"]
    words = {"items": "a", "keys": 2, "values": "c", "get": "d"}
    line = "{{ d.items }} {{ d.keys }} {{ d.values }} {{ d.get }} {{ d['items'] }}"
    assert filled({"d": words}, line) == ["a 2 c d a"]
    assert filled({"d": {"x": 1}}, "{% for k, v in d.items() %}{{ k }}={{ v }}{% endfor %}") == [
        "x=1"
    ]
    with pytest.raises(MissingValues) as caught:
        filled({"d": {}}, "{{ d.items }}")
    assert caught.value.names == ("d.items",)


def test_a_tag_split_over_runs_is_one_tag() -> None:
    def build(document: make.Document) -> None:
        paragraph = document.add_paragraph()
        for piece in ("Ông {", "{ ho", "_ten }", "}", " ký"):
            paragraph.add_run(piece)

    result = compile_template(make.template(build=build)).render({"ho_ten": "Páo"}).docx
    assert make.paragraphs(result) == ["Ông Páo ký"]


def test_literal_braces_of_the_template_and_raw() -> None:
    assert filled({"a": 1}, "{_{ a }_} {{ a }} {% raw %}{{ b }}{% endraw %}") == [
        "{{ a }} 1 {{ b }}"
    ]


def test_filters_take_text_only() -> None:
    line = "{{ a|upper }} {{ b|join(', ') }} {{ c|default('không có') }} {{ e|default('-') }} {{ a ~ 1 }}"
    data: dict[str, object] = {"a": "đ & h", "b": ["x", HARD], "e": None}
    assert filled(data, line) == [f"Đ & H x, {HARD} không có - đ & h1"]
    for bad in ("{{ d|upper }}", "{{ [d]|join }}", "{{ d ~ 'x' }}"):
        with pytest.raises(TemplateError, match="nhóm trường"):
            filled({"d": {"x": 1}}, bad)


def test_same_template_data_and_stamp_give_the_same_bytes() -> None:
    data = make.template("{{ a }}")
    one, two = compile_template(data), compile_template(data)
    first = one.render({"a": HARD}, stamp=STAMP)
    assert first == two.render({"a": HARD}, stamp=STAMP) == one.render({"a": HARD}, stamp=STAMP)
    assert first.sha256 == hashlib.sha256(first.docx).hexdigest()
    properties = make.opened(first.docx).core_properties
    utc = dt.datetime(2024, 5, 2, 1, 30, tzinfo=dt.UTC)
    assert (properties.created, properties.modified) == (utc, utc)
    assert first.sha256 != one.render({"a": HARD}, stamp=STAMP + dt.timedelta(days=1)).sha256
    assert one.render({"a": 1}) == two.render({"a": 1})
    assert next(iter(make.members(first.docx))) == "[Content_Types].xml"


def test_a_stamp_without_zone_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="aware"):
        compile_template(make.template("x")).render({}, stamp=STAMP.replace(tzinfo=None))


def test_compiled_remembers_by_content() -> None:
    data = make.template("{{ a }}")
    assert compiled(data) is compiled(bytes(bytearray(data)))
