"""A batch from its choice to the printer, page by page, by those who may."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from docgen.engine.pdf import page_count
from docgen.models import Batch, BatchState, Document, JobState
from docgen.services.batches import documents_of, files_of
from records.models import Campaign, UnionOrg
from registry.files import store
from tests.batches import ORG
from tests.docgen.engine.test_pdf_check import pdf
from tests.web.conftest import SignedIn
from web.batches import checking
from web.models import AccessLog, CheckedItem
from web.rights import Role
from workers.dispatch import make_batch_now, make_files_now

pytestmark = pytest.mark.django_db

CHOICE = {
    "loai": "founding_decision",
    "chien_dich": "ptdv-2024",
    "ngay": "20/11/2024",
    "state": "dossier_filed",
    "org": ORG,
}


def text_of(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def make(client: Client, **more: str) -> Batch:
    answer = client.post("/dot-phat-hanh/moi/", CHOICE | {"ma_gui": uuid4().hex} | more)
    assert answer.status_code == 302, text_of(answer)
    return Batch.objects.get(pk=int(answer["Location"].split("/")[2]))


def look(client: Client, batch: Batch) -> None:
    assert client.post(f"/dot-phat-hanh/{batch.pk}/kiem-tra/tiep/").status_code == 302


def drafted(client: Client, batch: Batch) -> None:
    assert client.post(f"/dot-phat-hanh/{batch.pk}/chay/").status_code == 302
    batch.refresh_from_db()
    make_batch_now(batch)
    batch.refresh_from_db()


def test_the_form_counts_before_anything_is_written(sample: Campaign, signed_in: SignedIn) -> None:
    client = signed_in(Role.SPECIALIST)
    page = text_of(client.get("/dot-phat-hanh/moi/", CHOICE))
    assert "<b>4</b> văn bản sẽ được soạn" in page
    part = client.get("/dot-phat-hanh/moi/", CHOICE | {"org": ""}, headers={"HX-Request": "true"})
    assert "<html" not in text_of(part)
    assert "<b>4</b>" not in text_of(part)
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ngay": "30/02/2024"}, "30/02/2024"),
        ({"ngay": "tháng 5/2024"}, "chưa đủ ngày"),
        ({"state": "surveyed"}, "Không có hồ sơ nào như đã chọn"),
        ({"loai": ""}, "Chọn loại văn bản"),
    ],
)
def test_a_choice_that_comes_to_nothing_is_said_and_makes_no_batch(
    sample: Campaign, signed_in: SignedIn, change: dict[str, str], said: str
) -> None:
    answer = signed_in(Role.SPECIALIST).post(
        "/dot-phat-hanh/moi/", CHOICE | {"ma_gui": uuid4().hex} | change
    )
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Batch.objects.exists()


def test_a_form_sent_twice_is_one_batch(sample: Campaign, signed_in: SignedIn) -> None:
    client = signed_in(Role.SPECIALIST)
    token = uuid4().hex
    assert make(client, ma_gui=token) == make(client, ma_gui=token)
    assert client.post("/dot-phat-hanh/moi/", CHOICE | {"ma_gui": "x"}).status_code == 422
    assert Batch.objects.count() == 1


def test_the_look_finds_the_order_and_the_numbers_that_would_be_given(
    sample: Campaign, signed_in: SignedIn
) -> None:
    client = signed_in(Role.SECRETARY)
    batch = make(client)
    assert "0</b> / 4 hồ sơ đã kiểm tra" in text_of(
        client.get(f"/dot-phat-hanh/{batch.pk}/kiem-tra/")
    )
    assert client.get(f"/dot-phat-hanh/{batch.pk}/thu-tu/").status_code == 302, "not looked at yet"
    look(client, batch)
    look(client, batch)
    assert CheckedItem.objects.filter(item__batch=batch, code="").count() == 4
    page = text_of(client.get(f"/dot-phat-hanh/{batch.pk}/thu-tu/"))
    assert "Tạo 4 dự thảo" in page
    ranges = re.findall(r'<td class="num"><b>(\d+)</b></td>', page)
    assert ranges == ["1", "4"]


def test_what_is_missing_is_shown_in_groups_and_as_a_workbook(
    sample: Campaign, signed_in: SignedIn
) -> None:
    """Committee decisions cite the founding decisions, which are not issued yet."""
    client = signed_in(Role.SECRETARY)
    batch = make(client, loai="committee_decision")
    look(client, batch)
    page = text_of(client.get(f"/dot-phat-hanh/{batch.pk}/kiem-tra/"))
    assert "4</b> hồ sơ còn thiếu" in page
    assert "Tạo 4 dự thảo" not in page
    sheet = client.get(f"/dot-phat-hanh/{batch.pk}/con-thieu.xlsx")
    assert sheet.content.startswith(b"PK")
    assert "filename*=utf-8''" in sheet["Content-Disposition"]
    assert client.post(f"/dot-phat-hanh/{batch.pk}/kiem-tra/lai/").status_code == 302
    assert not CheckedItem.objects.exists()


def test_the_whole_day_of_a_batch(sample: Campaign, signed_in: SignedIn) -> None:
    clerk = signed_in(Role.SECRETARY, username="vt")
    leader = signed_in(Role.LEADER, username="ld")
    batch = make(clerk)
    look(clerk, batch)
    drafted(clerk, batch)
    assert batch.state == BatchState.DONE
    here = f"/dot-phat-hanh/{batch.pk}/"

    assert "Chờ lãnh đạo duyệt, ký" in text_of(clerk.get(here))
    assert clerk.post(here + "ky/").status_code == 403
    assert "Duyệt, ký cả đợt (4 văn bản)" in text_of(leader.get(here))
    assert leader.post(here + "cap-so/").status_code == 403
    for _ in range(2):
        assert leader.post(here + "ky/").status_code == 302
    assert documents_of(batch).filter(state="signed").count() == 4

    assert "Cấp số 4 văn bản" in text_of(clerk.get(here))
    for _ in range(2):
        assert clerk.post(here + "cap-so/").status_code == 302
    numbers = documents_of(batch).values_list("number__number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]
    make_files_now(files_of(batch))
    assert "4 bản chính thức đã xong" in text_of(clerk.get(here))

    answer = clerk.get(here + "tai-ve.zip")
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert len([name for name in names if name.endswith(".docx")]) == 4
    assert "00_Danh-muc.xlsx" in names
    assert AccessLog.objects.filter(subject=f"batch:{batch.pk}", actor="vt").count() == 1
    assert clerk.get(here + "ban-in.pdf").status_code == 404, "no PDF yet"
    assert clerk.post(here + "tao-pdf/").status_code == 302


def test_failures_stand_as_rows_and_one_or_all_are_made_again(
    sample: Campaign, signed_in: SignedIn
) -> None:
    client = signed_in(Role.SPECIALIST)
    batch = make(client, loai="committee_decision")
    drafted(client, batch)
    here = f"/dot-phat-hanh/{batch.pk}/"
    page = text_of(client.get(here))
    assert batch.state == BatchState.DONE_WITH_FAILURES
    assert page.count(">Tạo lại</button>") == 4
    one = batch.items.order_by("position").first()
    assert one is not None
    assert client.post(here + "tao-lai/", {"muc": one.pk}).status_code == 302
    states = batch.items.order_by("position").values_list("state", flat=True)
    assert list(states) == [JobState.WAITING, *[JobState.FAILED] * 3]
    assert client.post(here + "tao-lai/").status_code == 302
    assert set(batch.items.values_list("state", flat=True)) == {JobState.WAITING}
    assert client.post(here + "tao-lai/", {"muc": "x"}).status_code == 422


def test_pause_resume_cancel_twice_is_once(sample: Campaign, signed_in: SignedIn) -> None:
    client = signed_in(Role.SPECIALIST)
    batch = make(client)
    here = f"/dot-phat-hanh/{batch.pk}/"
    for deed, state in (
        ("chay", BatchState.RUNNING),
        ("tam-dung", BatchState.PAUSED),
        ("chay", BatchState.RUNNING),
        ("huy", BatchState.CANCELLED),
    ):
        for _ in range(2):
            assert client.post(f"{here}{deed}/").status_code == 302, deed
        batch.refresh_from_db()
        assert batch.state == state
    assert client.post(here + "chay/").status_code == 409
    assert "đã hủy" in text_of(client.get(here))


def test_nothing_is_signed_or_numbered_while_the_batch_runs(
    sample: Campaign, signed_in: SignedIn
) -> None:
    clerk = signed_in(Role.SECRETARY, username="vt")
    leader = signed_in(Role.LEADER, username="ld")
    batch = make(clerk)
    assert leader.post(f"/dot-phat-hanh/{batch.pk}/ky/").status_code == 409
    assert clerk.post(f"/dot-phat-hanh/{batch.pk}/cap-so/").status_code == 409


def test_the_live_part_asks_again_only_while_something_is_made(
    sample: Campaign, signed_in: SignedIn
) -> None:
    client = signed_in(Role.SPECIALIST)
    batch = make(client)
    client.post(f"/dot-phat-hanh/{batch.pk}/chay/")
    ask = {"headers": {"HX-Request": "true"}}
    running = client.get(f"/dot-phat-hanh/{batch.pk}/tien-do/", **ask)  # type: ignore[arg-type]
    assert 'hx-trigger="every 2s"' in text_of(running)
    assert "HX-Refresh" not in running
    batch.refresh_from_db()
    make_batch_now(batch)
    ended = client.get(f"/dot-phat-hanh/{batch.pk}/tien-do/", **ask)  # type: ignore[arg-type]
    assert ended["HX-Refresh"] == "true"
    assert "every 2s" not in text_of(ended)


ADDRESSES = (
    "", "moi/", "1/", "1/kiem-tra/", "1/thu-tu/", "1/tien-do/", "1/con-thieu.xlsx", "1/tai-ve/", "1/tai-ve.zip",
    "1/ban-in.pdf",
)  # fmt: skip
DEEDS = (
    "kiem-tra/tiep",
    "kiem-tra/lai",
    "chay",
    "tam-dung",
    "huy",
    "tao-lai",
    "ky",
    "cap-so",
    "tao-pdf",
)


def test_an_officer_of_a_unit_sees_no_batch(sample: Campaign, signed_in: SignedIn) -> None:
    officer = signed_in(Role.OFFICER, unit=UnionOrg.objects.get(code=ORG))
    assert {officer.get(f"/dot-phat-hanh/{one}").status_code for one in ADDRESSES} == {403}
    assert {officer.post(f"/dot-phat-hanh/1/{one}/").status_code for one in DEEDS} == {403}


def test_a_reader_looks_and_does_nothing(sample: Campaign, signed_in: SignedIn) -> None:
    batch = make(signed_in(Role.SPECIALIST, username="cv"))
    reader = signed_in(Role.READER, username="nx")
    here = f"/dot-phat-hanh/{batch.pk}/"
    assert reader.get("/dot-phat-hanh/").status_code == 200
    page = text_of(reader.get(here))
    assert 'method="post" action="/dot-phat-hanh' not in page
    assert {reader.post(f"{here}{one}/").status_code for one in DEEDS} == {403}
    assert {
        reader.get(here + one).status_code for one in ("tai-ve/", "tai-ve.zip", "ban-in.pdf")
    } == {403}
    assert reader.get("/dot-phat-hanh/moi/").status_code == 403
    assert not Document.objects.exists()
    assert reader.get("/dot-phat-hanh/999999/").status_code == 404


def test_the_look_stops_in_time_and_goes_on(
    sample: Campaign, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "CHUNK", 3)
    batch = make(signed_in(Role.SPECIALIST))
    first = checking.look_on(batch, seconds=1e-9)
    assert (first.seen, first.total, first.finished) == (3, 4, False)
    assert checking.look_on(batch).finished


def test_a_paper_that_cannot_be_issued_is_left_out_of_the_signing_and_holds_up_no_other(
    sample: Campaign, signed_in: SignedIn
) -> None:
    """One case of the district is recognised already: a decision on it could never have its number."""
    clerk = signed_in(Role.SECRETARY, username="vt")
    leader = signed_in(Role.LEADER, username="ld")
    batch = make(clerk, state="")
    while not checking.look_on(batch).finished:
        pass
    foreseen = checking.progress_of(batch)
    page = text_of(clerk.get(f"/dot-phat-hanh/{batch.pk}/kiem-tra/"))
    assert foreseen.doubtful > 0
    assert "Soạn được nhưng chưa ban hành được" in page
    assert "đã được công nhận theo" in page
    drafted(clerk, batch)
    here = f"/dot-phat-hanh/{batch.pk}/"
    made = documents_of(batch).count()
    assert leader.post(here + "ky/").status_code == 302
    papers = documents_of(batch)
    signed = papers.filter(state="signed").count()
    assert 0 < signed < made
    assert signed == foreseen.issuable, "as was told before the run"
    page = text_of(leader.get(here))
    assert "không ban hành được như hồ sơ đang có" in page
    assert "đã được công nhận theo" in page
    assert clerk.post(here + "cap-so/").status_code == 302
    assert papers.filter(number__isnull=False).count() == signed


def test_pages_ask_as_many_questions_for_many_papers_as_for_few(
    sample: Campaign, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(Role.SECRETARY)
    few, many = make(client), make(client, org="", state="")
    assert many.items.count() > 100
    for batch in (few, many):
        while not checking.look_on(batch).finished:
            pass
        drafted(client, batch)
    asked = {}
    for batch in (few, many):
        for page in ("", "kiem-tra/", "thu-tu/", "tai-ve/"):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"/dot-phat-hanh/{batch.pk}/{page}").status_code == 200
            asked[batch.pk, page] = len(seen)
    for page in ("", "kiem-tra/", "thu-tu/", "tai-ve/"):
        # One look-up more where there are failures or records of another type.
        assert asked[many.pk, page] <= asked[few.pk, page] + 3, page
    with django_assert_max_num_queries(12):
        client.get("/dot-phat-hanh/")


def test_the_prints_of_a_unit_or_of_all_begin_on_the_front_of_a_sheet(
    sample: Campaign, signed_in: SignedIn
) -> None:
    clerk = signed_in(Role.SECRETARY)
    batch = make(clerk)
    drafted(clerk, batch)
    here = f"/dot-phat-hanh/{batch.pk}/"
    stored = store(pdf(), media_type="application/pdf", name="x.pdf")
    Document.objects.filter(batch_items__batch=batch).update(pdf_file=stored)
    page = text_of(clerk.get(here + "tai-ve/"))
    unit = UnionOrg.objects.get(code=ORG).name
    assert f'<td>{unit}</td><td class="num">4</td>' in page
    assert "don_vi=Li%C3%AAn" in page
    for query, pages in (("", 4), (f"?don_vi={quote(unit)}&hai_mat=1", 7)):
        answer = clerk.get(f"{here}ban-in.pdf{query}")
        assert answer["Content-Type"] == "application/pdf"
        assert page_count(b"".join(answer.streaming_content)) == pages
    assert clerk.get(here + "ban-in.pdf?don_vi=khac").status_code == 404
