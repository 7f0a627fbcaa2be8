"""A form as a Word file: its controls, its code on every page, rows that cannot grow, nothing clipped."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from lxml import etree

from core.forms import FORMS, get_form
from core.forms.consent import consent_sentence
from core.forms.identity import PROPERTY, make_code
from docgen.blanks.geometry import longest_values
from docgen.blanks.imprint import Imprint
from docgen.blanks.qr import qr_png
from docgen.blanks.word import row_count, word_form
from docgen.engine.pdf import convert_to_pdf
from tests.docgen.blanks.returned import W, ruled, unpacked

CODE = str(make_code("KSDN", version=1, serial=14, key=b"khoa thu"))
IMPRINT = Imprint(
    date(2024, 5, 2),
    CODE,
    parent="Liên đoàn Lao động tỉnh Lai Châu",
    office="Liên đoàn Lao động huyện Tam Đường",
    receiver="Liên đoàn Lao động tỉnh Lai Châu",
    due=date(2024, 5, 20),
)
KINDS = pytest.mark.parametrize("kind", list(FORMS))


def body(docx: bytes) -> etree._Element:
    return etree.fromstring(unpacked(docx)["word/document.xml"])


def text(docx: bytes, part: str = "word/document.xml") -> str:
    root = etree.fromstring(unpacked(docx)[part])
    return "\n".join("".join(p.itertext(f"{W}t")) for p in root.iter(f"{W}p"))


@KINDS
def test_every_field_is_a_control_in_its_cell(kind: str) -> None:
    form = get_form(kind)
    root = body(word_form(form, {}, IMPRINT))
    keys = []
    for sdt in root.iter(f"{W}sdt"):
        tag, alias = (sdt.find(f"{W}sdtPr/{W}{name}").get(f"{W}val") for name in ("tag", "alias"))
        assert tag == alias
        assert sdt.getparent().tag == f"{W}p"  # run-level: LibreOffice 7.4 tears block-level ones
        assert sdt.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        assert set("".join(sdt.itertext())) == {"…"}
        keys.append(tag)
    rows = row_count(form, {})
    wanted = [one.key for one in form.fields] + [f"rows.{c.key}" for c in form.columns] * rows
    assert keys == wanted
    numbers = [one.get(f"{W}val") for one in root.iter(f"{W}id")]
    assert len(set(numbers)) == len(numbers)


def test_closed_lists_are_drop_downs_and_days_are_dates() -> None:
    root = body(word_form(get_form("enterprise_survey"), {}, IMPRINT))
    kinds = {}
    for sdt in root.iter(f"{W}sdt"):
        properties = sdt.find(f"{W}sdtPr")
        kinds[properties.find(f"{W}tag").get(f"{W}val")] = properties[-1]
    status = [i.get(f"{W}value") for i in kinds["status"].iter(f"{W}listItem")]
    assert status == ["active", "suspended", "dissolved", "not_at_address"]
    assert [i.get(f"{W}displayText") for i in kinds["has_union"].iter(f"{W}listItem")] == [
        "Có",
        "Không",
    ]
    assert kinds["survey_date"].tag == f"{W}date"
    assert kinds["founded_date"].tag == f"{W}text"  # a year alone is an answer


@KINDS
@pytest.mark.parametrize("paper", [False, True])
def test_rows_for_the_pen_cannot_grow_and_typed_text_is_never_cut(
    kind: str, *, paper: bool
) -> None:
    form = get_form(kind)
    root = body(word_form(form, {}, IMPRINT, paper=paper))
    framed = [t for t in root.iter(f"{W}tbl") if len(t.find(f"{W}tblPr/{W}tblBorders"))]
    assert framed
    for table in framed:
        assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
        for row in table.iter(f"{W}tr"):
            typed = not paper and row.find(f"{W}trPr/{W}tblHeader") is None
            rule = row.find(f"{W}trPr/{W}trHeight").get(f"{W}hRule")
            assert rule == ("atLeast" if typed else "exact")


def test_the_code_is_in_the_file_and_on_every_page() -> None:
    made = word_form(get_form("enterprise_survey"), {}, IMPRINT)
    parts = unpacked(made)
    assert f'name="{PROPERTY}"' in parts["docProps/custom.xml"].decode()
    assert CODE in parts["docProps/custom.xml"].decode()
    assert f"Mã biểu mẫu: {CODE}" in text(made, "word/footer1.xml")
    assert parts["word/media/code.png"] == qr_png(CODE)
    footers = body(made).findall(f".//{W}sectPr/{W}footerReference")
    assert [one.get(f"{W}type") for one in footers] == ["default"]
    assert body(made).find(f".//{W}sectPr/{W}titlePg") is None


def test_a_blank_of_no_store_has_no_code() -> None:
    made = word_form(get_form("enterprise_survey"), {}, replace(IMPRINT, code=""))
    assert PROPERTY not in unpacked(made)["docProps/custom.xml"].decode()
    assert "word/media/code.png" not in unpacked(made)
    assert "Biểu mẫu chưa cấp mã" in text(made, "word/footer1.xml")


def test_head_and_foot() -> None:
    shown = text(word_form(get_form("progress_report"), {}, IMPRINT))
    assert "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG" in shown
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in shown
    assert "Gửi về Liên đoàn Lao động tỉnh Lai Châu trước ngày 20/05/2024." in shown
    assert "NGƯỜI LẬP BIỂUCHỦ TỊCH" in shown  # a tab between them
    letter = text(word_form(get_form("membership_application"), {}, IMPRINT))
    assert "LIÊN ĐOÀN" not in letter
    assert "tự nguyện xin gia nhập Công đoàn" in letter


@KINDS
def test_consent_stands_where_people_give_their_data(kind: str) -> None:
    form = get_form(kind)
    shown = text(word_form(form, {}, IMPRINT))
    assert (consent_sentence(IMPRINT.on) in shown) is form.consent
    personal = [column for column in form.columns if column.personal]
    assert form.consent or not personal


def test_consent_names_the_law_of_the_day() -> None:
    assert "13/2023/NĐ-CP" in consent_sentence(date(2025, 12, 31))
    assert "Luật Bảo vệ dữ liệu cá nhân" in consent_sentence(date(2026, 1, 1))
    assert "theo" not in consent_sentence(date(2023, 6, 30))


def test_heading_rows_repeat_and_rows_follow_the_records() -> None:
    form = get_form("enterprise_list")
    rows = [{"enterprise_name": f"Công ty {n}"} for n in range(30)]
    root = body(word_form(form, {"rows": rows}, IMPRINT))
    table = list(root.iter(f"{W}tbl"))[-1]
    heads = [row for row in table.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert len(heads) == 2
    assert len(table.findall(f"{W}tr")) == 2 + 30 + 5


def test_the_same_form_gives_the_same_bytes() -> None:
    form = get_form("candidate_profiles")
    assert word_form(form, form.example, IMPRINT) == word_form(form, form.example, IMPRINT)


@KINDS
def test_python_docx_opens_it(kind: str) -> None:
    document = Document(io.BytesIO(word_form(get_form(kind), get_form(kind).example, IMPRINT)))
    assert document.tables


# --- in LibreOffice ----------------------------------------------------------------------------------


def fullest(kind: str) -> dict[str, object]:
    """Every field as long as it may be."""
    form = get_form(kind)
    data: dict[str, object] = {one.key: longest(one) for one in form.fields}
    if form.columns:
        data["rows"] = [{one.key: longest(one) for one in form.columns}] * 2
    return data


def longest(one) -> object:
    values = {
        "enum": lambda: max(one.options, key=lambda option: len(option.label_vi)).code,
        "boolean": lambda: False,
        "date": lambda: "2024-12-30",
        "partial_date": lambda: "2024-12-30",
        "period": lambda: "2023-12-01/2024-12-31",
        "term": lambda: "2024-2028",
        "time": lambda: "14:30",
        "money": lambda: 100_000_000,
        "rate": lambda: 100.25,
        "integer": lambda: 10**one.room - 1,
    }
    return values.get(one.kind.value, lambda: longest_values(one)[0])()


def rulings(pdf: bytes) -> list[tuple[int, float]]:
    """The horizontal lines of all pages: page and height."""
    found = set()
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for line in (*page.lines, *page.rects):
                if line["height"] < 1.5 and line["width"] > 5:
                    found.add((page.page_number, round(line["top"])))
    return sorted(found)


@pytest.mark.slow
@pytest.mark.soffice
def test_the_longest_values_are_not_clipped(tmp_path: Path) -> None:
    """With rows that may grow LibreOffice draws the same lines: everything fits into the fixed ones."""
    files = []
    for kind, form in FORMS.items():
        for paper in (False, True):
            short = replace(form, printed_rows=0)
            made = word_form(short, fullest(kind), IMPRINT, paper=paper)
            name = f"{kind}-{'giay' if paper else 'may'}"
            files.append((f"{name}.docx", ruled(made, grows=False)))
            files.append((f"{name}-dan.docx", ruled(made, grows=True)))
    clipped = word_form(get_form("enterprise_survey"), {"sector": "thủy điện " * 30}, IMPRINT)
    files.append(("tran.docx", ruled(clipped, grows=False)))
    files.append(("tran-dan.docx", ruled(clipped, grows=True)))
    pdfs = convert_to_pdf(files, profile=tmp_path / "lo")
    assert [one.problem for one in pdfs if one.pdf is None] == []
    drawn = [(one.name, rulings(one.pdf or b"")) for one in pdfs]
    for (name, fixed), (_, grown) in zip(drawn[:-2:2], drawn[1:-2:2], strict=True):
        assert len(fixed) > 5
        assert fixed == grown, name
    assert drawn[-2][1] != drawn[-1][1]  # a value too long would show
