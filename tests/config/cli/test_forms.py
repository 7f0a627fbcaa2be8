"""`docgen form` and `docgen forms round`."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.read import shared_cage
from records.models import Campaign
from registry.models import FormRound, IssuedForm
from tests.config.cli.calls import Caller, process


@pytest.fixture(autouse=True, scope="module")
def no_child_is_left() -> Iterator[None]:
    yield
    shared_cage().close()


def test_a_blank_needs_no_store(tmp_path: Path) -> None:
    home = tmp_path / "kho"
    made = process(home, "form", "enterprise_survey", "-o", str(tmp_path / "a.docx"), "--json")
    assert made.code == 0
    assert made.json == {
        "file": str(tmp_path / "a.docx"), "kind": "enterprise_survey", "format": "docx", "code": None,
    }  # fmt: skip
    assert "không có mã" in made.err
    assert not home.exists()
    assert zipfile.is_zipfile(tmp_path / "a.docx")


def test_a_form_for_a_record(call: Caller, here: Path, sample: Campaign) -> None:
    made = call(
        "form",
        "enterprise_survey",
        "--for",
        "dn-001",
        "--date",
        "2024-05-02",
        "-o",
        "a.xlsx",
        "--json",
    )
    assert made.code == 0
    assert made.json["format"] == "xlsx"
    issued = IssuedForm.objects.get()
    assert made.json["code"].startswith(f"KSDN.1.{issued.serial:06d}.")
    assert (issued.record_type, issued.record_id) == ("enterprise", "dn-001")
    read = call("read", "a.xlsx", "--json")
    assert read.json[0]["record"] == {"type": "enterprise", "id": "dn-001"}
    assert read.json[0]["form"]["certainty"] == "known"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("form", "phieu", "-o", "a.docx"), "usage", "chọn một trong"),
        (("form", "vote_count", "--for", "case:khong", "-o", "a.docx"), "not_found", "khong"),
        (
            ("form", "vote_count", "--for", "enterprise:dn-001", "-o", "a.docx"),
            "wrong_record",
            "case:mã",
        ),
        (("form", "vote_count", "--format", "pdf", "-o", "a.docx"), "usage", "--format"),
        (("form", "vote_count", "--period", "mai", "-o", "a.docx"), "usage", "--period"),
        (
            ("forms", "round", "la", "--kind", "vote_count", "--due", "2024-05-31", "-o", "d"),
            "not_found",
            "la",
        ),
    ],
)
def test_faults_are_said(
    call: Caller, here: Path, sample: Campaign, arguments: tuple[str, ...], code: str, said: str
) -> None:
    made = call(*arguments, "--json")
    assert made.code == 2
    assert made.error["code"] == code
    assert said in made.error["message"]
    assert not list(here.iterdir())


def test_a_round_gives_one_zip_a_unit(call: Caller, here: Path, sample: Campaign) -> None:
    arguments = (
        "forms", "round", "ptdv-2024", "--kind", "progress_report", "--due", "2024-06-05", "--date", "2024-05-31",
        "--period", "tháng 5/2024", "--json",
    )  # fmt: skip
    made = call(*arguments, "-o", "dot")
    assert made.code == 0
    assert (made.json["forms"], made.json["period"], made.json["number"]) == (9, "2024-05", 1)
    names = sorted(path.name for path in (here / "dot").iterdir())
    assert names == sorted(one["file"] for one in made.json["units"])
    assert "LDLD-huyen-Tam-Duong.zip" in names
    with zipfile.ZipFile(here / "dot" / "LDLD-huyen-Tam-Duong.zip") as archive:
        assert archive.namelist() == ["BCTD-ldld-huyen-tam-duong.docx"]
    again = call(*arguments, "-o", "dot.zip")
    assert again.error["code"] == "round_exists"
    third = call(*arguments, "-o", "dot.zip", "--again")
    assert third.json["number"] == 2
    with zipfile.ZipFile(here / "dot.zip") as archive:
        assert sorted(archive.namelist()) == names
        inner = zipfile.ZipFile(io.BytesIO(archive.read("LDLD-huyen-Tam-Duong.zip")))
    assert inner.namelist() == ["BCTD-ldld-huyen-tam-duong.docx"]
    assert FormRound.objects.count() == 2
    assert IssuedForm.objects.exclude(sha256="").count() == 18


def test_forms_that_do_not_fit_are_listed(call: Caller, here: Path, sample: Campaign) -> None:
    sample.cases.filter(code="hs24-001").update(union_name="Công đoàn cơ sở " + "x" * 300)
    made = call(
        "forms", "round", "ptdv-2024", "--kind", "vote_count", "--due", "2024-03-31", "--date", "2024-03-01", "-o",
        "dot", "--json",
    )  # fmt: skip
    assert made.code == 1
    (failure,) = made.json["failures"]
    assert failure["record"] == "case:hs24-001"
    assert "Tên công đoàn cơ sở" in failure["message"]
    assert json.dumps(made.json["units"], ensure_ascii=False)
