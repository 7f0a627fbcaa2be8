"""An office's own figures: a folder with truth is read, its counts are kept in the store and used from then on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import Unreadable
from core.forms import get_form
from intake import read_form
from intake.calibrate import OFFICE_FILE, calibrate, office_calibration, save_office
from intake.certainty import Calibration, fit, from_json, merged, shipped, to_json
from intake.read import Settings
from intake.reading import Reading
from tests.intake.forms import word_form

KIND = "recognition_request"


def put(folder: Path, name: str, **changes: object) -> None:
    """A filled form with its truth beside it; the changes are made to the truth only."""
    values = {**get_form(KIND).example, **changes}
    (folder / name).write_bytes(word_form(KIND))
    truth = json.dumps([{"kind": KIND, "values": values}], ensure_ascii=False)
    (folder / f"{name}.truth.json").write_text(truth, encoding="utf-8")


def read(path: Path) -> list[Reading]:
    return read_form(path.read_bytes(), name=path.name)


def test_right_and_wrong_values_are_counted(tmp_path: Path) -> None:
    put(tmp_path, "a.docx")
    put(tmp_path, "b.docx", signer_name="Người khác", rows=[])
    made = calibrate(tmp_path, read)
    assert (made.files, made.values, made.right) == (2, 2 * 19, 2 * 19 - 1 - 9)
    assert len(made.wrong) == 10
    assert made.wrong[0] == "b.docx: signer_name đọc là 'Lò Thị Mẫu', đúng là 'Người khác'."
    counts = fit(made.outcomes).counts
    assert counts["docx"] == (28, 38)
    assert counts["docx|cell.written|enum"] == (3, 6)


def test_the_store_keeps_the_shipped_figures_with_the_offices(tmp_path: Path) -> None:
    folder, home = tmp_path / "mau", tmp_path / "kho"
    folder.mkdir()
    put(folder, "a.docx", signer_name="Người khác")
    save_office(home, calibrate(folder, read))
    kept = from_json(office_calibration(home))
    assert kept.counts["docx"] == (50 + 18, 50 + 19)
    (reading,) = read_form(
        word_form(KIND), name="a.docx", settings=Settings(calibration=to_json(kept))
    )
    group = ("docx", "cell.written", "text")
    assert reading.fields["signer_name"].confidence == kept.probability(group)
    assert kept.probability(group) < shipped().probability(group)


def test_one_wrong_form_of_an_office_goes_to_people_again() -> None:
    poor = fit([(("docx", "line.written", "date"), False)] * 40)
    assert poor.probability(("docx", "line.written", "date")) < 0.5
    assert merged(poor, Calibration({})).counts == poor.counts


def test_damaged_figures_and_truth_are_said(tmp_path: Path) -> None:
    assert office_calibration(tmp_path) == ""
    (tmp_path / OFFICE_FILE).write_text("{", encoding="utf-8")
    with pytest.raises(Unreadable, match=r"--calibrate"):
        office_calibration(tmp_path)
    with pytest.raises(Unreadable, match=r"truth\.json"):
        calibrate(tmp_path, read)
    (tmp_path / "a.docx.truth.json").write_text('[{"kind": "la"}]', encoding="utf-8")
    with pytest.raises(Unreadable, match="loại biểu mẫu"):
        calibrate(tmp_path, read)


def test_a_form_that_is_not_read_is_said(tmp_path: Path) -> None:
    put(tmp_path, "a.docx")
    (tmp_path / "a.docx").write_bytes(word_form("vote_count"))
    put(tmp_path, "b.docx")
    (tmp_path / "b.docx").write_bytes(b"MZ")
    made = calibrate(tmp_path, read)
    assert [one.split(":")[0] for one in made.unread] == ["a.docx", "b.docx"]
    assert made.values == 0
