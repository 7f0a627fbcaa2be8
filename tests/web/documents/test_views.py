"""The list of papers and one paper's page: filters, searches, personal data, hand-edited texts, what waits."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from docgen.models import Document
from docgen.services.rendering import render_document
from records.models import Campaign
from tests.sample import PLAN, draft, issued
from tests.web.conftest import SignedIn
from web.documents.papers import holds_personal
from web.models import AccessLog
from web.rights import Role

MAY_2 = date(2024, 5, 2)
MAY_20 = date(2024, 5, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(signed_in: SignedIn) -> Client:
    return signed_in(Role.SECRETARY, username="van-thu")


def listed(client: Client, **asked: str) -> set[str]:
    """Ids of the papers on the page."""
    answer = client.get("/van-ban/", asked)
    assert answer.status_code == 200
    return {str(row.pk) for row in answer.context["page"].object_list}


def test_papers_are_found_by_what_people_type(sample: Campaign, secretary: Client) -> None:
    plan = issued(*PLAN, on=MAY_2)
    decision = draft("founding_decision", "case:hs24-001", on=MAY_20)
    both = {str(plan.pk), str(decision.pk)}
    assert listed(secretary) == both
    assert listed(secretary, q="cong doan co so cong ty tnhh a&b") == {str(decision.pk)}
    assert listed(secretary, q="Công đoàn CƠ SỞ A&B") == {str(decision.pk)}
    assert listed(secretary, q=plan.code) == {str(plan.pk)}
    assert listed(secretary, q="kh-ldld khao sat") == {str(plan.pk)}
    assert listed(secretary, loai="plan") == {str(plan.pk)}
    assert listed(secretary, trang_thai="draft") == {str(decision.pk)}
    assert listed(secretary, nam="2024", thang="5") == both
    assert listed(secretary, thang="6") == set()
    assert plan.signer is not None
    assert listed(secretary, nguoi_ky=plan.signer.code) == {str(plan.pk)}
    # What makes no sense in an address narrows nothing and breaks nothing.
    assert listed(secretary, nam="hai", thang="13", loai="x", trang_thai="y", trang="-1") == both


def test_the_list_takes_as_many_questions_however_long_it_is(
    sample: Campaign, secretary: Client
) -> None:
    draft("founding_decision", "case:hs24-001", on=MAY_20)
    with CaptureQueriesContext(connection) as one:
        listed(secretary)
    draft("founding_decision", "case:hs24-002", on=MAY_20)
    draft(*PLAN, on=MAY_2)
    with CaptureQueriesContext(connection) as three:
        assert len(listed(secretary)) == 3
    assert len(three) == len(one) <= MOST_QUERIES


#: Session, user, roles, account, count, rows, signers, and what the frame asks.
MOST_QUERIES = 12


def test_an_empty_list_offers_the_first_step(secretary: Client) -> None:
    assert "Soạn văn bản đầu tiên" in secretary.get("/van-ban/").content.decode()
    assert "Không có văn bản nào chờ cấp số" in secretary.get("/cho-duyet/").content.decode()


def test_what_waits_is_sorted_by_who_is_waited_for(
    sample: Campaign, signed_in: SignedIn, secretary: Client
) -> None:
    paper = draft(*PLAN, on=MAY_2)
    secretary.post(f"/van-ban/{paper.pk}/trinh/")
    leader = signed_in(Role.LEADER, username="lanh-dao")
    page = leader.get("/cho-duyet/")
    assert page.context["basket"] == "cho-duyet"
    assert [row.pk for row in page.context["page"].object_list] == [paper.pk]
    mine = secretary.get("/cho-duyet/", {"muc": "cho-duyet", "cua_toi": "1"})
    assert (
        list(mine.context["page"].object_list) == []
    )  # the clerk of the test asked for it, not this person


def test_personal_data_are_for_those_who_need_them(
    sample: Campaign, signed_in: SignedIn, secretary: Client
) -> None:
    issued("founding_decision", "case:hs24-001", on=MAY_20)
    paper = draft("admission_decision", "case:hs24-001", on=MAY_20)
    assert holds_personal(paper)
    assert not holds_personal(issued(*PLAN, on=date(2024, 5, 21)))
    address = f"/van-ban/{paper.pk}/"
    reader = signed_in(Role.READER, username="nguoi-xem")
    page = reader.get(address).content.decode()
    assert "chỉ người cần đến mới xem được" in page
    assert "Tải Word" not in page
    for part in ("word/", "pdf/", "to-giay/", "trang-1.png"):
        assert reader.get(address + part).status_code == 403, part
    assert not AccessLog.objects.filter(subject=f"document:{paper.pk}").exists()
    assert secretary.get(address).status_code == 200
    assert AccessLog.objects.filter(subject=f"document:{paper.pk}", action="saw").count() == 1


def test_a_text_edited_in_word_is_looked_at_and_confirmed(
    sample: Campaign, secretary: Client
) -> None:
    paper = draft(*PLAN, on=MAY_2)
    address = f"/van-ban/{paper.pk}/sua-tay/"
    saved = io.BytesIO()
    docx.Document(io.BytesIO(render_document(paper).docx)).save(saved)
    word = SimpleUploadedFile("../../kế hoạch.docx", saved.getvalue())
    page = secretary.post(address, {"word": word})
    assert "tên và số liệu vẫn như hồ sơ" in page.content.decode()
    assert "kế hoạch.docx" in page.content.decode()
    sha256 = page.context["stored"].sha256
    assert secretary.post(address, {"tep": sha256}).status_code == 422
    assert secretary.post(address, {"tep": "0" * 64, "xac_nhan": "1"}).status_code == 404
    assert secretary.post(address, {"tep": sha256, "xac_nhan": "1"}).status_code == 302
    paper.refresh_from_db()
    assert paper.edited_file is not None
    assert paper.edited_file.sha256 == sha256
    assert "bản Word sửa tay" in secretary.get(f"/van-ban/{paper.pk}/").content.decode()
    secretary.post(f"{address}bo/")
    assert Document.objects.get(pk=paper.pk).edited_file is None
    assert secretary.post(address).status_code == 422  # no file chosen


def test_papers_that_are_not_there(secretary: Client) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    for part in ("", "word/", "pdf/", "to-giay/", "trang-1.png", "sua/", "sua-tay/"):
        assert secretary.get(f"/van-ban/{nobody}/{part}").status_code == 404, part
    assert secretary.get("/van-ban/khong-phai-ma/").status_code == 404
