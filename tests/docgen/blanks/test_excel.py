"""A form as a workbook: named cells, drop-downs, input checks, codes as text."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from core.forms import FORMS, get_form
from core.forms.identity import PROPERTY, make_code
from core.schema import FieldKind
from core.sheets import CHOICES_SHEET, read_book
from docgen.blanks.excel import check_of, excel_form, row_count
from docgen.blanks.imprint import Imprint

CODE = str(make_code("DSDN", version=1, serial=14, key=b"khoa thu"))
IMPRINT = Imprint(date(2024, 5, 2), CODE, office="Liên đoàn Lao động huyện Tam Đường")
KINDS = pytest.mark.parametrize("kind", list(FORMS))


def opened(kind: str, values: dict[str, object] | None = None) -> Any:
    return openpyxl.load_workbook(io.BytesIO(excel_form(get_form(kind), values or {}, IMPRINT)))


def rules(book: Any) -> dict[str, Any]:
    """The input check of every cell."""
    found = {}
    for rule in book.worksheets[0].data_validations.dataValidation:
        for area in rule.sqref.ranges:
            for row, column in area.cells:
                found[book.worksheets[0].cell(row, column).coordinate] = rule
    return found


@KINDS
def test_every_field_has_a_named_cell(kind: str) -> None:
    form = get_form(kind)
    (sheet, *_) = read_book(excel_form(form, form.example, IMPRINT))
    assert set(sheet.names) == {one.key for one in form.fields}
    assert len(set(sheet.names.values())) == len(sheet.names)


@KINDS
def test_every_input_is_checked(kind: str) -> None:
    form, book = get_form(kind), opened(kind)
    found = rules(book)
    for one in form.fields:
        place = book.defined_names[one.key].attr_text.rpartition("!")[2].replace("$", "")
        assert found[place].error == check_of(one).message
        assert len(found[place].error) <= 225  # Excel's limit
        assert found[place].allowBlank
    checked = len(form.fields) + len(form.columns) * (row_count(form, {}) if form.columns else 0)
    assert len(found) == checked


def test_closed_lists_are_drop_downs_from_a_hidden_sheet() -> None:
    book = opened("enterprise_survey")
    rule = rules(book)[
        book.defined_names["enterprise_type"].attr_text.rpartition("!")[2].replace("$", "")
    ]
    assert (rule.type, rule.errorStyle) == ("list", "stop")
    sheet, _, area = rule.formula1.rpartition("!")
    assert sheet.strip("'") == CHOICES_SHEET
    assert book[CHOICES_SHEET].sheet_state == "hidden"
    labels = [cell.value for (cell,) in book[CHOICES_SHEET][area.replace("$", "")]]
    assert labels == [
        option.label_vi for option in get_form("enterprise_survey").field("enterprise_type").options
    ]


def test_codes_are_text_and_numbers_are_numbers() -> None:
    form = get_form("enterprise_list")
    book = opened("enterprise_list", form.example)
    sheet = book.worksheets[0]
    top = next(cell.row for cell in sheet["A"] if cell.value == 1)
    cells = {one.key: sheet.cell(top, at) for at, one in enumerate(form.columns, start=2)}
    assert (cells["tax_code"].value, cells["tax_code"].number_format) == ("6299900012", "@")
    assert (cells["phone"].value, cells["phone"].number_format) == ("0912000345", "@")
    assert (cells["workers_total"].value, cells["workers_total"].number_format) == (27, "#,##0")
    blank = sheet.cell(top + 10, 3)
    assert (blank.value, blank.number_format) == (None, "@")


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    book = opened("enterprise_survey", {"enterprise_name": "=1+1"})
    place = book.defined_names["enterprise_name"].attr_text.rpartition("!")[2].replace("$", "")
    assert (book.worksheets[0][place].value, book.worksheets[0][place].data_type) == ("=1+1", "s")


def test_the_code_is_in_the_file_and_on_every_page() -> None:
    book = opened("enterprise_list")
    sheet = book.worksheets[0]
    assert book.custom_doc_props[PROPERTY].value == CODE
    assert CODE in sheet.oddFooter.left.text
    assert len(sheet._images) == 1
    assert any(CODE in str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert sheet.print_title_rows is not None
    assert sheet.page_setup.orientation == "landscape"
    bare = excel_form(get_form("enterprise_list"), {}, replace(IMPRINT, code=""))
    assert (
        "chưa cấp mã" in openpyxl.load_workbook(io.BytesIO(bare)).worksheets[0].oddFooter.left.text
    )


@KINDS
def test_the_same_form_gives_the_same_bytes(kind: str) -> None:
    form = get_form(kind)
    assert excel_form(form, form.example, IMPRINT) == excel_form(form, form.example, IMPRINT)


def test_a_partial_date_may_be_a_year() -> None:
    """A cell of dates would make 2019 the day in 1905 that has this serial."""
    dob = get_form("member_list").column("dob")
    assert dob.kind is FieldKind.PARTIAL_DATE
    assert not check_of(dob).day
