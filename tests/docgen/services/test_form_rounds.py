"""Rounds of forms made in the background: rows of work, kept files, nothing given out twice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.errors import Conflict, UserError
from docgen.blanks.make import Format
from docgen.models import FormJob
from docgen.services import form_rounds, jobs
from docgen.services.form_rounds import (
    RoundWish,
    begin_round,
    counts_of,
    form_bytes,
    given_forms,
    make_job,
    zip_pieces,
)
from docgen.services.jobs import claim
from intake import read_form
from intake.lookup import IssuedForms
from intake.read import shared_cage
from records.models import Campaign, UnionOrg
from registry.models import FormRound, IssuedForm
from tests.sample import sample, sample_rows
from workers.form_rounds import make_forms

__all__ = ["sample", "sample_rows"]
WISH = RoundWish(
    "ptdv-2024", "progress_report", Format.DOCX, date(2024, 5, 20), date(2024, 6, 5), "2024-05"
)


@pytest.fixture(autouse=True, scope="module")
def no_child_is_left() -> Iterator[None]:
    yield
    shared_cage().close()


def test_each_unit_gets_its_form_and_the_file_is_kept(sample: Campaign) -> None:
    made = begin_round(WISH, actor="văn thư")
    assert counts_of(made.jobs.all()).total == 9
    assert not IssuedForm.objects.exists()
    assert make_forms() == 9
    counts = counts_of(made.jobs.all())
    assert (counts.made, counts.refused, counts.is_open) == (9, 0, False)
    district = UnionOrg.objects.get(code="ldld-huyen-tam-duong")
    (form,) = given_forms(made, unit=district.pk)
    data, _ = form_bytes(form)
    (reading,) = read_form(data, name="bao-cao.docx", store=IssuedForms())
    assert reading.record is not None
    assert (reading.record.id, reading.fields["period"].value) == (district.code, "2024-05")


def test_a_zip_has_a_folder_for_each_unit(sample: Campaign) -> None:
    made = begin_round(WISH, actor="văn thư")
    make_forms()
    data = b"".join(zip_pieces(given_forms(made), folders=True))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert len(names) == 9
    assert any("tam-duong" in name.lower() and name.endswith(".docx") for name in names)


def test_the_same_wish_twice_is_one_round_and_again_must_be_said(sample: Campaign) -> None:
    first = begin_round(WISH, actor="văn thư")
    assert begin_round(WISH, actor="văn thư") == first
    assert FormJob.objects.count() == 9
    make_forms()
    with pytest.raises(Conflict) as refused:
        begin_round(WISH, actor="văn thư")
    assert refused.value.code == "round_exists"
    assert begin_round(WISH, actor="văn thư", again=True).number == 2
    assert FormRound.objects.count() == 2


def test_what_cannot_be_asked_is_said_before_anything_is_written(
    sample: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_rounds, "unit_records", lambda *_: [])
    with pytest.raises(UserError, match="sớm hơn ngày phát"):
        begin_round(replace(WISH, due=date(2024, 5, 1)), actor="a")
    with pytest.raises(UserError, match="không có hồ sơ nào"):
        begin_round(replace(WISH, kind="enterprise_survey"), actor="a")
    assert not FormRound.objects.exists()


def test_a_worker_that_lost_its_row_gives_nothing_out(sample: Campaign, tmp_path: Path) -> None:
    made = begin_round(WISH, actor="văn thư")
    job = claim(FormJob, made.jobs.order_by("id")[0].pk)
    assert job is not None
    jobs.release(job, code="database", message="mất nối")
    make_job(job, profile=tmp_path)  # a late one, that another may have taken over
    assert not IssuedForm.objects.exclude(sha256="").exists()
    make_forms()
    assert counts_of(made.jobs.all()).made == 9
    assert IssuedForm.objects.exclude(sha256="").count() == 9
