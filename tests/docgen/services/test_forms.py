"""Forms given out from the sample store: one, and a round with a ZIP for every reporting unit of the day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.errors import DataIncomplete, Outage
from core.forms.identity import find_codes
from docgen.blanks.make import Format
from docgen.engine import pdf
from docgen.prefill.base import Filled
from docgen.services.forms import Order, give_out, issue_form, plan_round
from intake import read_form
from intake.lookup import IssuedForms
from intake.read import shared_cage
from intake.reading import RecordRef
from records.models import Campaign, Enterprise
from registry.forms import find_issued
from registry.models import IssuedForm
from tests.sample import sample, sample_rows

__all__ = ["sample", "sample_rows"]
MAY = date(2024, 5, 20)
DUE = date(2024, 5, 31)


@pytest.fixture(autouse=True, scope="module")
def no_child_is_left() -> Iterator[None]:
    yield
    shared_cage().close()


def test_a_form_given_out_comes_back_as_the_form_of_its_record(
    sample: Campaign, tmp_path: Path
) -> None:
    for file_format in (Format.DOCX, Format.XLSX):
        given = issue_form(
            "enterprise_survey",
            file_format=file_format,
            on=MAY,
            actor="văn thư",
            channel="cli",
            profile=tmp_path,
            record="enterprise:dn-001",
            due=DUE,
        )
        assert given.name == f"KSDN-dn-001.{file_format}"
        assert given.issued.sha256 == hashlib.sha256(given.data).hexdigest()
        (reading,) = read_form(given.data, name=given.name, store=IssuedForms())
        assert (reading.certainty, reading.code) == ("known", given.code)
        assert reading.record == RecordRef("enterprise", "dn-001")
        assert reading.fields["tax_code"].value == "6299300110"
        assert reading.fields["workers_total"].raw == ""


def test_a_plain_blank_has_a_code_and_no_record(sample: Campaign, tmp_path: Path) -> None:
    given = issue_form(
        "vote_count", file_format=Format.DOCX, on=MAY, actor="a", channel="cli", profile=tmp_path
    )
    (code,) = find_codes(given.code)
    assert IssuedForms().issued(code).record is None
    assert given.name == f"BBKP-{given.issued.serial:06d}.docx"


@pytest.mark.soffice
def test_a_pdf_is_printed_from_the_paper_form(sample: Campaign, tmp_path: Path) -> None:
    given = issue_form(
        "membership_application",
        file_format=Format.PDF,
        on=MAY,
        actor="a",
        channel="cli",
        profile=tmp_path / "lo",
        record="case:hs24-001",
    )
    assert given.data.startswith(b"%PDF")
    assert pdf.count_pages(given.data) == 1
    assert find_issued(find_codes(given.code)[0]).file_format == "pdf"


def test_nothing_is_numbered_when_a_value_does_not_fit(sample: Campaign, tmp_path: Path) -> None:
    order = Order("enterprise_survey", Format.DOCX, MAY, Filled({"address": "đ" * 131}))
    with pytest.raises(DataIncomplete, match="Địa chỉ trụ sở"):
        give_out([order], actor="a", channel="cli", profile=tmp_path)
    assert not IssuedForm.objects.exists()


def test_a_form_that_could_not_be_printed_never_left(
    sample: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_soffice", lambda: None)
    with pytest.raises(Outage):
        issue_form(
            "vote_count", file_format=Format.PDF, on=MAY, actor="a", channel="cli", profile=tmp_path
        )
    assert not IssuedForm.objects.exclude(sha256="").exists()


def test_a_round_follows_the_units_of_the_day(sample: Campaign) -> None:
    districts = plan_round(
        "ptdv-2024", kind="progress_report", file_format=Format.DOCX, on=MAY, due=DUE
    )
    kinds = [one.unit.kind for one in districts]
    assert kinds.count("district_federation") == 8
    assert kinds.count("province_federation") == 1
    later = date(2025, 8, 1)
    direct = plan_round(
        "ptdv-2024", kind="progress_report", file_format=Format.DOCX, on=later, due=later
    )
    assert {one.unit.kind for one in direct} == {"grassroots_union"}
    lists = plan_round(
        "ptdv-2024", kind="enterprise_list", file_format=Format.DOCX, on=later, due=later
    )
    assert [one.unit.kind for one in lists] == ["province_federation"]


def test_a_round_gives_each_enterprise_to_the_unit_in_charge(sample: Campaign) -> None:
    plan = plan_round(
        "ptdv-2024", kind="enterprise_survey", file_format=Format.DOCX, on=MAY, due=DUE
    )
    records = [order.record for one in plan for order in one.orders]
    assert len(records) == len(set(records)) == 154
    assert all(order.filled.unit.id == one.unit.id for one in plan for order in one.orders)


def test_what_does_not_fit_is_listed_and_the_others_go_out(sample: Campaign) -> None:
    Enterprise.objects.filter(code="dn-001").update(sector="x" * 120)
    plan = plan_round(
        "ptdv-2024", kind="enterprise_survey", file_format=Format.DOCX, on=MAY, due=DUE
    )
    refused = [(record, fault.message) for one in plan for record, fault in one.refused]
    assert [record for record, _ in refused] == ["enterprise:dn-001"]
    assert "Ngành nghề kinh doanh chính" in refused[0][1]
    assert sum(len(one.orders) for one in plan) == 153
