"""From a file's bytes to readings: every kind in three styles, several in one file, wrong and blank ones, codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import jsonschema
import pytest
from docx import Document

from core.errors import NotFound
from core.forms import FORMS, get_form
from core.forms.identity import FormCode, make_code
from core.json_schema import form_json_schema
from intake import read_form
from intake.cage import Cage
from intake.reading import Issued, Reading, RecordRef
from tests.intake.forms import add_form, saved, word_form

KEY = b"khoa thu"


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as one:
        yield one


class Store:
    """Knows one issued form."""

    def __init__(self, code: FormCode, kind: str) -> None:
        self.code, self.kind = code, kind

    def issued(self, code: FormCode) -> Issued | None:
        record = RecordRef("enterprise", "dn-001")
        return Issued(self.kind, 1, record) if code == self.code else None


def values(reading: Reading) -> dict[str, object]:
    """The values without the blanks, as the examples of the forms are written."""
    found = {key: value for key, value in reading.values().items() if value is not None}
    if "rows" in found:
        found["rows"] = [
            {key: value for key, value in row.items() if value is not None} for row in found["rows"]
        ]
    return found


@pytest.mark.parametrize("style", ["table", "dots", "lines"])
@pytest.mark.parametrize("kind", list(FORMS))
def test_every_kind_in_every_style(kind: str, style: str, cage: Cage) -> None:
    (reading,) = read_form(word_form(kind, style=style), name="a.docx", cage=cage)
    assert reading.kind == kind
    assert values(reading) == get_form(kind).example
    assert reading.problems == ()
    jsonschema.validate(reading.values(), form_json_schema(get_form(kind).schema))


@pytest.mark.parametrize("kind", list(FORMS))
def test_a_blank_form_yields_no_value(kind: str, cage: Cage) -> None:
    (reading,) = read_form(word_form(kind, {}), name="a.docx", cage=cage)
    assert values(reading) in ({}, {"rows": []})
    assert "blank_form" in [problem.code for problem in reading.problems]
    assert all(one.raw == "" for one in reading.fields.values())


def test_the_shape_of_the_contract(cage: Cage) -> None:
    (reading,) = read_form(word_form("vote_count"), name="a.docx", cage=cage)
    shape = reading.as_json()
    assert list(shape) == [
        "file", "sha256", "pages", "channel", "form", "record", "fields", "tables", "problems", "status", "reason",
    ]  # fmt: skip
    assert shape["form"] == {
        "kind": "vote_count", "version": 1, "code": None, "certainty": "likely",
    }  # fmt: skip
    assert list(shape["fields"]["present"]) == [
        "value",
        "raw",
        "confidence",
        "page",
        "box",
        "problems",
    ]
    assert shape["tables"]["rows"][0]["votes"]["value"] == 12
    assert (shape["pages"], shape["channel"]) == ([1], "docx")


def test_several_forms_in_one_file(cage: Cage) -> None:
    document = Document()
    for kind in ("membership_application", "membership_application", "vote_count"):
        add_form(document, get_form(kind), get_form(kind).example, style="dots")
        document.add_page_break()
    readings = read_form(saved(document), name="nhieu.docx", cage=cage)
    assert [one.kind for one in readings] == ["membership_application"] * 2 + ["vote_count"]
    for one in readings:
        assert values(one) == get_form(one.kind).example


def test_another_paper_is_rejected_with_a_reason(cage: Cage) -> None:
    document = Document()
    document.add_paragraph("GIẤY MỜI")
    document.add_paragraph("Kính gửi: Ông Lò Văn Ín. Thời gian: 14 giờ 00. Địa điểm: Hội trường")
    (reading,) = read_form(saved(document), name="moi.docx", cage=cage)
    assert reading.status == "rejected"
    assert reading.fields == {}
    assert "Không nhận ra" in (reading.reason or "")


def test_a_form_other_than_the_awaited_gives_no_values(cage: Cage) -> None:
    (reading,) = read_form(word_form("vote_count"), name="a.docx", expect="member_list", cage=cage)
    assert reading.status == "rejected"
    assert reading.fields == {}
    assert "Biên bản kiểm phiếu" in (reading.reason or "")
    with pytest.raises(NotFound):
        read_form(word_form("vote_count"), name="a.docx", expect="la", cage=cage)


def coded(code: FormCode, kind: str = "enterprise_survey") -> bytes:
    document = Document()
    add_form(document, get_form(kind), get_form(kind).example, style="table")
    document.sections[0].footer.paragraphs[0].text = f"Mã: {code}"
    return saved(document)


def test_a_code_names_form_and_record(cage: Cage) -> None:
    code = make_code("KSDN", version=1, serial=14, key=KEY)
    (alone,) = read_form(coded(code), name="a.docx", cage=cage)
    assert (alone.certainty, alone.code, alone.record) == ("known", str(code), None)
    store = Store(code, "enterprise_survey")
    (reading,) = read_form(coded(code), name="a.docx", store=store, cage=cage)
    assert (reading.certainty, reading.record) == ("known", RecordRef("enterprise", "dn-001"))


def test_a_foreign_code_is_said_and_the_layout_decides(cage: Cage) -> None:
    ours = make_code("KSDN", version=1, serial=14, key=KEY)
    foreign = make_code("KSDN", version=1, serial=15, key=b"khac")
    store = Store(ours, "enterprise_survey")
    (reading,) = read_form(coded(foreign), name="a.docx", store=store, cage=cage)
    assert (reading.certainty, reading.code, reading.record) == ("likely", None, None)
    assert "foreign_code" in [problem.code for problem in reading.problems]


def test_a_code_issued_for_another_kind_goes_to_a_person(cage: Cage) -> None:
    code = make_code("KSDN", version=1, serial=14, key=KEY)
    (reading,) = read_form(coded(code), name="a.docx", store=Store(code, "vote_count"), cage=cage)
    assert "code_mismatch" in [problem.code for problem in reading.problems]
    assert reading.status == "needs_review"


def test_rules_know_the_day_the_form_came(cage: Cage) -> None:
    data = word_form("enterprise_survey")
    (reading,) = read_form(data, name="a.docx", on=date(2024, 5, 1), cage=cage)
    assert "date_in_future" in [problem.code for problem in reading.problems]
