"""Rounds at the desk: asked for, made once, taken away, and who has returned what."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.test import Client

from docgen.blanks.make import Format
from docgen.models import FormJob
from docgen.services.form_rounds import RoundWish, begin_round
from records.models import Campaign, UnionOrg
from registry.models import FormRound, IssuedForm
from tests.sample import sample, sample_rows
from tests.web.conftest import SignedIn
from web.models import Access, AccessLog
from web.rights import Role
from workers.form_rounds import make_forms

__all__ = ["sample", "sample_rows"]
pytestmark = pytest.mark.django_db
ASKED = {
    "loai": "progress_report", "chien-dich": "ptdv-2024", "ngay": "20/5/2024", "han": "5/6/24",
    "ky": "tháng 5/2024", "dang": "docx",
}  # fmt: skip


@pytest.fixture
def office(sample: Campaign, signed_in: SignedIn) -> Client:
    return signed_in(Role.SECRETARY)


@pytest.fixture
def made(sample: Campaign) -> FormRound:
    """A round whose forms are made."""
    wish = RoundWish(
        "ptdv-2024", "progress_report", Format.DOCX, date(2024, 5, 20), date(2024, 6, 5), "2024-05"
    )
    found = begin_round(wish, actor="vanthu")
    make_forms()
    return found


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_an_empty_list_offers_the_first_step_to_who_may(
    sample: Campaign, signed_in: SignedIn
) -> None:
    assert "Phát đợt đầu tiên" in page(signed_in(Role.SECRETARY), "/dot-thu-phieu/")
    reader = page(signed_in(Role.READER, username="xem"), "/dot-thu-phieu/")
    assert "Phát đợt đầu tiên" not in reader
    assert "Văn thư hoặc chuyên viên phát phiếu" in reader


def test_a_round_is_asked_for_once_and_made_by_the_worker(office: Client) -> None:
    first = office.post("/dot-thu-phieu/moi/", ASKED)
    again = office.post("/dot-thu-phieu/moi/", ASKED)
    assert first.status_code == 302
    assert first["Location"] == again["Location"]
    assert FormJob.objects.count() == 9
    waiting = page(office, first["Location"])
    assert "Đang tạo phiếu: 0/9" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    make_forms()
    ready = page(office, first["Location"])
    assert "<strong>0/9</strong> phiếu đã về" in ready
    assert "every 2s" not in ready
    assert "Tháng 5/2024" not in ready
    assert "tháng 5/2024" in ready


def test_dates_that_are_none_are_said_beside_what_was_typed(office: Client) -> None:
    answer = office.post("/dot-thu-phieu/moi/", ASKED | {"han": "31/6/2024"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Hạn nộp:" in text
    assert 'value="31/6/2024"' in text
    early = office.post("/dot-thu-phieu/moi/", ASKED | {"han": "1/5/2024"}).content.decode()
    assert "sớm hơn ngày phát" in early
    for wrong in ({"loai": "khong-co"}, {"dang": "exe"}, {"ky": "hôm qua"}, {"chien-dich": "x"}):
        assert office.post("/dot-thu-phieu/moi/", ASKED | wrong).status_code == 422, wrong
    assert not FormRound.objects.exists()


def test_a_period_that_was_sent_is_sent_again_only_on_purpose(
    office: Client, made: FormRound
) -> None:
    refused = office.post("/dot-thu-phieu/moi/", ASKED)
    assert refused.status_code == 422
    assert "Phát lại kỳ này với mã mới" in refused.content.decode()
    again = office.post("/dot-thu-phieu/moi/", ASKED | {"lai": "1"})
    assert again.status_code == 302
    assert made.campaign.form_rounds.count() == 2


def test_who_gets_how_many_forms_is_shown_before(office: Client) -> None:
    shown = page(
        office,
        "/dot-thu-phieu/moi/don-vi/?loai=progress_report&chien-dich=ptdv-2024&ngay=20/5/2024",
    )
    assert "9 phiếu cho 9 đơn vị" in shown
    assert "Liên đoàn Lao động huyện Tam Đường" in shown


def test_a_zip_for_each_unit_and_for_all_is_noted(office: Client, made: FormRound) -> None:
    whole = office.get(f"/dot-thu-phieu/{made.pk}/tai-ve.zip")
    assert whole["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(whole.getvalue())) as archive:
        assert len(archive.namelist()) == 9
    one = office.get(f"/dot-thu-phieu/{made.pk}/ldld-huyen-tam-duong/tai-ve.zip")
    with zipfile.ZipFile(io.BytesIO(one.getvalue())) as archive:
        assert archive.namelist() == ["BCTD-ldld-huyen-tam-duong.docx"]
    serial = IssuedForm.objects.get(unit__code="ldld-huyen-tam-duong").pk
    form = office.get(f"/phieu-phat/{serial}/")
    assert 'filename="BCTD-ldld-huyen-tam-duong.docx"' in form["Content-Disposition"]
    taken = AccessLog.objects.filter(action=Access.TOOK).values_list("subject", "note")
    assert set(taken) == {
        (f"formround:{made.pk}", "tất cả đơn vị"),
        (f"formround:{made.pk}", "ldld-huyen-tam-duong"),
        (f"issuedform:{serial}", ""),
    }


def test_the_table_of_a_round_asks_as_often_for_one_unit_as_for_nine(
    office: Client, made: FormRound, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(20):
        page(office, f"/dot-thu-phieu/{made.pk}/")
    with django_assert_max_num_queries(14):
        page(office, "/dot-thu-phieu/?tat-ca=1")


def test_a_unit_that_is_not_in_the_round_has_no_page(office: Client, made: FormRound) -> None:
    page(office, f"/dot-thu-phieu/{made.pk}/ldld-huyen-tam-duong/")
    page(office, f"/dot-thu-phieu/{made.pk}/van-phong/", 404)
    page(office, "/dot-thu-phieu/999/", 404)
    page(office, "/phieu-phat/999/", 404)


def test_who_may_only_read_gives_nothing_out_and_takes_nothing_away(
    sample: Campaign, made: FormRound, signed_in: SignedIn
) -> None:
    reader = signed_in(Role.READER, username="xem")
    page(reader, f"/dot-thu-phieu/{made.pk}/")
    for address in ("/dot-thu-phieu/moi/", f"/dot-thu-phieu/{made.pk}/tai-ve.zip"):
        page(reader, address, 403)
    assert reader.post("/dot-thu-phieu/moi/", ASKED).status_code == 403
    officer = signed_in(
        Role.OFFICER, username="donvi", unit=UnionOrg.objects.get(code="ldld-huyen-tam-duong")
    )
    for address in (
        "/dot-thu-phieu/", "/dot-thu-phieu/moi/", f"/dot-thu-phieu/{made.pk}/",
        f"/dot-thu-phieu/{made.pk}/ldld-huyen-tam-duong/tai-ve.zip", "/phieu-phat/1/",
    ):  # fmt: skip
        page(officer, address, 403)
    assert officer.post("/dot-thu-phieu/moi/", ASKED).status_code == 403
