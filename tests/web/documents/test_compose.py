"""Composing at the desk: subjects, what is asked, what is missing, half a paper, last year's paper."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from docgen.models import Document, DocumentState
from records.models import Campaign, FoundingCase
from tests.sample import PLAN, issued
from tests.web.conftest import SignedIn
from web.documents.subjects import find_subjects
from web.models import Composition
from web.rights import Role

MAY_2 = date(2024, 5, 2)
pytestmark = pytest.mark.django_db
COMPOSE = "/soan/plan/campaign:ptdv-2024/"
TEXTS = ("purposes", "requirements", "activities")


@pytest.fixture
def writer(signed_in: SignedIn) -> Client:
    return signed_in(Role.SPECIALIST, username="chuyen-vien")


def page_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def without(campaign: Campaign, *keys: str) -> Campaign:
    campaign.content = {k: v for k, v in campaign.content.items() if k not in keys}
    campaign.save()
    return campaign


def test_a_subject_is_found_without_marks(sample: Campaign) -> None:
    case = FoundingCase.objects.get(code="hs24-001")
    for typed in ("a&b lai chau", "HS24-001", case.enterprise.tax_code or "", "A&B Lai Châu"):
        found, count = find_subjects("founding_decision", typed, sample)
        assert (count, found[0].record) == (1, "case:hs24-001"), typed
    assert find_subjects("founding_decision", "khong co ten nay", sample) == ([], 0)
    case.enterprise.name = "Công ty Đổi Tên Mới"
    case.enterprise.save()
    assert find_subjects("founding_decision", "doi ten moi", sample)[1] == 1


@pytest.mark.parametrize(
    ("kind", "typed", "record"),
    [
        ("plan", "phat trien 2024", "campaign:ptdv-2024"),
        ("introduction_letter", "ks24-01", "visit:ks24-01"),
        ("reminder_letter", "tam duong", "unit:ptdv-2024/ldld-huyen-tam-duong"),
    ],
)
def test_every_kind_has_its_subjects(sample: Campaign, kind: str, typed: str, record: str) -> None:
    assert record in {one.record for one in find_subjects(kind, typed, sample)[0]}


def test_what_the_records_have_is_not_asked(sample: Campaign, writer: Client) -> None:
    page = page_of(writer.get(COMPOSE, {"ngay": "2/5/2024"}))
    assert "Mọi mục bắt buộc của văn bản đều đã có trong hồ sơ" in page
    assert 'name="purposes"' not in page
    assert "Lấy từ hồ sơ" in page


def test_what_the_records_lack_is_asked_and_kept_half_written(
    sample: Campaign, writer: Client
) -> None:
    without(sample, *TEXTS)
    page = page_of(writer.get(COMPOSE, {"ngay": "2/5/2024"}))
    assert all(f'name="{key}"' in page for key in TEXTS)
    half = {"ngay": "2/5/2024", "do": "luu", "purposes": "Phát triển đoàn viên\nChăm lo đoàn viên"}
    answer = writer.post(COMPOSE, half, headers={"HX-Request": "true"})
    assert "“Yêu cầu”: còn thiếu" in page_of(answer)
    assert 'href="#id_requirements" data-jump' in page_of(answer)
    assert not Document.objects.exists()
    kept = Composition.objects.get(actor="chuyen-vien")
    assert kept.given["purposes"] == ["Phát triển đoàn viên", "Chăm lo đoàn viên"]
    assert "Đang soạn dở" in page_of(writer.get("/soan/"))
    assert "Chăm lo đoàn viên" in page_of(writer.get(COMPOSE))
    # Without scripts the same form gives the whole page.
    assert "Chăm lo đoàn viên" in page_of(writer.post(COMPOSE, half))
    whole = half | {"requirements": "Đúng tiến độ", "activities": "Khảo sát"}
    answer = writer.post(COMPOSE, whole, headers={"HX-Request": "true"})
    paper = Document.objects.get(kind="plan")
    assert answer["HX-Redirect"] == f"/van-ban/{paper.pk}/"
    assert paper.data["requirements"] == ["Đúng tiến độ"]
    assert paper.state == DocumentState.DRAFT
    assert not Composition.objects.exists()


def test_what_the_records_hold_is_never_written_over(sample: Campaign, writer: Client) -> None:
    typed = {"ngay": "2/5/2024", "do": "luu", "purposes": "Khác", "signer_name": "Ai khác"}
    writer.post(COMPOSE, typed)
    paper = Document.objects.get(kind="plan")
    assert paper.data["purposes"] == sample.content["purposes"]
    assert paper.data["signer_name"] != "Ai khác"
    assert paper.given is None


def test_a_day_that_is_none_is_told_at_its_field(sample: Campaign, writer: Client) -> None:
    answer = writer.post(
        COMPOSE, {"ngay": "31/4/2024", "do": "trinh"}, headers={"HX-Request": "true"}
    )
    assert "Ngày dự kiến" in page_of(answer)
    assert 'href="#id_ngay" data-jump' in page_of(answer)
    assert not Document.objects.exists()


def test_the_same_form_twice_is_one_paper(sample: Campaign, writer: Client) -> None:
    for _ in range(2):
        assert writer.post(COMPOSE, {"ngay": "2/5/2024", "do": "trinh"}).status_code == 302
    paper = Document.objects.get(kind="plan")
    assert paper.state == DocumentState.SUBMITTED
    again = writer.post(f"/van-ban/{paper.pk}/sua/", {"ngay": "2/5/2024", "do": "trinh"})
    assert again["Location"] == f"/van-ban/{paper.pk}/"
    assert writer.get(COMPOSE, {"ngay": "2/5/2024"}).status_code == 302


def test_what_the_records_propose_is_shown_and_follows_them(
    sample: Campaign, writer: Client
) -> None:
    issued(*PLAN, on=MAY_2)
    address = "/soan/reminder_letter/campaign:ptdv-2024/"
    page = page_of(writer.get(address, {"ngay": "30/9/2024"}))
    assert 'name="deadline" value="' in page
    deadline = page.partition('name="deadline" value="')[2].partition('"')[0]
    assert deadline
    typed = {"ngay": "30/9/2024", "do": "luu", "deadline": deadline, "contact": "Bà Mẫu"}
    writer.post(address, typed)
    letter = Document.objects.get(kind="reminder_letter")
    assert letter.given is not None
    assert "deadline" not in letter.given
    assert letter.given["contact"] == "Bà Mẫu"


def test_a_paper_that_needs_another_first_says_which(sample: Campaign, writer: Client) -> None:
    page = page_of(writer.get("/soan/invitation/case:hs24-001/", {"ngay": "20/5/2024"}))
    assert "Phát hành văn bản đó trước" in page
    assert 'href="/soan/founding_decision/case:hs24-001/"' in page


def test_last_years_paper_is_a_start(sample: Campaign, writer: Client) -> None:
    old = issued(*PLAN, on=MAY_2)
    next_year = Campaign.objects.get(code="ptdv-2025")
    next_year.content = {}
    next_year.save()
    address = f"/soan/plan/campaign:{next_year.code}/"
    page = page_of(writer.get(address, {"ngay": "7/7/2025"}))
    assert f"?chep={old.pk}" in page
    first = str(old.data["purposes"][0])
    assert first not in page
    copied = page_of(writer.get(address, {"ngay": "7/7/2025", "chep": str(old.pk)}))
    assert first.partition("&")[0] in copied
    assert "Xem lại năm, ngày tháng" in copied


def test_unknown_kinds_and_records(sample: Campaign, writer: Client) -> None:
    assert writer.get("/soan/khong_co/").status_code == 404
    assert "không" in page_of(writer.get("/soan/plan/campaign:khong-co/", {"ngay": "2/5/2024"}))
    assert writer.get("/soan/plan/case:hs24-001/").status_code == 200
    assert writer.get(f"/soan/xem/{'0' * 64}/").status_code == 404
    assert writer.get("/soan/xem/..%2f..%2fsecret_key/").status_code == 404
