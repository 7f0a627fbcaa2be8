"""Papers are found by what people type, and go out of the store with names that people can read."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest

from core.errors import NotFound, UserError
from docgen.models import Document
from docgen.services.access import get_document
from docgen.services.batches import create_batch, issue_batch, run_item, sign_batch, start_batch
from docgen.services.exports import export_batch, folder_name
from records.models import Campaign
from tests.sample import CLERK, PLAN, draft, issued, run_waiting

MAY_2 = date(2024, 5, 2)
MAY_16 = date(2024, 5, 16)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["01/KH-LĐLĐ", " 01/KH-LĐLĐ \n", unicodedata.normalize("NFD", "01/KH-LĐLĐ")]
)
def test_a_paper_is_found_by_its_number(sample: Campaign, typed: str) -> None:
    paper = issued(*PLAN, on=MAY_2)
    assert get_document(typed).pk == paper.pk
    assert get_document(str(paper.pk)).pk == paper.pk


@pytest.mark.parametrize("typed", ["", "  ", "99/KH-LĐLĐ", "0b0e5b1e-0000-4000-8000-000000000000"])
def test_what_does_not_exist_is_said(sample: Campaign, typed: str) -> None:
    draft(*PLAN, on=MAY_2)  # a draft has no number: nothing typed does not mean it
    with pytest.raises(NotFound, match="Không có văn bản"):
        get_document(typed)


def test_a_number_of_several_bodies_lists_them_with_their_days(sample: Campaign) -> None:
    papers = [
        issued("founding_decision", f"case:{code}", on=MAY_16) for code in ("hs24-001", "hs24-051")
    ]
    assert {paper.code for paper in papers} == {"01/QĐ-LĐLĐ"}
    with pytest.raises(UserError, match="Có nhiều văn bản mang số 01/QĐ-LĐLĐ") as caught:
        get_document("01/QĐ-LĐLĐ")
    for paper in papers:
        assert f"{paper.issuer.name}, 16/05/2024 ({paper.pk})" in caught.value.message


def test_a_batch_is_exported_in_a_folder_for_each_body(sample: Campaign, tmp_path: Path) -> None:
    batch = create_batch(
        sample,
        kind="founding_decision",
        where={"decide_on": "2024-05-16", "path": "appointment"},
        intended_on=MAY_16,
        actor=CLERK,
    )
    for item in start_batch(batch):
        run_item(item)
    target = tmp_path / "đợt 1.zip"
    assert export_batch(batch, target=target) == 2
    with zipfile.ZipFile(target) as archive:
        assert all("du-thao-" in name for name in archive.namelist())
    sign_batch(batch, signer=None, actor=CLERK)
    papers = issue_batch(batch, on=None, actor=CLERK)
    run_waiting(*papers)
    assert export_batch(batch, target=target) == 2
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted(
            f"{folder_name(p.issuer.name)}/{p.code.replace('/', '-')}_2024-05-16.docx"
            for p in Document.objects.select_related("issuer")
        )
        assert all(archive.read(name).startswith(b"PK") for name in archive.namelist())
    with pytest.raises(UserError, match="Không ghi được tệp") as caught:
        export_batch(batch, target=tmp_path / "khong-co" / "dot.zip")
    assert caught.value.code == "unwritable"


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Liên đoàn Lao động huyện Tam Đường", "Lien-doan-Lao-dong-huyen-Tam-Duong"),
        ("../../etc", "etc"),
        ("<>", "khac"),
    ],
)
def test_folders_have_plain_names(name: str, folder: str) -> None:
    assert folder_name(name) == folder
