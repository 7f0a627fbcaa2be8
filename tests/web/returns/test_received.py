"""Files that come back to the office: each answered on its own, found again, taken as they came."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from intake.models import FileState, ReceivedFile
from intake.read import shared_cage
from intake.services.reading import read_return
from records.models import Campaign, UnionOrg
from tests.intake.forms import word_form
from tests.intake.returns import returned
from tests.intake.test_dossier import survey, untouched
from tests.sample import sample, sample_rows
from tests.web.conftest import SignedIn
from web.models import Access, AccessLog
from web.rights import Role

__all__ = ["sample", "sample_rows"]
pytestmark = pytest.mark.django_db
HTML = b"<html><body>x</body></html>"
DISTRICT = "ldld-huyen-tam-duong"


@pytest.fixture(autouse=True, scope="module")
def no_child_is_left() -> Iterator[None]:
    yield
    shared_cage().close()


@pytest.fixture
def office(sample: Campaign, signed_in: SignedIn) -> Client:
    return signed_in(Role.SECRETARY)


def send(client: Client, *files: tuple[str, bytes], address: str = "/phieu-da-nhan/nop/", **more):
    given = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(address, {"tep": given, **more}, headers={"X-Requested-With": "fetch"})


def test_every_file_is_answered_on_its_own(office: Client, sample: Campaign) -> None:
    data = word_form("enterprise_survey", survey(untouched(sample).enterprise))
    answer = send(office, ("phiếu khảo sát.docx", data), ("trang.docx", HTML)).content.decode()
    assert "phiếu khảo sát.docx" in answer
    assert "every 2s" in answer
    assert "Không nhận" in answer
    assert "Tệp là trang web (HTML)" in answer
    again = send(office, ("tên khác.docx", data)).content.decode()
    assert "Trùng" in again
    assert "Tệp này đã nhận lúc" in again
    (row,) = ReceivedFile.objects.all()
    assert (row.name, row.arrival, row.received_by) == ("phiếu khảo sát.docx", "desk", "nguoi-thu")
    read_return(row.pk)
    line = office.get(f"/phieu-da-nhan/{row.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in line
    assert "Phiếu khảo sát" in line


def test_a_plain_form_without_script_gets_a_page(office: Client, sample: Campaign) -> None:
    data = word_form("enterprise_survey", survey(untouched(sample).enterprise))
    answer = office.post("/phieu-da-nhan/nop/", {"tep": SimpleUploadedFile("a.docx", data)})
    assert "Vừa nộp 1 tệp" in answer.content.decode()
    assert office.post("/phieu-da-nhan/nop/", {}).status_code == 422


def test_names_of_files_are_no_paths_and_no_markup(office: Client, sample: Campaign) -> None:
    data = word_form("enterprise_survey", survey(untouched(sample).enterprise))
    name = '../../etc/<img src=x onerror="a">\r\nX: y.docx'
    answer = send(office, (name, data)).content.decode()
    assert "<img" not in answer
    (row,) = ReceivedFile.objects.all()
    taken = office.get(f"/phieu-da-nhan/{row.pk}/tep-goc/")
    assert taken.content == data
    assert "\r" not in taken["Content-Disposition"]
    assert "/" not in taken["Content-Disposition"].partition("filename")[2]
    assert AccessLog.objects.get(action=Access.TOOK).subject == f"receivedfile:{row.pk}"


def test_the_unit_that_sent_it_is_written_down(office: Client, sample: Campaign) -> None:
    data = word_form("enterprise_survey", survey(untouched(sample).enterprise))
    send(office, ("a.docx", data), **{"don-vi": DISTRICT})
    assert ReceivedFile.objects.get().sender == UnionOrg.objects.get(code=DISTRICT)
    assert send(office, ("b.docx", data), **{"don-vi": "khong-co"}).status_code == 422


def test_the_list_is_found_by_state_kind_and_unit_in_a_constant_number_of_queries(
    office: Client, sample: Campaign, django_assert_max_num_queries
) -> None:
    place = untouched(sample).enterprise
    form = returned("enterprise_survey", survey(place) | {"workers_total": 900})
    returned("vote_count", {"union_name": "Công đoàn cơ sở Không Có"})
    with django_assert_max_num_queries(22):
        shown = office.get("/phieu-da-nhan/").content.decode()
    assert place.name in shown
    for query, found in (
        ("trang-thai=needs_review", True),
        ("trang-thai=applied", False),
        ("trang-thai=received", False),
        ("loai=enterprise_survey", True),
        ("loai=member_list", False),
        (f"don-vi={form.org.code if form.org else '-'}", True),
        ("don-vi=van-phong", False),
        ("tim=enterprise", True),
        ("tim=khong+co", False),
    ):
        text = office.get(f"/phieu-da-nhan/?{query}").content.decode()
        assert (place.name in text) is found, query


def test_a_failed_file_is_read_again(office: Client, sample: Campaign) -> None:
    data = word_form("enterprise_survey", survey(untouched(sample).enterprise))
    send(office, ("a.docx", data))
    row = ReceivedFile.objects.get()
    ReceivedFile.objects.update(state=FileState.FAILED, error_message="Máy chạy việc dừng.")
    assert "Đọc lại" in office.get(f"/phieu-da-nhan/{row.pk}/").content.decode()
    assert office.post(f"/phieu-da-nhan/{row.pk}/doc-lai/").status_code == 302
    row.refresh_from_db()
    assert row.state == FileState.RECEIVED


def test_readers_see_no_names_of_files_and_take_none(
    office: Client, sample: Campaign, signed_in: SignedIn
) -> None:
    data = word_form("enterprise_survey", survey(untouched(sample).enterprise))
    send(office, ("đơn của Lò Thị Mẫu.docx", data))
    row = ReceivedFile.objects.get()
    reader = signed_in(Role.READER, username="xem")
    shown = reader.get("/phieu-da-nhan/").content.decode()
    assert "Lò Thị Mẫu" not in shown
    assert f"Tệp số {row.pk}" in shown
    assert reader.get(f"/phieu-da-nhan/{row.pk}/tep-goc/").status_code == 403
    assert send(reader, ("b.docx", data)).status_code == 403
    unit = UnionOrg.objects.get(code=DISTRICT)
    officer = signed_in(Role.OFFICER, username="donvi", unit=unit)
    for address in (
        "/phieu-da-nhan/",
        f"/phieu-da-nhan/{row.pk}/",
        f"/phieu-da-nhan/{row.pk}/tep-goc/",
    ):
        assert officer.get(address).status_code == 403, address
    assert send(officer, ("b.docx", data)).status_code == 403
