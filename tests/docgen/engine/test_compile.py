"""What a template tells of itself, and what is wrong with a broken one, and where."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest

from docgen.engine import TemplateError, UnsafeTemplate, compile_template
from tests.docgen.engine import make


def test_names_of_all_parts() -> None:
    def build(document: make.Document) -> None:
        make.table(
            ["{%tr for dn in ds_doanh_nghiep|sort(attribute='ten') %}", ""],
            [
                "{{ dn.ma_so_thue }}",
                "{% for n in dn.nguoi %}{{ n.ho_ten }} {{ dn.ten }}{% endfor %}",
            ],
            ["{%tr endfor %}", ""],
        )(document)
        document.sections[0].first_page_footer.paragraphs[0].text = "{{ trang_dau }}"
        document.sections[0].different_first_page_header_footer = True
        document.core_properties.subject = "{{ trich_yeu }}"

    data = make.template(
        "{{ ten_co_quan }} {{ chuc_vu|default('') }} {% if so is defined %}{{ so }}{% endif %}",
        "{% set x = ky.nguoi %}{{ x.ho_ten }} {% for n in noi_nhan %}{{ loop.index }} {{ n }}{% endfor %}",
        "{% for k, v in khac.items() %}{{ k }}{{ v }}{% endfor %} {{ (ds2|first).a }} {{ ds3[0].b }}",
        unicodedata.normalize("NFD", "{{ họ_tên }}"),
        build=build,
    )
    template = compile_template(make.with_notes(data, "endnotes", "{{ ghi_chu }}"))
    assert template.names == {
        "ten_co_quan",
        "chuc_vu",
        "so",
        "ky.nguoi.ho_ten",
        "noi_nhan[]",
        "khac",
        "ds2[].a",
        "ds3[].b",
        "họ_tên",
        "ds_doanh_nghiep[].ma_so_thue",
        "ds_doanh_nghiep[].nguoi[].ho_ten",
        "ds_doanh_nghiep[].ten",
        "trang_dau",
        "trich_yeu",
        "ghi_chu",
    }
    assert template.optional_names == {"chuc_vu", "so"}


def test_a_name_defaulted_only_once_is_still_needed() -> None:
    template = compile_template(make.template("{{ a|default('') }} {{ a }} {{ b|d('x') }}"))
    assert template.optional_names == {"b"}


def test_places_of_a_name() -> None:
    build = make.table(["x", "y"], ["{{ a }}", "p {{ b }} q"])
    template = compile_template(make.template("Đầu", "{{ b }}", build=build))
    assert [str(place) for place in template.places["b"]] == [
        "thân văn bản, đoạn 2: «{{ b }}»",
        "thân văn bản, bảng 1, hàng 2, ô 2: «{{ b }}»",
    ]
    assert template.places["a"][0].text == "{{ a }}"


@pytest.mark.parametrize(
    ("text", "says", "tag"),
    [
        ("{% if a %}x", "endif", "{% if a %}"),
        ("{%p for d in ds %}", "endfor", "{%p for d in ds %}"),
        ("x{% endif %}", "không có thẻ mở", "{% endif %}"),
        ("{% if a %}{% endfor %}", "đóng nhầm", "{% endfor %}"),
        ("{{ a ", "không đóng", ""),
        ("{{ a {% if b %}", "không đóng", ""),
        ("{{ }}", "thiếu tên trường", "{{ }}"),
        ("{{ a b }}", "Cú pháp sai", "{{ a b }}"),
        ("{{ a|khong_co }}", "Không có bộ lọc «khong_co»", "{{ a|khong_co }}"),
        ("{% if a is la_gi %}{% endif %}", "Không có phép thử «la_gi»", "{% if a is la_gi %}"),
        ("{% lap d in ds %}", "Không có thẻ «lap»", "{% lap d in ds %}"),
        ("{{ a + }}", "thiếu tên trường", "{{ a + }}"),
        ("{{ a ? b }}", "ký tự lạ", "{{ a ? b }}"),
        ("{%tr for d in ds %}", "trong bảng", "{%tr for d in ds %}"),
        ("{%p if a %} chữ", "đứng một mình", "{%p if a %}"),
    ],
)
def test_a_fault_names_what_and_where(text: str, says: str, tag: str) -> None:
    with pytest.raises(TemplateError, match=says) as caught:
        compile_template(make.template("Đoạn đầu {{ tot }}", "Đoạn hai", text))
    place = caught.value.where
    assert place is not None
    assert (place.part, place.paragraph, place.text, place.tag) == (
        "word/document.xml",
        3,
        text,
        tag,
    )
    assert caught.value.facts["where"] == place.as_facts()


@pytest.mark.parametrize(
    "rows",
    [
        [["{%tr for d in ds %}", "{%tr endfor %}"]],
        [["{%tr for d in ds %}", "{{ d }}"], ["{%tr endfor %}", ""]],
        [["{%tr for d in ds %}", ""], ["{{ d }}", "{%tr endfor %}"]],
    ],
)
def test_a_row_tag_that_would_swallow_its_row(rows: list[list[str]]) -> None:
    with pytest.raises(TemplateError, match="đứng một mình trong hàng bảng") as caught:
        compile_template(make.template(build=make.table(*rows)))
    assert caught.value.where is not None
    assert caught.value.where.table == 1


def test_braces_of_two_paragraphs_that_would_become_one_tag() -> None:
    with pytest.raises(TemplateError, match="ghép với dấu }") as caught:
        compile_template(make.template("x", "{%p if a %}", "} chữ", "{%p endif %}"))
    assert caught.value.where is not None
    assert caught.value.where.paragraph == 3
    assert compile_template(make.template("{{ a }}", "{{ b }}", "{", "chữ }")).names == {"a", "b"}


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (["{% if a %}x{% endif -%}", "y"], "mất ô"),
        (["x", "{%- if a %}y{% endif %}"], "mất ô"),
        (["{% if a %}x{% endif -%} mất", "y"], "mất chữ của mẫu, từ «mất"),
    ],
)
def test_trimming_that_would_eat_text_or_cells(cells: list[str], says: str) -> None:
    with pytest.raises(TemplateError, match=says) as caught:
        compile_template(make.template("đầu", build=make.table(cells, ["u", "v"])))
    assert caught.value.where is not None
    assert "-" in caught.value.where.text


def test_a_fault_in_a_header_or_a_property() -> None:
    def header(document: make.Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ a| }}"

    def title(document: make.Document) -> None:
        document.core_properties.title = "{% if a %}"

    for build, said in ((header, "đầu trang, đoạn 1"), (title, "thuộc tính tệp")):
        with pytest.raises(TemplateError, match=said):
            compile_template(make.template("x", build=build))


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_files_that_are_no_templates() -> None:
    good = make.template("x")
    body = make.members(good)["word/document.xml"]
    types = make.members(good)["[Content_Types].xml"]
    broken = {
        "không phải .docx": b"chu thuong",
        "mật khẩu": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        "thiếu": zipped(a=b"x"),
        "thân văn bản": make.with_members(good, {"word/document.xml": None}),
        "XML": make.with_members(good, {"word/document.xml": body[:-20]}),
        "hỏng": good[: len(good) // 2],
    }
    for words, data in broken.items():
        with pytest.raises(TemplateError, match=words):
            compile_template(data)
    macro = types.replace(b"document.main+xml", b"document.macroEnabled.main+xml")
    unsafe = {
        "DTD": make.with_members(
            good,
            {"word/document.xml": body.replace(b"<w:document", b"<!DOCTYPE x []><w:document", 1)},
        ),
        "macro": make.with_members(good, {"[Content_Types].xml": macro}),
    }
    for words, data in unsafe.items():
        with pytest.raises(UnsafeTemplate, match=words):
            compile_template(data)


def test_content_fetched_from_elsewhere_is_refused_but_links_are_not() -> None:
    good = make.template("x")
    rels = make.members(good)["word/_rels/document.xml.rels"].decode()
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

    def linked(kind: str, target: str) -> bytes:
        one = (
            f'<Relationship Id="rIdX" Type="{base}{kind}" Target="{target}" TargetMode="External"/>'
        )
        changed = rels.replace("</Relationships>", one + "</Relationships>").encode()
        return make.with_members(good, {"word/_rels/document.xml.rels": changed})

    assert compile_template(linked("hyperlink", "https://laichau.example/")).names == frozenset()
    assert (
        compile_template(linked("attachedTemplate", "file:///C:/Normal.dotm")).names == frozenset()
    )
    for kind in ("image", "attachedTemplate", "oleObject"):
        with pytest.raises(UnsafeTemplate, match="bên ngoài"):
            compile_template(linked(kind, "https://laichau.example/x"))


def test_a_file_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.engine.package.MAX_UNPACKED", 1000)
    with pytest.raises(TemplateError, match="quá lớn"):
        compile_template(make.template("x"))
