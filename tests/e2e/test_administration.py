"""From an empty store to the first document, without a terminal; an officer's first day; a delegation; a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import PATIENCE, SCREEN, Desk, begin, end, note_stranger
from tests.web.setup.first_office import first_workbook
from web.setup.sample_accounts import PASSWORD

pytestmark = [pytest.mark.worker, pytest.mark.slow]
OWN = "chu-nhat-di-hop"
TODAY = date.today()  # noqa: DTZ011  # the desk and this test stand on the same clock
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """`docgen desk --empty` on a store that has nothing."""
    home = tmp_path_factory.mktemp("trong") / "kho"
    process, address = begin(home, "--empty")
    running = Desk(address, home)
    yield running
    end(process)
    assert running.strangers == []
    assert running.complaints == []


def context_of(desk: Desk, browser: Browser) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": SCREEN[0], "height": SCREEN[1]}, locale="vi-VN", base_url=desk.address
    )
    context.set_default_timeout(PATIENCE)
    return context


def open_page(desk: Desk, context: BrowserContext) -> Page:
    page = context.new_page()
    page.on("request", lambda request: note_stranger(desk, request))
    page.on("pageerror", lambda fault: desk.complaints.append(str(fault)))
    return page


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/dang-nhap/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)


def test_from_an_empty_store_to_the_first_document(empty_desk: Desk, browser: Browser) -> None:
    context = context_of(empty_desk, browser)
    page = open_page(empty_desk, context)
    page.goto("/")
    page.get_by_role("link", name="Thiết lập cơ quan của tôi").click()
    page.fill("#id_head_name", "Lò Thị Hạnh")
    page.fill("#id_place_name", "Tam Đường")
    expect(page.locator("#head")).to_contain_text("Tam Đường, ngày")
    page.fill("#id_place_name", "Lai Châu")
    page.fill("#id_head_from", "2.5.23")
    page.get_by_role("button", name="Lưu, sang bước 2").click()
    page.fill("#id_type_KH", "71")
    page.get_by_role("button", name="Lưu, sang bước 3").click()
    page.fill("#id_full_name", "Tẩn Thị Thư")
    page.fill("#id_username", "vanthu1")
    page.fill("#id_password", OWN)
    page.fill("#id_again", OWN)
    page.get_by_role("button", name="Lập tài khoản").click()
    page.set_input_files(
        "#file", [{"name": "hồ sơ.xlsx", "mimeType": XLSX, "buffer": first_workbook()}]
    )
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("cell", name="Chiến dịch")).to_be_visible()
    page.get_by_role("button", name="Nhập vào hồ sơ").click()
    expect(page.get_by_text("Đã nhập:")).to_be_visible()
    page.get_by_role("link", name="Vào bàn làm việc", exact=True).click()
    page.goto("/ma-truy-cap/")
    page.fill("#name", "Phần mềm văn phòng")
    page.get_by_role("button", name="Lập mã").click()
    key = page.locator("#token").inner_text()
    program(empty_desk, browser, key)
    page.goto("/thiet-lap/")
    assert "/thiet-lap/" not in page.url
    context.close()


def program(desk: Desk, browser: Browser, key: str) -> None:
    """A program asks for the plan and takes its file; nothing was typed in a terminal."""
    request = browser.new_context(base_url=desk.address).request
    headers = {"Authorization": f"Bearer {key}"}
    asked = request.post(
        "/api/documents", headers=headers, data={"kind": "plan", "record": "campaign:ptdv"}
    )
    assert asked.status == 201, asked.text()
    paper = asked.json()
    file = request.get(f"/api/documents/{paper['id']}/file", headers=headers)
    assert file.status == 200, file.text()
    words = ZipFile(BytesIO(file.body())).read("word/document.xml").decode()
    said = " ".join(re.sub(r"<[^>]+>", " ", words).split()).casefold()
    assert "liên đoàn lao động tỉnh lai châu" in said
    assert "lò thị hạnh" in said
    assert request.get(f"/api/documents/{paper['id']}").status == 401


def test_an_administrator_makes_an_officer_who_signs_in(desk: Desk, browser: Browser) -> None:
    context = context_of(desk, browser)
    page = open_page(desk, context)
    sign_in(page, "quantri", PASSWORD)
    page.goto("/quan-tri/tai-khoan/them/")
    page.fill("#id_full_name", "Vàng Thị Pà")
    page.fill("#id_username", "xa-binh-lu")
    page.get_by_label("Cán bộ đơn vị: chỉ thấy").check()
    page.select_option("#id_unit", "ldld-lai-chau")
    page.get_by_role("button", name="Lập tài khoản").click()
    password = page.locator("#password").inner_text()
    officer = context_of(desk, browser)
    own = open_page(desk, officer)
    sign_in(own, "xa-binh-lu", password)
    expect(own.get_by_text("Đây là mật khẩu tạm")).to_be_visible()
    own.fill("#id_old_password", password)
    own.fill("#id_new_password1", OWN)
    own.fill("#id_new_password2", OWN)
    own.get_by_role("button", name="Đổi mật khẩu").click()
    own.wait_for_url("**/don-vi/**")
    assert own.goto("/quan-tri/").status == 403  # type: ignore[union-attr]
    page.goto("/quan-tri/tai-khoan/?tim=xa-binh")
    page.get_by_role("link", name="xa-binh-lu").click()
    page.get_by_role("button", name="Khóa tài khoản").click()
    own.goto("/don-vi/")
    assert "/dang-nhap/" in own.url
    context.close()
    officer.close()


def test_a_leader_delegates_for_the_days_away(desk: Desk, browser: Browser) -> None:
    context = context_of(desk, browser)
    page = open_page(desk, context)
    sign_in(page, "lanhdao", PASSWORD)
    page.get_by_role("link", name="Ủy quyền ký").click()
    assert page.locator("#id_delegator option").count() == 2  # the empty one and himself
    page.select_option("#id_delegator", index=1)
    label = page.locator("#id_delegate option", has_text="Lò Thị Mẫn").first.get_attribute("value")
    page.select_option("#id_delegate", label)
    page.fill("#id_first", f"{TODAY:%d/%m/%Y}")
    page.fill("#id_last", f"{TODAY + timedelta(5):%d.%m.%y}")
    page.fill("#id_document", "Giấy ủy quyền số 03/GUQ-LĐLĐ")
    page.get_by_role("button", name="Ghi ủy quyền").click()
    expect(page.get_by_text("Đang có hiệu lực")).to_be_visible()
    assert page.input_value("#id_document") == ""
    page.get_by_role("button", name="Kết thúc").click()
    expect(page.get_by_text("Đang có hiệu lực")).to_have_count(0)
    context.close()


def test_health_and_a_backup_run_in_the_background(desk: Desk, browser: Browser) -> None:
    context = context_of(desk, browser)
    page = open_page(desk, context)
    sign_in(page, "quantri", PASSWORD)
    page.goto("/quan-tri/he-thong/")
    page.get_by_role("button", name="Kiểm tra ngay").click()
    page.goto("/quan-tri/sao-luu/")
    page.get_by_role("button", name="Sao lưu ngay").click()
    link = page.get_by_role("link", name="docgen-")
    link.wait_for(timeout=2 * PATIENCE)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".tar")
    assert Path(download.value.path()).stat().st_size > 10_000
    page.goto("/quan-tri/he-thong/")
    expect(page.locator("main").get_by_text("Sổ văn bản")).to_be_visible(timeout=2 * PATIENCE)
    context.close()
