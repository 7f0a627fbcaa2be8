"""The review page: what is shown, what each key does, and that nothing enters the records before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from intake.models import FormState, PaperView, ReturnedForm, ReviewDecision
from intake.read import shared_cage
from intake.services.checking import open_issues
from intake.services.reading import read_return
from intake.services.receiving import New, receive
from records.models import Campaign, ChangeLog, EnterpriseObservation, UnionOrg
from records.services.audit import By
from records.services.enterprises import change_enterprise
from tests.intake.pdfs import picture_page
from tests.intake.returns import at, returned
from tests.intake.test_dossier import PEOPLE, collective, survey, untouched
from tests.sample import sample, sample_rows
from tests.web.conftest import SignedIn
from web.models import Access, AccessLog
from web.rights import Role

__all__ = ["sample", "sample_rows"]
pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True, scope="module")
def no_child_is_left() -> Iterator[None]:
    yield
    shared_cage().close()


@pytest.fixture
def office(sample: Campaign, signed_in: SignedIn) -> Client:
    return signed_in(Role.SPECIALIST)


@pytest.fixture
def doubtful(sample: Campaign) -> ReturnedForm:
    """A survey whose name and number of workers are not those of the records."""
    place = untouched(sample).enterprise
    data = survey(place) | {"enterprise_name": "Công ty TNHH A&B", "workers_total": 900}
    return returned("enterprise_survey", data)


def panel(client: Client, form: ReturnedForm, **sent: str) -> str:
    answer = client.post(f"/kiem-tra-phieu/{form.pk}/quyet-dinh/", sent, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def keys_of(text: str, path: str) -> str:
    """The points that the page shows at a line, as its button sends them."""
    found = re.search(
        rf'name="muc" value="{re.escape(path)}"><input type="hidden" name="diem" value="([^"]*)"',
        text,
    )
    assert found, path
    return found[1]


def test_the_queue_shows_what_is_to_be_decided_without_personal_data(
    office: Client, doubtful: ReturnedForm, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(20):
        text = office.get("/kiem-tra-phieu/").content.decode()
    assert "2 điểm" in text
    assert "tên khác hồ sơ" in text
    assert f"/kiem-tra-phieu/{doubtful.pk}/" in text
    assert (
        "Không có phiếu nào đúng" in office.get("/kiem-tra-phieu/?loai=vote_count").content.decode()
    )


def test_the_page_shows_value_certainty_problem_and_record(
    office: Client, doubtful: ReturnedForm, sample: Campaign
) -> None:
    text = office.get(f"/kiem-tra-phieu/{doubtful.pk}/").content.decode()
    assert "Công ty TNHH A&amp;B" in text
    assert f"Hồ sơ đang ghi: <strong>{untouched(sample).enterprise.name}" in text
    assert "Mã số thuế là của" in text
    assert "nên xem" in text
    assert "chắc" in text
    assert re.search(r"<button[^>]*disabled>Nhập vào hồ sơ", text)
    assert "style=" not in text
    seen = AccessLog.objects.get(action=Access.SAW)
    assert seen.subject == f"returnedform:{doubtful.pk}"


def test_right_mended_and_dropped_go_to_the_services(
    office: Client, doubtful: ReturnedForm, sample: Campaign
) -> None:
    text = office.get(f"/kiem-tra-phieu/{doubtful.pk}/").content.decode()
    keys = keys_of(text, "workers_total")
    after = panel(office, doubtful, viec="dung", muc="workers_total", diem=keys)
    assert "Còn 1 điểm" in after
    panel(office, doubtful, viec="dung", muc="workers_total", diem=keys)  # a second click
    name = untouched(sample).enterprise.name
    after = panel(office, doubtful, viec="sua", muc="enterprise_name", **{"gia-tri": f" {name} "})
    assert "Không còn điểm nào" in after
    after = panel(office, doubtful, viec="bo", muc="willing_workers")
    assert "đã bỏ" in after
    after = panel(office, doubtful, viec="sua", muc="survey_date", **{"gia-tri": "3/9/24"})
    made = ReviewDecision.objects.order_by("id").values_list("action", "path", "after")
    assert [one[:2] for one in made] == [
        ("accept", "workers_total"),
        ("correct", "enterprise_name"),
        ("reject", "willing_workers"),
        ("correct", "survey_date"),
    ]
    assert made[3][2] == "2024-09-03"


def test_a_value_that_is_none_is_said_and_nothing_is_written(
    office: Client, doubtful: ReturnedForm
) -> None:
    for path, typed in (
        ("survey_date", "31/6/2024"),
        ("workers_total", "rất đông"),
        ("khong_co", "1"),
        ("rows[0].x", "1"),
    ):
        answer = office.post(
            f"/kiem-tra-phieu/{doubtful.pk}/quyet-dinh/",
            {"viec": "sua", "muc": path, "gia-tri": typed},
            headers=HTMX,
        )
        assert answer.status_code in (404, 422), path
        assert answer["HX-Retarget"] == "#faults"
    assert not ReviewDecision.objects.exists()


def test_what_is_contradicted_is_not_accepted_with_the_rest(
    office: Client, doubtful: ReturnedForm
) -> None:
    answer = office.post(
        f"/kiem-tra-phieu/{doubtful.pk}/quyet-dinh/", {"viec": "dung-het"}, headers=HTMX
    )
    assert answer.status_code == 409
    assert "quyết định riêng từng mục" in answer.content.decode()


def test_into_the_records_once_with_its_preview_and_the_next_step(
    office: Client, sample: Campaign
) -> None:
    case = untouched(sample)
    form = returned("enterprise_survey", survey(case.enterprise))
    assert open_issues(form) == []
    shown = office.get(f"/kiem-tra-phieu/{form.pk}/se-ghi/", headers=HTMX).content.decode()
    assert "Ghi kết quả khảo sát ngày 02/9/2024" in shown
    assert "Nhập vào hồ sơ" in shown
    assert case.enterprise.name in shown
    assert not EnterpriseObservation.objects.filter(
        workers_total=27, observed_on="2024-09-02"
    ).exists()
    for _ in range(2):  # a double click
        answer = office.post(f"/kiem-tra-phieu/{form.pk}/nhap/")
        assert answer["Location"] == f"/kiem-tra-phieu/{form.pk}/"
    assert (
        EnterpriseObservation.objects.filter(workers_total=27, observed_on="2024-09-02").count()
        == 1
    )
    done = office.get(f"/kiem-tra-phieu/{form.pk}/").content.decode()
    assert "Đã nhập vào hồ sơ" in done
    assert "Đủ điều kiện" in done
    written = ChangeLog.objects.filter(action="applied", record_type="returnedform").get()
    assert written.actor == "nguoi-thu"


def test_records_that_moved_on_are_looked_at_again(office: Client, sample: Campaign) -> None:
    place = untouched(sample).enterprise
    form = returned("enterprise_survey", survey(place))
    change_enterprise(place, {"name": f"{place.name} Mới"}, by=By("người khác", "web"))
    assert office.post(f"/kiem-tra-phieu/{form.pk}/nhap/").status_code == 409
    shown = office.get(f"/kiem-tra-phieu/{form.pk}/se-ghi/", headers=HTMX).content.decode()
    assert "Hồ sơ đã thay đổi" in shown
    assert "Kiểm tra lại với hồ sơ" in shown
    answer = office.post(f"/kiem-tra-phieu/{form.pk}/kiem-tra-lai/", headers=HTMX).content.decode()
    assert "Mã số thuế là của" in answer


def test_a_form_goes_back_with_a_reason(office: Client, doubtful: ReturnedForm) -> None:
    address = f"/kiem-tra-phieu/{doubtful.pk}/tra-lai/"
    assert office.post(address, {"ly-do": "  "}).status_code == 422
    assert office.post(address, {"ly-do": "Ghi nhầm tên doanh nghiệp"}).status_code == 302
    doubtful.refresh_from_db()
    assert doubtful.state == FormState.SENT_BACK
    assert office.post(address, {"ly-do": "lần nữa"}).status_code == 409


def test_a_list_is_reviewed_row_by_row(office: Client, sample: Campaign) -> None:
    case = untouched(sample)
    form = returned("collective_application", collective(case.enterprise))
    text = office.get(f"/kiem-tra-phieu/{form.pk}/").content.decode()
    assert text.count("data-row") == len(PEOPLE)
    assert PEOPLE[0][0] in text
    mended = panel(
        office, form, viec="sua-dong",
        **{"rows[0].phone": "0912 000 399", "cu-rows[0].phone": "0912000300",
           "rows[0].full_name": PEOPLE[0][0], "cu-rows[0].full_name": PEOPLE[0][0]},
    )  # fmt: skip
    assert "0912000399" in mended
    assert ReviewDecision.objects.get().path == "rows[0].phone"
    fewer = panel(office, form, viec="bo", muc="rows[1]")
    assert fewer.count("data-row") == len(PEOPLE) - 1
    assert PEOPLE[1][0] not in fewer


def test_a_scan_is_shown_as_it_came_and_can_be_sent_back(office: Client, sample: Campaign) -> None:
    outcome = receive(
        picture_page(), name="quet.pdf", arrival="desk", actor="a", at=at("2024-09-25T08:00")
    )
    assert isinstance(outcome, New)
    read_return(outcome.file.pk)
    form = outcome.file.forms.get()
    text = office.get(f"/kiem-tra-phieu/{form.pk}/").content.decode()
    assert "Không nhận ra đây là phiếu nào" in text
    assert f"/kiem-tra-phieu/{form.pk}/trang-1.png" in text
    picture = office.get(f"/kiem-tra-phieu/{form.pk}/trang-1.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert office.get(f"/kiem-tra-phieu/{form.pk}/trang-9.png").status_code in (404, 422)


def test_pages_of_a_word_file_are_asked_for_once(office: Client, doubtful: ReturnedForm) -> None:
    address = f"/kiem-tra-phieu/{doubtful.pk}/trang/"
    assert 'hx-trigger="load"' in office.get(f"/kiem-tra-phieu/{doubtful.pk}/").content.decode()
    for _ in range(2):
        assert 'hx-trigger="every 2s"' in office.post(address, headers=HTMX).content.decode()
    assert PaperView.objects.count() == 1
    assert office.get(f"/kiem-tra-phieu/{doubtful.pk}/trang-1.png").status_code == 404


def test_only_who_may_review_comes_in(
    sample: Campaign, doubtful: ReturnedForm, signed_in: SignedIn
) -> None:
    unit = UnionOrg.objects.get(code="ldld-huyen-tam-duong")
    for client in (
        signed_in(Role.READER, username="xem"),
        signed_in(Role.LEADER, username="lanhdao"),
        signed_in(Role.ADMIN, username="quantri"),
        signed_in(Role.OFFICER, username="donvi", unit=unit),
    ):
        for part in ("", "trang-1.png", "trang/", "se-ghi/"):
            assert client.get(f"/kiem-tra-phieu/{doubtful.pk}/{part}").status_code == 403
        for part in ("quyet-dinh/", "nhap/", "tra-lai/", "kiem-tra-lai/", "trang/"):
            answer = client.post(f"/kiem-tra-phieu/{doubtful.pk}/{part}", {"viec": "dung-het"})
            assert answer.status_code == 403
        assert client.get("/kiem-tra-phieu/").status_code == 403
    assert not ReviewDecision.objects.exists()
