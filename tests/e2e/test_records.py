"""A specialist's day with the records: find an enterprise, follow its case, bring in a sheet, see the work at home."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.sheets import Column, SheetData, write_book
from tests.e2e.conftest import PHONE, Desk, Enter

pytestmark = [pytest.mark.worker, pytest.mark.slow]

SHEET = (
    ("Mã", "Tên doanh nghiệp", "Mã số thuế", "Loại hình"),
    ("dn-di-bo", "Hợp tác xã Thổ cẩm Nậm Loỏng", "6299900012", "Hợp tác xã"),
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "doanh nghiệp mới.xlsx"
    columns = tuple(Column(heading) for heading in SHEET[0])
    path.write_bytes(write_book([SheetData("Doanh nghiệp", columns, [SHEET[1]])]))
    return path


def move(page: Page, to: str, *, on: str, evidence: str) -> None:
    """Move the case by hand; what was typed the last time has arrived and is not kept."""
    page.get_by_text("Chuyển bước bằng tay").click()
    expect(page.get_by_label("Căn cứ (số văn bản")).to_have_value("")
    page.get_by_label("Chuyển sang").select_option(label=to)
    page.get_by_label("Ngày", exact=True).fill(on)
    page.get_by_label("Căn cứ (số văn bản").fill(evidence)
    page.get_by_role("button", name="Ghi chuyển bước").click()


def test_a_specialist_follows_a_case(desk: Desk, enter: Enter) -> None:
    page = enter("chuyenvien")
    # Another campaign in hand, from the top of the page.
    page.locator("details.drop summary").first.click()
    page.get_by_role(
        "button", name="Phát triển đoàn viên, thành lập công đoàn cơ sở năm 2024"
    ).click()
    work = page.locator("section", has=page.get_by_role("heading", name="Việc của tôi hôm nay"))
    # Only the campaign of 2024 has districts: their table tells that its page has come.
    district = page.locator("main").get_by_role(
        "link", name="LĐLĐ huyện Tam Đường", include_hidden=True
    )
    district.first.wait_for(state="attached")
    expect(work.get_by_text("hồ sơ đủ điều kiện ra quyết định").first).to_be_visible()
    page.wait_for_function("() => document.querySelector('canvas#chart')?.width > 0")
    page.get_by_text("Xem dạng bảng").click()
    expect(district.first).to_be_visible()

    # Typed without diacritics; the enterprise opens from the live results.
    page.keyboard.press("Alt+KeyS")
    page.keyboard.type("mac ca ha xi")
    page.locator("#top-found").get_by_role("link", name="Công ty TNHH Mắc ca Hà Xi").first.click()
    page.wait_for_url("**/ho-so/doanh-nghiep/dn-137/")
    line = page.get_by_role("list", name="Các bước thành lập")
    expect(line.locator('[aria-current="step"]')).to_contain_text("Hồ sơ")
    expect(page.get_by_text("oạn quyết định thành lập").first).to_be_visible()

    # Aside by hand and back again, each with its evidence.
    move(page, "Tạm dừng", on="1.12.2024", evidence="Công văn xin hoãn")
    page.get_by_text("Việc vận động tạm dừng").wait_for()
    move(page, "Đã nộp hồ sơ", on="5/12/2024", evidence="Công văn tiếp tục")
    page.locator(".state", has_text="Đã nộp hồ sơ").first.wait_for()
    log = page.locator("section", has=page.get_by_role("heading", name="Nhật ký thay đổi"))
    expect(log).to_contain_text("chuyenvien")
    assert desk.complaints == []


def test_a_sheet_is_previewed_then_taken_in(desk: Desk, enter: Enter, workbook: Path) -> None:
    page = enter("chuyenvien")
    page.get_by_role("link", name="Nhập từ Excel").click()
    page.set_input_files("#tep", workbook)
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("heading", name="Xem trước: doanh nghiệp mới.xlsx").wait_for()
    expect(page.get_by_text("Hợp tác xã Thổ cẩm Nậm Loỏng").first).to_be_visible()
    page.get_by_role("button", name="Ghi 1 dòng vào hồ sơ").click()
    page.get_by_text("Đã nhập: 1 dòng mới").wait_for()
    page.goto("/ho-so/doanh-nghiep/?q=tho+cam+nam+loong")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ho-so/doanh-nghiep/dn-di-bo/")
    assert desk.complaints == []


def test_records_hold_on_a_phone(enter: Enter) -> None:
    page = enter("chuyenvien", screen=PHONE)
    for address in (
        "/", "/chien-dich/", "/bao-cao/", "/tim/?q=cong+ty", "/ho-so/doanh-nghiep/",
        "/ho-so/doanh-nghiep/dn-137/", "/ho-so/doanh-nghiep/dn-137/sua/", "/ho-so/nguoi/",
        "/ho-so/chi-tieu/", "/ho-so/phan-cong/", "/ho-so/to-chuc/", "/ho-so/nhap/",
    ):  # fmt: skip
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], address
