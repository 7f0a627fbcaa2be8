"""The circle: a form is made, filled by a script, read, and gives the same values, whatever program saved it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.forms import FORMS, FormKind, get_form
from docgen.blanks.excel import excel_form
from docgen.blanks.word import word_form
from docgen.engine.pdf import find_soffice
from intake import read_form
from intake.cage import Cage
from intake.reading import Reading
from tests.docgen.blanks.returned import IMPRINT, fill_excel, fill_word, filled

KINDS = pytest.mark.parametrize("kind", list(FORMS))
ROUNDS = settings(
    max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as one:
        yield one


def values(reading: Reading) -> dict[str, object]:
    """What was read, blanks left out."""
    found = {key: value for key, value in reading.values().items() if value is not None}
    if "rows" in found:
        found["rows"] = [
            {key: value for key, value in row.items() if value is not None} for row in found["rows"]
        ]
    return found


def same(
    data: bytes, form: FormKind, wanted: Mapping[str, object], cage: Cage, *, name: str
) -> None:
    """One form, of this kind, with these values and no doubt about any of them."""
    (reading,) = read_form(data, name=name, cage=cage)
    assert reading.kind == form.kind
    assert values(reading) == wanted
    cells = [*reading.fields.values(), *(one for row in reading.rows or () for one in row.values())]
    assert [one.problems for one in cells if one.problems] == []


@KINDS
@ROUNDS
@given(data=st.data())
def test_word_filled_in_its_controls(kind: str, data: st.DataObject, cage: Cage) -> None:
    form = get_form(kind)
    wanted = data.draw(filled(form))
    same(fill_word(word_form(form, {}, IMPRINT), form, wanted), form, wanted, cage, name="a.docx")


@KINDS
@ROUNDS
@given(data=st.data())
def test_excel_filled_in_its_cells(kind: str, data: st.DataObject, cage: Cage) -> None:
    form = get_form(kind)
    wanted = data.draw(filled(form))
    made = fill_excel(excel_form(form, {}, IMPRINT), form, wanted)
    same(made, form, wanted, cage, name="a.xlsx")


@KINDS
@settings(max_examples=2, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_filled_from_records_reads_back(kind: str, data: st.DataObject, cage: Cage) -> None:
    form = get_form(kind)
    wanted = data.draw(filled(form))
    same(word_form(form, wanted, IMPRINT), form, wanted, cage, name="a.docx")
    same(word_form(form, wanted, IMPRINT, paper=True), form, wanted, cage, name="giay.docx")
    same(excel_form(form, wanted, IMPRINT), form, wanted, cage, name="a.xlsx")


@KINDS
def test_a_blank_gives_nothing(kind: str, cage: Cage) -> None:
    form = get_form(kind)
    for made, name in (
        (word_form(form, {}, IMPRINT), "a.docx"),
        (word_form(form, {}, IMPRINT, paper=True), "giay.docx"),
        (excel_form(form, {}, IMPRINT), "a.xlsx"),
    ):
        (reading,) = read_form(made, name=name, cage=cage)
        assert reading.kind == kind
        assert values(reading) in ({}, {"rows": []})
        assert [problem.code for problem in reading.problems] == ["blank_form"]


def converted(folder: Path, target: str) -> Path:
    """Every Word file of a folder, saved as another type by one call of LibreOffice."""
    program = find_soffice()
    assert program is not None
    command = [
        str(program), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target,
        "--outdir", str(folder / "ra"), *map(str, sorted(folder.glob("*.docx"))),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "ra"


@pytest.mark.soffice
@settings(
    max_examples=1,
    phases=[Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data())
def test_saved_again_by_libreoffice(data: st.DataObject, cage: Cage, tmp_path: Path) -> None:
    """All kinds in one call; LibreOffice 7.4 drops the tags and the placeholders' marks."""
    wanted = {kind: data.draw(filled(form), label=kind) for kind, form in FORMS.items()}
    for kind, form in FORMS.items():
        made = fill_word(word_form(form, {}, IMPRINT), form, wanted[kind])
        (tmp_path / f"{kind}.docx").write_bytes(made)
    folder = converted(tmp_path, "docx")
    for kind, form in FORMS.items():
        saved = (folder / f"{kind}.docx").read_bytes()
        same(saved, form, wanted[kind], cage, name=f"{kind}.docx")


@pytest.mark.soffice
@settings(
    max_examples=1,
    phases=[Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data())
def test_printed_to_pdf(data: st.DataObject, cage: Cage, tmp_path: Path) -> None:
    """The Word form, filled and printed: its narrow columns run words together and break them."""
    wanted = {kind: data.draw(filled(form), label=kind) for kind, form in FORMS.items()}
    for kind, form in FORMS.items():
        made = fill_word(word_form(form, {}, IMPRINT), form, wanted[kind])
        (tmp_path / f"{kind}.docx").write_bytes(made)
    folder = converted(tmp_path, "pdf")
    for kind, form in FORMS.items():
        same((folder / f"{kind}.pdf").read_bytes(), form, wanted[kind], cage, name=f"{kind}.pdf")
