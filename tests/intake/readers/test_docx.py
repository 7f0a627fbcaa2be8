"""The walk through a Word file: controls in every nesting, tracked changes, merged cells, boxes, old fonts."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from docx import Document

from core.errors import Unreadable
from intake.readers.docx import read_docx
from intake.readers.raw import Control, RawForm

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
V = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body; other parts by their names, with "__" for "/"."""
    made = Document()
    stream = io.BytesIO()
    made.save(stream)
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(out, "w") as target:
        replaced = {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = (
                    f"<w:document {W} {W14} {MC} {V}><w:body>{body}</w:body></w:document>".encode()
                )
            elif name in replaced:
                data = replaced.pop(name).encode()
            target.writestr(name, data)
        for name, text in replaced.items():
            target.writestr(name, text.encode())
    return out.getvalue()


def read(body: str, **parts: str) -> RawForm:
    return read_docx(word(body, **parts))


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str) -> str:
    return f"<w:p>{''.join(inner)}</w:p>"


def sdt(key: str, content: str, more: str = "", *, alias: str = "") -> str:
    names = f'<w:alias w:val="{alias or key}"/>' + (f'<w:tag w:val="{key}"/>' if key else "")
    return f"<w:sdt><w:sdtPr>{names}{more}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def tc(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def controls(raw: RawForm) -> dict[str, Control]:
    places = [*raw.lines, *(cell for table in raw.tables for cell in table.cells())]
    return {control.key: control for place in places for control in place.controls}


@pytest.mark.parametrize(
    "body",
    [
        p(run("Tổng: "), sdt("workers_total", run("27"))),
        sdt("workers_total", p(run("27"))),
        tbl(tr(tc(p(run("Tổng"))), tc(p(sdt("workers_total", run("27")))))),
        tbl(tr(tc(p(run("Tổng"))), tc(sdt("workers_total", p(run("27")))))),
        tbl(tr(tc(p(run("Tổng"))), sdt("workers_total", tc(p(run("27")))))),
        tbl(sdt("rows", tr(tc(p(run("Tổng"))), tc(p(sdt("workers_total", run("27"))))))),
        p(sdt("", run("27"), alias="workers_total")),
    ],
    ids=["run", "block", "run in cell", "block in cell", "cell", "row", "alias only"],
)
def test_controls_in_every_nesting(body: str) -> None:
    raw = read(body)
    assert controls(raw)["workers_total"].text == "27"
    text = " ".join(
        [line.text for line in raw.lines]
        + [cell.text for table in raw.tables for cell in table.cells()]
    )
    assert "27" in text


def test_a_placeholder_is_a_blank() -> None:
    raw = read(p(run("Tổng: "), sdt("workers_total", run("............"), "<w:showingPlcHdr/>")))
    assert controls(raw)["workers_total"].text == ""
    assert raw.lines[0].text == "Tổng:"


def test_check_boxes_and_drop_downs() -> None:
    box = '<w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox>'
    drop = (
        '<w:dropDownList><w:listItem w:displayText="Đang hoạt động" w:value="active"/>'
        '<w:listItem w:displayText="Tạm ngừng" w:value="suspended"/></w:dropDownList>'
    )
    raw = read(
        p(sdt("has_union", run("☒"), box.format(1)), sdt("has_party_org", run("☐"), box.format(0)))
        + p(sdt("status", run("Tạm ngừng"), drop))
    )
    found = controls(raw)
    assert (found["has_union"].checked, found["has_party_org"].checked) == (True, False)
    assert found["status"].choice == "suspended"


def test_insertions_stay_and_deletions_go() -> None:
    raw = read(
        p(
            run("Số: "),
            '<w:del w:id="1" w:author="x"><w:r><w:delText>26</w:delText></w:r></w:del>',
            f'<w:ins w:id="2" w:author="x">{run("27")}</w:ins>',
        )
        + tbl(
            tr(tc(p(run("còn")))),
            f'<w:tr><w:trPr><w:del w:id="3" w:author="x"/></w:trPr>{tc(p(run("bỏ")))}</w:tr>',
        )
    )
    assert raw.lines[0].text == "Số: 27"
    assert [cell.text for cell in raw.tables[0].cells()] == ["còn"]
    assert "tracked_changes" in raw.notes


def test_smart_tags_links_hidden_text_and_signs() -> None:
    raw = read(
        p(
            f'<w:smartTag w:element="place">{run("Lai Châu")}</w:smartTag>',
            f"<w:hyperlink>{run(' trang')}</w:hyperlink>",
            run("ẩn", "<w:vanish/>"),
            "<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/></w:r>",
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        )
    )
    assert raw.lines[0].text == "Lai Châu trang\ta\nb-☒"


def test_old_form_fields_are_boxes_and_text() -> None:
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    raw = read(
        p(
            box.format('<w:default w:val="0"/><w:checked/>'),
            "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>",
            run(" Có "),
            box.format('<w:default w:val="0"/>'),
            run(" Không"),
        )
    )
    assert raw.lines[0].text == "☒ Có ☐ Không"


def test_merged_cells_stand_in_every_place_they_cover() -> None:
    raw = read(
        tbl(
            tr(
                tc(p(run("TT")), '<w:vMerge w:val="restart"/>'),
                tc(p(run("Năm sinh")), '<w:gridSpan w:val="2"/>'),
            ),
            tr(tc(p(), "<w:vMerge/>"), tc(p(run("Nam"))), tc(p(run("Nữ")))),
            f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc(p(run("x")))}</w:tr>',
        )
    )
    grid = [[cell.text if cell else None for cell in row] for row in raw.tables[0].grid]
    assert grid == [["TT", "Năm sinh", "Năm sinh"], ["TT", "Nam", "Nữ"], [None, "x", None]]
    table = raw.tables[0]
    assert table.grid[0][1] is table.grid[0][2]
    assert table.grid[0][0] is table.grid[1][0]


def test_nested_tables_and_text_boxes_are_read_once() -> None:
    inner = tbl(tr(tc(p(run("trong")))))
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>'
        f"{p(run('Mã số thuế: 6299900012'))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<w:txbxContent>{p(run('Mã số thuế: 6299900012'))}</w:txbxContent></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    raw = read(tbl(tr(tc(inner + p(run("ngoài"))))) + p(run("trước"), box))
    assert [[cell.text for cell in table.cells()] for table in raw.tables] == [["ngoài"], ["trong"]]
    assert [line.text for line in raw.lines] == ["trước", "Mã số thuế: 6299900012"]
    assert "text_box" in raw.notes


def test_old_fonts_are_converted_by_run_and_by_style() -> None:
    styles = (
        f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"/></w:rPr>'
        '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:styleId="Cu"><w:basedOn w:val="Goc"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Goc"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style></w:styles>'
    )
    raw = read(
        p(run("C«ng ®oµn", '<w:rFonts w:ascii=".VnTime"/>'), run(" Việt Nam"))
        + p(run("liªn ®oµn lao ®éng", '<w:rFonts w:ascii=".VnTimeH"/>'))
        + p('<w:pPr><w:pStyle w:val="Cu"/></w:pPr>', run("c¬ së"))
        + p(run("Coâng ñoaøn", '<w:rFonts w:ascii="VNI-Times"/>')),
        word__styles=styles,
    )
    assert [line.text for line in raw.lines] == [
        "Công đoàn Việt Nam",
        "LIÊN ĐOÀN LAO ĐỘNG",
        "cơ sở",
        "Công đoàn",
    ]
    assert "legacy_fonts" in raw.notes


def test_decomposed_letters_are_composed() -> None:
    raw = read(p(run(unicodedata.normalize("NFD", "Đặng Thị Ửng"))))
    assert raw.lines[0].text == "Đặng Thị Ửng"


def test_custom_properties_and_the_code_in_the_footer() -> None:
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="docgen_form">'
        "<vt:lpwstr>KSDN.1.000014.3BIWTQZSB6Q5I</vt:lpwstr></property></Properties>"
    )
    raw = read(
        p(run("x")),
        docProps__custom=custom,
        word__footer1=f"<w:ftr {W}>{p(run('Mã: KSDN.1.000014.3BIWTQZSB6Q5I'))}</w:ftr>",
    )
    assert raw.properties == {"docgen_form": "KSDN.1.000014.3BIWTQZSB6Q5I"}
    assert [code.text for code in raw.codes] == ["Mã: KSDN.1.000014.3BIWTQZSB6Q5I"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 hong", b"khong phai zip"])
def test_what_is_no_word_file_is_said(data: bytes) -> None:
    with pytest.raises(Unreadable, match="Word"):
        read_docx(data)


def test_broken_xml_is_said() -> None:
    with pytest.raises(Unreadable, match="hỏng"):
        read_docx(word("<w:p><w:r>"))
