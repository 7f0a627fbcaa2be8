"""The first page, the campaign and the reports: what waits by role, figures that agree with the selectors."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.sheets import read_book
from docgen.models import Batch, BatchItem, BatchState
from docgen.services.lifecycle import submit_document
from records.models import Campaign, FoundingCase, OrgKind, UnionOrg
from records.selectors.campaigns import campaign_on
from records.selectors.progress import deeds_by_unit
from registry.models import IssuedForm
from tests.sample import draft, issued
from tests.web.conftest import SignedIn
from tests.web.recordbook.conftest import take
from web.home.lately import remaining_words
from web.home.progress import progress_of
from web.home.reports import periods_of, span_of
from web.home.work import cases_to_decide, overdue_forms
from web.rights import Role

PLAN_DAY = date(2024, 2, 1)


def words(client: Client, address: str = "/") -> str:
    page = client.get(address).content.decode()
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def test_cases_wait_for_those_who_compose(
    specialist: Client, reader: Client, sample: Campaign
) -> None:
    count = cases_to_decide(sample).count()
    assert count > 0
    assert f"{count} hồ sơ đủ điều kiện ra quyết định" in words(specialist)
    assert "ra quyết định" not in words(reader)


def test_a_submitted_paper_waits_for_the_leader_and_a_numbered_one_is_done(
    sample: Campaign, specialist: Client, signed_in: SignedIn
) -> None:
    leader = take(signed_in(Role.LEADER, username="lanh-dao"), sample)
    assert "văn bản chờ duyệt" not in words(leader)
    paper = draft("plan", f"campaign:{sample.code}", on=PLAN_DAY)
    submit_document(paper, actor="chuyen-vien")
    assert "1 văn bản chờ duyệt" in words(leader)
    assert "văn bản chờ duyệt" not in words(specialist)


def test_a_numbered_paper_is_among_what_was_done(sample: Campaign, specialist: Client) -> None:
    paper = issued("plan", f"campaign:{sample.code}", on=PLAN_DAY)
    assert paper.code in words(specialist)


def test_an_officer_goes_to_the_own_unit(officer: Client) -> None:
    assert officer.get("/")["Location"].startswith("/")
    for address in (
        "/chien-dich/",
        "/bao-cao/",
        "/bao-cao/tien-do.xlsx",
        "/dang-chay/",
        "/tim/?q=a",
    ):
        assert officer.get(address).status_code == 403
    assert officer.post("/chien-dich/chon/", {"code": "ptdv-2025"}).status_code == 403


def test_figures_are_those_of_the_selectors(specialist: Client, sample: Campaign) -> None:
    last = sample.ends_on
    found = progress_of(sample, first=sample.starts_on, last=last)
    known = campaign_on(sample.code, as_of=sample.starts_on)
    deeds = deeds_by_unit(known, first=sample.starts_on, last=last)
    assert found.total.done.joined == sum(one.joined for one in deeds.values()) > 0
    assert found.total.done.unions == sum(one.unions for one in deeds.values()) > 0
    page = specialist.get("/").content.decode()
    data = json.loads(
        page.split('id="chart-data" type="application/json">')[1].split("</script>")[0]
    )
    assert sum(data["joined"]) <= found.total.done.joined
    assert len(data["units"]) == len(data["codes"]) == len(data["members"])


def test_progress_has_a_constant_number_of_queries(
    sample: Campaign, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    month = sample.starts_on + timedelta(days=200)
    with django_assert_num_queries(13):
        progress_of(sample, first=sample.starts_on, last=month)
    with django_assert_num_queries(13):
        progress_of(sample, first=sample.starts_on, last=sample.ends_on)


def test_another_campaign_is_taken_in_hand(specialist: Client, sample: Campaign) -> None:
    assert "năm 2024" in words(specialist, "/chien-dich/")
    answer = specialist.post(
        "/chien-dich/chon/",
        {"code": "ptdv-2025"},
        headers={"Referer": "http://testserver/bao-cao/"},
    )
    assert answer["Location"] == "/bao-cao/"
    assert "01/7/2025" in words(specialist, "/chien-dich/")
    away = specialist.post(
        "/chien-dich/chon/", {"code": "ptdv-2025"}, headers={"Referer": "https://xau.example/"}
    )
    assert away["Location"] == "/"
    assert specialist.post("/chien-dich/chon/", {"code": "khong-co"}).status_code == 404


def test_overdue_forms_are_those_of_which_nothing_came(sample: Campaign) -> None:
    unit = UnionOrg.objects.filter(kind=OrgKind.DISTRICT_FEDERATION)[0]
    late = IssuedForm.objects.create(
        kind="progress_report", version=1, file_format="xlsx", campaign=sample, unit=unit,
        period="2024-05", issued_on=date(2024, 5, 1), due_on=date(2024, 6, 5), issued_by="x",
        sha256="a" * 64,
    )  # fmt: skip
    IssuedForm.objects.create(
        kind="progress_report", version=1, file_format="xlsx", campaign=sample, unit=unit,
        issued_on=date(2024, 5, 1), due_on=date(2024, 6, 5), issued_by="x",
    )  # fmt: skip
    assert overdue_forms(sample, on=date(2024, 6, 6)) == [late]
    assert overdue_forms(sample, on=date(2024, 6, 5)) == []


def test_reports_of_a_period(specialist: Client, sample: Campaign) -> None:
    periods = dict(periods_of(sample, until=date(2024, 5, 20)))
    assert list(periods)[:3] == ["", "2024-Q2", "2024-Q1"]
    assert periods["2024-05"] == "Tháng 5/2024"
    span = span_of(sample, "2024-Q2")
    assert (span.first, span.last) == (date(2024, 4, 1), date(2024, 6, 30))
    assert span_of(sample, "hôm qua").period == ""
    text = words(specialist, "/bao-cao/?ky=2024-Q2")
    assert "Quý II/2024: 01/4/2024 - 30/6/2024" in text
    assert "Không có phiếu nào quá hạn" in text


def test_the_table_goes_out_for_excel(reader: Client, sample: Campaign) -> None:
    answer = reader.get("/bao-cao/tien-do.xlsx?ky=2024-Q2")
    sheet = read_book(answer.content)[0]
    assert sheet.name == "Tiến độ"
    total = progress_of(sample, first=date(2024, 4, 1), last=date(2024, 6, 30)).total
    last = sheet.rows[-1]
    assert last.get("B") == "Toàn tỉnh"
    assert last.get("D") == total.done.joined
    assert "attachment" in answer["Content-Disposition"]


def test_a_running_batch_reports_itself(specialist: Client, sample: Campaign) -> None:
    assert "Không có đợt nào đang chạy" in words(specialist, "/dang-chay/")
    batch = Batch.objects.create(
        campaign=sample, kind="founding_decision", intended_on=PLAN_DAY,
        state=BatchState.RUNNING, started_at=timezone.now(),
    )  # fmt: skip
    case = FoundingCase.objects.filter(campaign=sample)[0]
    BatchItem.objects.create(batch=batch, position=1, record=f"case:{case.code}")
    page = specialist.get("/dang-chay/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "0 / 1" in page
    assert remaining_words(130.0) == "còn 2 phút"
    assert remaining_words(20.0) == "còn chưa đến 1 phút"
