"""A day with one paper: composed, seen, sent back, mended, signed, numbered, taken home, found in the book."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, Desk, Enter

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.soffice]

SUBJECT = re.compile("Khảo sát, nắm tình hình")
PLAN = "/soan/plan/campaign:ptdv-2024/?ngay=2/5/2024"


def paper_is_seen(page: Page) -> None:
    """The paper stands on the page as pictures that have loaded."""
    first = page.locator("img.paper").first
    first.wait_for(state="visible")
    page.wait_for_function(
        "() => { const i = document.querySelector('img.paper'); return i && i.complete && i.naturalWidth > 500; }"
    )


def lines_of(data: bytes) -> str:
    word = docx.Document(io.BytesIO(data))
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    return "\n".join([*cells, *(p.text for p in word.paragraphs)])


def taken(page: Page, name: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("link", name=name).click()
    return Path(coming.value.path()).read_bytes()


def composed(writer: Page) -> str:
    """Kind, subject by words without marks, one field, submitted: the address of the paper."""
    writer.goto("/soan/")
    writer.get_by_role("link", name="Kế hoạch (KH)").click()
    writer.fill("#qs", "phat trien doan vien 2024")
    expect(writer.locator("#subjects tr")).to_have_count(1)
    writer.get_by_role("link", name=re.compile("năm 2024")).click()
    writer.fill("#id_ngay", "2.5.24")
    writer.get_by_text("Ghi thêm nếu cần").click()
    writer.fill("#id_copies", "12")
    writer.locator("#id_copies").blur()
    paper_is_seen(writer)
    writer.get_by_role("button", name="Trình duyệt").click()
    writer.wait_for_url(re.compile(r"/van-ban/[0-9a-f-]{36}/$"))
    expect(writer.locator(".state-line")).to_contain_text("Chờ duyệt")
    return writer.url


def sent_back(leader: Page) -> None:
    leader.goto("/cho-duyet/")
    leader.get_by_role("link", name=SUBJECT).click()
    paper_is_seen(leader)
    leader.fill("#remarks", "Ghi rõ số lượng bản là 15.")
    leader.get_by_role("button", name="Trả lại").click()
    expect(leader.get_by_role("status").first).to_contain_text("Đã trả lại kèm ý kiến")


def mended(writer: Page, address: str) -> None:
    writer.goto("/cho-duyet/?muc=tra-lai&cua_toi=1")
    writer.get_by_role("link", name=SUBJECT).click()
    expect(writer.get_by_text("Ghi rõ số lượng bản là 15.").first).to_be_visible()
    writer.get_by_role("link", name="Sửa", exact=True).click()
    assert writer.input_value("#id_copies") == "12"
    writer.fill("#id_copies", "15")
    writer.get_by_role("button", name="Trình duyệt").click()
    writer.wait_for_url(address)
    expect(writer.locator(".state-line")).to_contain_text("Chờ duyệt")


def signed(leader: Page, address: str) -> None:
    leader.goto(address)
    leader.get_by_role("button", name=re.compile("Duyệt, ký")).click()
    expect(leader.get_by_role("status").first).to_contain_text("Đã duyệt, ký")


def numbered(secretary: Page) -> None:
    """The number is given once, though the button is pressed twice; the page goes on by itself."""
    secretary.goto("/cho-duyet/")
    secretary.get_by_role("link", name=SUBJECT).click()
    assert secretary.input_value("#date") == "02/5/2024"
    secretary.get_by_role("button", name="Cấp số, phát hành").dblclick()
    expect(secretary.locator(".state-line")).to_contain_text("Đã phát hành")
    paper_is_seen(secretary)
    assert secretary.locator("h1").inner_text().startswith("70/KH-LĐLĐ: ")


def test_a_plan_from_the_first_thought_to_the_book(desk: Desk, enter: Enter) -> None:
    writer, leader, secretary = enter("chuyenvien"), enter("lanhdao"), enter("vanthu")
    address = composed(writer)
    sent_back(leader)
    mended(writer, address)
    signed(leader, address)
    numbered(secretary)
    word, pdf = taken(secretary, "Tải Word"), taken(secretary, "Tải PDF")
    assert "Số: 70/KH-LĐLĐ" in lines_of(word)
    assert "ngày 02 tháng 5 năm 2024" in lines_of(word)
    assert pdf.startswith(b"%PDF-")
    secretary.goto("/so-van-ban-di/?nam=2024")
    row = secretary.locator("table.register tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("70/KH-LĐLĐ")
    expect(row.locator("td").nth(6)).to_have_text("15")
    expect(secretary.locator(".spans")).to_contain_text("liên tục từ 70 đến 70")
    assert desk.complaints == []


def test_the_paper_and_the_book_fit_a_phone(enter: Enter) -> None:
    page = enter("vanthu", screen=PHONE)
    for address in (
        "/soan/",
        PLAN,
        "/van-ban/",
        "/cho-duyet/",
        "/so-van-ban-di/",
        "/so-van-ban-den/moi/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], address
