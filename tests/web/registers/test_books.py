"""The books at the desk: lines, spans, the scanned copy, a received paper, printing; who may write."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from core.sheets import read_book
from docgen.models import Document
from docgen.services.issuing import reserve_for
from records.models import Campaign, ChangeLog
from registry.models import IncomingEntry, OutgoingEntry
from tests.sample import CLERK, PLAN, draft, issued
from tests.web.conftest import SignedIn
from web.models import AccessLog
from web.rights import Role

MAY_2 = date(2024, 5, 2)
pytestmark = pytest.mark.django_db
BOOK = "/so-van-ban-di/?nam=2024"
LETTER = {
    "arrived_on": "3/5/2024",
    "author": "Tỉnh ủy Lai Châu",
    "code": "1799-CV/TU",
    "date": "12.3.24",
    "subject": "Về tăng cường lãnh đạo việc thành lập công đoàn",
    "token": "0123456789abcdef" * 2,
}


@pytest.fixture
def secretary(signed_in: SignedIn) -> Client:
    return signed_in(Role.SECRETARY, username="van-thu")


def picture(colour: str = "white") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(out, "PNG")
    return SimpleUploadedFile("Bản ký số 70.png", out.getvalue(), content_type="text/html")


def page_of(client: Client, address: str, data: dict[str, Any] | None = None) -> str:
    answer = client.get(address, data)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def test_the_book_shows_its_lines_and_that_none_is_missing(
    sample: Campaign, secretary: Client
) -> None:
    plan = issued(*PLAN, on=MAY_2)
    waiting = draft("quota_decision", "campaign:ptdv-2024", on=MAY_2)
    kept = reserve_for(waiting, on=MAY_2, reason="chờ chữ ký", actor=CLERK)
    page = page_of(secretary, BOOK)
    assert plan.code in page
    assert "liên tục từ 01 đến 01" in page
    assert "Số giữ chỗ: chờ chữ ký" in page
    assert f"{kept}/QĐ-LĐLĐ" in page
    assert f"/van-ban/{plan.pk}/" in page
    only = page_of(secretary, BOOK, {"nam": "2024", "day_so": "QĐ"})
    assert plan.code not in only
    found = page_of(secretary, BOOK, {"nam": "2024", "q": "khao sat cong nhan"})
    assert plan.code in found
    assert "Sổ chưa có dòng nào" in page_of(secretary, BOOK, {"nam": "2024", "q": "khong thay"})
    assert plan.code not in page_of(secretary, BOOK, {"nam": "2024", "thang": "6"})


def test_the_book_takes_as_many_questions_however_long_it_is(
    sample: Campaign, secretary: Client
) -> None:
    issued(*PLAN, on=MAY_2)
    with CaptureQueriesContext(connection) as one:
        page_of(secretary, BOOK)
    issued("quota_decision", "campaign:ptdv-2024", on=MAY_2)
    issued("survey_team_decision", "campaign:ptdv-2024", on=MAY_2)
    with CaptureQueriesContext(connection) as three:
        page_of(secretary, BOOK)
    assert len(three) == len(one) <= MOST_QUERIES


#: Years (twice), owners, the office, count, lines, spans, signers; session, account and frame.
MOST_QUERIES = 18


def test_the_book_as_excel_word_and_for_the_printer(sample: Campaign, secretary: Client) -> None:
    plan = issued(*PLAN, on=MAY_2)
    excel = secretary.get("/so-van-ban-di/in/xlsx/?nam=2024")
    assert "so-van-ban-di-2024.xlsx" in excel["Content-Disposition"]
    cells = [str(cell.value) for row in read_book(excel.content)[1].rows for cell in row.cells]
    assert plan.code in cells
    assert secretary.get("/so-van-ban-di/in/docx/?nam=2024").content.startswith(b"PK")
    assert "Mở PDF để in" in page_of(secretary, "/so-van-ban-di/in/xem/?nam=2024")
    assert secretary.get("/so-van-ban-di/in/exe/?nam=2024").status_code == 404
    assert AccessLog.objects.filter(subject="register:outgoing").count() == 4


def line_of(paper: Document) -> OutgoingEntry:
    return OutgoingEntry.objects.get(number=paper.number)


def test_the_signed_copy_lies_beside_its_line(
    sample: Campaign, secretary: Client, signed_in: SignedIn
) -> None:
    line = line_of(issued(*PLAN, on=MAY_2))
    address = f"/so-van-ban-di/{line.pk}/ban-quet/"
    assert secretary.get(address).status_code == 404
    for _ in range(2):
        assert secretary.post(address, {"scan": picture()}).status_code == 302
    line.refresh_from_db()
    assert line.scan is not None
    assert (line.scan.name, line.scan.media_type) == ("Bản ký số 70.png", "image/png")
    assert ChangeLog.objects.filter(action="line_scanned").count() == 1
    assert line.scan.sha256 in page_of(secretary, f"/so-van-ban-di/{line.pk}/")
    shown = secretary.get(address)
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    secretary.post(address, {"scan": picture("black")})
    kept = ChangeLog.objects.filter(action="line_scanned").last()
    assert kept is not None
    assert kept.before == {"scan": line.scan.sha256}
    reader = signed_in(Role.READER, username="nguoi-xem")
    assert reader.get(address).status_code == 200
    refused = reader.post(address, {"scan": picture("red")})
    assert refused.status_code == 422
    assert "Văn thư" in refused.content.decode()
    assert ChangeLog.objects.filter(action="line_scanned").count() == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.html", b"<html><script>alert(1)</script>"), ("a.pdf", b""), ("a.exe", b"MZ" * 40)],
)
def test_what_is_no_scan_is_refused(
    sample: Campaign, secretary: Client, name: str, data: bytes
) -> None:
    line = line_of(issued(*PLAN, on=MAY_2))
    address = f"/so-van-ban-di/{line.pk}/ban-quet/"
    assert secretary.post(address, {"scan": SimpleUploadedFile(name, data)}).status_code == 422
    line.refresh_from_db()
    assert line.scan is None


def test_when_it_was_sent_is_written_later(sample: Campaign, secretary: Client) -> None:
    line = line_of(issued(*PLAN, on=MAY_2))
    address = f"/so-van-ban-di/{line.pk}/chuyen/"
    assert secretary.post(address, {"sent_on": "1/5/2024"}).status_code == 422
    secretary.post(address, {"sent_on": "3/5/2024", "receipt": "Bà Mẫu"})
    line.refresh_from_db()
    assert (line.sent_on, line.receipt) == (date(2024, 5, 3), "Bà Mẫu")


def test_a_received_paper_enters_once(sample: Campaign, secretary: Client) -> None:
    for _ in range(2):
        answer = secretary.post("/so-van-ban-den/moi/", LETTER | {"file": picture()})
        assert answer.status_code == 302
    line = IncomingEntry.objects.get()
    assert answer["Location"] == f"/so-van-ban-den/{line.pk}/"
    assert (line.author, line.code, line.date) == (
        "Tỉnh ủy Lai Châu",
        "1799-CV/TU",
        date(2024, 3, 12),
    )
    assert line.number.number == 1
    assert line.file is not None
    assert "Tỉnh ủy Lai Châu" in page_of(secretary, f"/so-van-ban-den/{line.pk}/")
    assert secretary.get(f"/so-van-ban-den/{line.pk}/tep/").content.startswith(b"\x89PNG")
    book = {"nam": "2024", "q": "tinh uy thanh lap cong doan"}
    assert "1799-CV/TU" in page_of(secretary, "/so-van-ban-den/", book)
    assert secretary.get("/so-van-ban-den/in/xlsx/?nam=2024").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"author": " ", "subject": ""}, "Chưa ghi tác giả"),
        ({"date": "4/5/2024"}, "không sau ngày đến"),
        ({"arrived_on": "hôm qua"}, "Ngày đến"),
        ({"token": "x"}, "Trang đã cũ"),
        ({"code": "1" * 81}, "dài quá 80 ký tự"),
    ],
)
def test_a_received_paper_must_be_told_right(
    sample: Campaign, secretary: Client, wrong: dict[str, str], told: str
) -> None:
    answer = secretary.post("/so-van-ban-den/moi/", LETTER | wrong)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not IncomingEntry.objects.exists()


def test_only_the_secretary_writes_and_an_officer_sees_nothing(
    sample: Campaign, signed_in: SignedIn
) -> None:
    line = line_of(issued(*PLAN, on=MAY_2))
    reader = signed_in(Role.READER, username="nguoi-xem")
    officer = signed_in(Role.OFFICER, username="don-vi", unit=sample.org)
    pages = (
        BOOK,
        "/so-van-ban-den/",
        f"/so-van-ban-di/{line.pk}/",
        "/so-van-ban-di/in/xlsx/?nam=2024",
    )
    for address in pages:
        assert reader.get(address).status_code == 200, address
        assert officer.get(address).status_code == 403, address
    for client in (reader, officer):
        assert client.get("/so-van-ban-den/moi/").status_code == 403
        assert client.post("/so-van-ban-den/moi/", LETTER).status_code == 403
        assert client.post(f"/so-van-ban-di/{line.pk}/chuyen/").status_code == 403
