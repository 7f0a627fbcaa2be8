"""The pages of a reporting unit: its own forms and files, and nobody else's by any address."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.forms import get_form
from docgen.blanks.make import Format
from docgen.services.form_rounds import RoundWish, begin_round, form_bytes
from intake.models import ReceivedFile, ReturnedForm
from intake.read import shared_cage
from intake.services.reading import read_return
from intake.services.review import send_back
from records.models import (
    Campaign,
    Enterprise,
    EnterpriseUpper,
    OrgKind,
    OrgLevel,
    OrgSuccession,
    UnionOrg,
)
from registry.models import FormRound, IssuedForm
from tests.docgen.blanks.returned import fill_word
from tests.sample import sample, sample_rows
from tests.web.conftest import SignedIn
from web.models import Access, AccessLog
from web.rights import Role
from web.unit.scope import own_forms, scope_of
from workers.form_rounds import make_forms

__all__ = ["sample", "sample_rows"]
pytestmark = pytest.mark.django_db
OWN, OTHER = "ldld-huyen-tam-duong", "ldld-huyen-muong-te"
SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture(autouse=True, scope="module")
def no_child_is_left() -> Iterator[None]:
    yield
    shared_cage().close()


@pytest.fixture
def made(sample: Campaign) -> FormRound:
    wish = RoundWish(
        "ptdv-2024", "progress_report", Format.DOCX, date(2024, 5, 20), date(2024, 6, 5), "2024-05"
    )
    found = begin_round(wish, actor="vanthu")
    make_forms()
    return found


def org(code: str) -> UnionOrg:
    return UnionOrg.objects.get(code=code)


@pytest.fixture
def officer(made: FormRound, signed_in: SignedIn) -> Client:
    return signed_in(Role.OFFICER, unit=org(OWN))


@pytest.fixture
def stranger(made: FormRound, signed_in: SignedIn) -> Client:
    """An officer of another unit."""
    return signed_in(Role.OFFICER, username="nguoi-la", unit=org(OTHER))


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def own_serial(code: str = OWN) -> int:
    return IssuedForm.objects.get(unit__code=code).pk


def filled(code: str = OWN) -> bytes:
    """The unit's report of May, filled in."""
    issued = IssuedForm.objects.select_related("file").get(unit__code=code)
    data, _ = form_bytes(issued)
    row = {"org_name": org(code).name, "month_joined": 3, "cum_joined": 9}
    report = {"district": org(code).name, "period": "2024-05", "as_of": "2024-05-28", "rows": [row]}
    return fill_word(data, get_form("progress_report"), report)


def hand_in(client: Client, data: bytes, name: str = "báo cáo.docx") -> str:
    given = {"tep": SimpleUploadedFile(name, data)}
    return client.post("/don-vi/nop/", given, headers=SCRIPT).content.decode()


def handed_in(client: Client) -> tuple[ReceivedFile, ReturnedForm]:
    hand_in(client, filled())
    row = ReceivedFile.objects.get(sender__code=OWN)
    read_return(row.pk)
    row.refresh_from_db()
    return row, row.forms.get()


def test_what_is_to_be_done_and_the_form_to_do_it_with(officer: Client, made: FormRound) -> None:
    first = text(officer, "/don-vi/")
    assert "1 phiếu quá hạn" in first
    assert "05/6/2024" in first
    form = officer.get(f"/don-vi/phieu/{own_serial()}/")
    assert 'filename="BCTD-ldld-huyen-tam-duong.docx"' in form["Content-Disposition"]
    whole = officer.get(f"/don-vi/phieu/dot-{made.pk}.zip")
    with zipfile.ZipFile(io.BytesIO(whole.getvalue())) as archive:
        assert archive.namelist() == ["BCTD-ldld-huyen-tam-duong.docx"]
    blank = officer.get("/don-vi/mau-trong/vote_count.xlsx")
    assert blank.content.startswith(b"PK")
    subjects = set(AccessLog.objects.filter(action=Access.TOOK).values_list("subject", flat=True))
    assert subjects == {f"issuedform:{own_serial()}", f"formround:{made.pk}"}


def test_a_form_handed_in_is_no_longer_owed_until_it_is_sent_back(officer: Client) -> None:
    row, form = handed_in(officer)
    assert row.received_by == "nguoi-thu"
    assert form.issued_id == own_serial()
    assert "không còn phiếu nào phải nộp" in text(officer, "/don-vi/")
    assert "Chờ kiểm tra" in text(officer, "/don-vi/da-nop/")
    send_back(form.pk, actor="vanthu", reason="Thiếu chữ ký của Chủ tịch")
    again = text(officer, "/don-vi/")
    assert "1 phiếu bị trả lại" in again
    assert "Lý do trả lại: Thiếu chữ ký của Chủ tịch" in again
    assert "Thiếu chữ ký của Chủ tịch" in text(officer, "/don-vi/da-nop/?trang-thai=sent_back")


def test_the_same_file_again_is_said_and_not_taken_twice(officer: Client) -> None:
    data = filled()
    hand_in(officer, data)
    again = hand_in(officer, data, "tên khác.docx")
    assert "Trùng" in again
    assert "báo cáo.docx" in again
    assert ReceivedFile.objects.count() == 1


def test_another_unit_reaches_nothing_by_any_address(
    officer: Client, stranger: Client, made: FormRound
) -> None:
    row, form = handed_in(officer)
    for address in (
        f"/don-vi/phieu/{own_serial()}/",
        f"/don-vi/da-nop/{row.pk}/",
        f"/don-vi/da-nop/{row.pk}/tep-goc/",
        "/don-vi/phieu/dot-999.zip",
        "/don-vi/mau-trong/khong_co.docx",
        "/don-vi/mau-trong/vote_count.exe",
    ):
        text(stranger, address, 404)
    for address in (
        f"/kiem-tra-phieu/{form.pk}/",
        f"/phieu-da-nhan/{row.pk}/tep-goc/",
        f"/phieu-phat/{own_serial()}/",
        f"/dot-thu-phieu/{made.pk}/{OWN}/",
        f"/dot-thu-phieu/{made.pk}/{OWN}/tai-ve.zip",
    ):
        text(stranger, address, 403)
    for address in ("/don-vi/", "/don-vi/phieu/", "/don-vi/da-nop/", "/don-vi/tien-do/"):
        shown = text(stranger, address)
        assert "báo cáo.docx" not in shown
        assert "Tam Đường" not in shown
    whole = stranger.get(f"/don-vi/phieu/dot-{made.pk}.zip")
    with zipfile.ZipFile(io.BytesIO(whole.getvalue())) as archive:
        assert archive.namelist() == [f"BCTD-{OTHER}.docx"]


def test_the_file_of_another_unit_is_answered_without_a_word_about_it(
    officer: Client, stranger: Client
) -> None:
    hand_in(officer, filled(), "của Tam Đường.docx")
    answer = hand_in(stranger, filled(), "tep.docx")
    assert "Cơ quan đã nhận đúng tệp này từ trước" in answer
    assert "Tam Đường" not in answer
    assert "/don-vi/da-nop/" not in answer


def test_pages_of_the_office_do_not_open_for_an_officer_nor_his_for_the_office(
    officer: Client, signed_in: SignedIn
) -> None:
    office = signed_in(Role.SECRETARY, username="vanthu")
    for address in ("/don-vi/", "/don-vi/phieu/", "/don-vi/da-nop/", "/don-vi/tien-do/"):
        text(office, address, 403)
    assert office.post("/don-vi/nop/", {}).status_code == 403
    for address in ("/dot-thu-phieu/", "/phieu-da-nhan/", "/kiem-tra-phieu/"):
        text(officer, address, 403)


def test_own_figures_stand_against_the_quota(officer: Client) -> None:
    shown = text(officer, "/don-vi/tien-do/")
    assert "Đoàn viên kết nạp mới" in shown
    assert "Chưa có báo cáo tiến độ nào" in shown


@pytest.mark.parametrize("address", ["/don-vi/", "/don-vi/phieu/", "/don-vi/da-nop/"])
def test_pages_ask_as_often_for_one_form_as_for_many(
    officer: Client, address: str, django_assert_max_num_queries
) -> None:
    handed_in(officer)
    with django_assert_max_num_queries(24):
        text(officer, address)


# --- succession ------------------------------------------------------------------------------------------------

AFTER = date(2025, 8, 1)


def commune(code: str, name: str, *before: str) -> UnionOrg:
    """A commune union that follows district unions from 01/7/2025."""
    made = UnionOrg.objects.create(
        code=code, name=name, level=OrgLevel.UPPER, kind=OrgKind.COMMUNE_UNION, valid_from=date(2025, 7, 1)
    )  # fmt: skip
    for one in before:
        OrgSuccession.objects.filter(predecessor__code=one).delete()
    return made


def test_a_unit_that_took_over_another_whole_has_its_forms(made: FormRound) -> None:
    heir = commune("cd-binh-lu", "Công đoàn xã Bình Lư", OWN)
    OrgSuccession.objects.create(predecessor=org(OWN), successor=heir, on=date(2025, 7, 1))
    mine = own_forms(scope_of(heir, on=AFTER))
    assert [one.unit for one in mine] == [org(OWN)]
    assert not own_forms(scope_of(heir, on=date(2025, 6, 30))).exists()  # not yet its own


def test_of_a_divided_district_each_commune_has_its_own_enterprises(sample: Campaign) -> None:
    wish = RoundWish(
        "ptdv-2024",
        "enterprise_survey",
        Format.DOCX,
        date(2024, 5, 20),
        date(2024, 6, 5),
        "2024-05",
    )
    begin_round(wish, actor="vanthu")
    make_forms()
    forms = IssuedForm.objects.filter(unit=org(OWN))
    assert forms.count() > 1
    first, second = commune("cd-a", "Công đoàn xã A", OWN), commune("cd-b", "Công đoàn xã B")
    for heir in (first, second):
        OrgSuccession.objects.create(predecessor=org(OWN), successor=heir, on=date(2025, 7, 1))
    moved = forms.order_by("serial")[0]
    place = Enterprise.objects.get(code=moved.record_id)
    EnterpriseUpper.objects.filter(enterprise=place).update(valid_to=date(2025, 6, 30))
    EnterpriseUpper.objects.create(enterprise=place, org=first, valid_from=date(2025, 7, 1))
    assert list(own_forms(scope_of(first, on=AFTER))) == [moved]
    assert not own_forms(scope_of(second, on=AFTER)).exists()


def test_the_province_is_no_heir_of_the_districts_here(made: FormRound) -> None:
    province = org("ldld-lai-chau")
    assert {one.unit for one in own_forms(scope_of(province, on=AFTER))} == {province}


def test_the_bar_shows_one_place_at_a_time(officer: Client) -> None:
    for address in ("/don-vi/", "/don-vi/phieu/", "/don-vi/tien-do/"):
        assert text(officer, address).count('aria-current="page"') == 1, address


def test_an_ended_unit_is_told_so(officer: Client) -> None:
    assert "đã kết thúc hoạt động ngày 30/6/2025" in text(officer, "/don-vi/")
