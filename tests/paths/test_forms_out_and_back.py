"""The circle: a form is made, filled by a script, read, and gives the same values, whatever program saved it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.forms import FORMS, FormField, FormKind, get_form
from core.schema import FieldKind
from docgen.blanks.excel import excel_form
from docgen.blanks.word import word_form
from docgen.engine.pdf import find_soffice
from intake import read_form
from intake.cage import Cage
from intake.reading import Reading
from tests.docgen.blanks.returned import (
    IMPRINT,
    NAMES,
    fill_excel,
    fill_word,
    filled,
    fitted,
    ruled,
)

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


def converted(folder: Path, target: str, *, source: str = "docx") -> Path:
    """Every file of that type in a folder, saved as another type by one call of LibreOffice."""
    program = find_soffice()
    assert program is not None
    command = [
        str(program), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target,
        "--outdir", str(folder / "ra"), *map(str, sorted(folder.glob(f"*.{source}"))),
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


def longest(form: FormKind) -> dict[str, object]:
    """Every text as long as the form states, in wide letters; numbers as long as they get."""
    made = {one.key: longest_value(one) for one in form.fields}
    rows = [{one.key: longest_value(one) for one in form.columns} for _ in range(2)]
    return made | ({"rows": rows} if form.columns else {})


def longest_value(one: FormField) -> object:
    if one.kind is FieldKind.TEXT and one.key not in SPECIAL:
        if one.key in NAMES:
            return fitted(" ".join(NAME), one.room)
        return fitted(" ".join(WIDE), one.room)
    if one.options:
        return max(one.options, key=lambda option: len(option.label_vi)).code
    return SPECIAL.get(one.key, LONGEST.get(one.kind, min(10**one.room - 1, 9_999_999)))


NAME = ("Nguyễn", "Hoàng", "Quỳnh", "Mừ", "Thương", "Páo", "Đường", "Dở", "Phượng")
WIDE = ("Công", "ty", "TNHH", "MTV", "Đầu", "tư", "Xây", "dựng", "“Mường”", "Than", "(H'Mông)", "A&B",
        "=1+1") * 9  # fmt: skip
SPECIAL: dict[str, object] = {"ethnicity": "Khơ Mú", "contact_email": f"{'ketoan' * 6}@vidu.example"}  # fmt: skip
LONGEST: dict[FieldKind, object] = {
    FieldKind.BOOLEAN: False, FieldKind.MONEY: 100_000_000, FieldKind.RATE: 112.25, FieldKind.DATE: "2024-12-30",
    FieldKind.PARTIAL_DATE: "2024-12-30", FieldKind.TIME: "14:35", FieldKind.TERM: "2024-2029",
    FieldKind.PERIOD: "2023-12-01/2024-05-31", FieldKind.TAX_CODE: "6299900012-001",
    FieldKind.ID_NUMBER: "012199012345",
    FieldKind.PHONE: "0912345678; 0987654321",
}  # fmt: skip


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
@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_printed_to_pdf(suffix: str, data: st.DataObject, cage: Cage, tmp_path: Path) -> None:
    """The form, filled and printed: its narrow columns run words together and break them; nothing is cut off."""
    wanted = {}
    for kind, form in FORMS.items():
        wanted[f"{kind}-1"] = data.draw(filled(form), label=kind)
        wanted[f"{kind}-2"] = longest(form)
    for name, values in wanted.items():
        form = get_form(name.partition("-")[0])
        made = (
            fill_word(word_form(form, {}, IMPRINT), form, values)
            if suffix == "docx"
            else fill_excel(excel_form(form, {}, IMPRINT), form, values)
        )
        (tmp_path / f"{name}.{suffix}").write_bytes(made)
    folder = converted(tmp_path, "pdf", source=suffix)
    for name, values in wanted.items():
        form = get_form(name.partition("-")[0])
        same((folder / f"{name}.pdf").read_bytes(), form, values, cage, name=f"{name}.pdf")


@pytest.mark.soffice
def test_what_runs_out_of_its_cell_is_never_taken_for_sure(cage: Cage, tmp_path: Path) -> None:
    """Where somebody fixed the height of the rows, wide letters run into the row below."""
    form = get_form("collective_application")
    wanted = longest(form)
    made = fill_word(word_form(form, {}, IMPRINT), form, wanted)
    (tmp_path / "a.docx").write_bytes(ruled(made, grows=False))
    folder = converted(tmp_path, "pdf")
    (reading,) = read_form((folder / "a.pdf").read_bytes(), name="a.pdf", cage=cage)
    assert reading.rows is not None
    names = [row["full_name"] for row in reading.rows[:2]]
    assert [one.value for one in names] != [row["full_name"] for row in wanted["rows"]]  # type: ignore[attr-defined]
    assert all([problem.code for problem in one.problems] == ["unsure"] for one in names)
    assert reading.rows[0]["id_number"].problems == ()
