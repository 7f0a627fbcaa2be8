"""A form's whole way: given out by the office, fetched, filled and sent by a unit's officer on a phone, read by the
worker, reviewed by keys alone, in the records; the same file again, and an officer of another unit.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.forms import get_form
from tests.docgen.blanks.returned import fill_word
from tests.e2e.conftest import PATIENCE, PHONE, ROOT, Desk, Enter, environment

pytestmark = [pytest.mark.worker, pytest.mark.soffice, pytest.mark.slow]

expect.set_options(timeout=PATIENCE)
CITY = "Liên đoàn Lao động thành phố Lai Châu"
ROW = {
    "org_name": CITY, "month_joined": 12, "month_left": 2, "month_net": 10, "month_unions": 0,
    "cum_joined": 40, "cum_left": 5, "cum_net": 36, "cum_unions": 1, "members_total": 2100,
    "members_female": 1100, "unions_total": 78,
}  # fmt: skip
REPORT = {
    "district": CITY, "period": "2024-05", "as_of": "2024-05-28", "prepared_by": "Lò Thị Mẫu",
    "signer_name": "Lò Văn Ín", "rows": [ROW],
}  # fmt: skip
#: An officer of another unit, made as the administrator would.
STRANGER = """
import django; django.setup()
from records.models import UnionOrg
from web.administration.accounts import create_account
from web.rights import Role
from web.setup.sample_accounts import PASSWORD
create_account(username="donvi2", full_name="Cán bộ đơn vị khác", roles=[Role.OFFICER], password=PASSWORD,
               unit=UnionOrg.objects.get(code="ldld-huyen-muong-te"), must_change_password=False)
"""


def in_store(desk: Desk, code: str) -> str:
    """Run a few lines in the desk's own store, beside it."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False,
        env=environment(desk.home) | {"DJANGO_SETTINGS_MODULE": "config.settings"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def give_out(office: Page) -> None:
    """A round of progress reports for every unit of May 2024."""
    office.goto("/dot-thu-phieu/moi/")
    office.select_option("#loai", "progress_report")
    office.select_option("#chien-dich", "ptdv-2024")
    office.fill("#han", "5/6/24")
    office.fill("#ky", "tháng 5/2024")
    office.fill("#ngay", "20/5/2024")
    office.keyboard.press("Tab")
    expect(office.locator("#round-units h2")).to_have_text("9 phiếu cho 9 đơn vị")
    office.keyboard.press("Alt+Enter")
    expect(office.get_by_role("heading", name="Báo cáo tiến độ", exact=False)).to_be_visible()
    expect(office.get_by_text("0/9 phiếu đã về")).to_be_visible()
    expect(office.get_by_role("link", name="Tải tất cả")).to_be_visible()


def fetch_and_fill(unit: Page, folder: Path) -> Path:
    unit.goto("/don-vi/phieu/")
    assert unit.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    with unit.expect_download() as download:
        unit.get_by_role("link", name="Tải phiếu").click()
    blank = folder / download.value.suggested_filename
    assert blank.name == "BCTD-ldld-thanh-pho-lai-chau.docx"
    download.value.save_as(blank)
    filled = folder / "báo cáo tháng 5.docx"
    filled.write_bytes(fill_word(blank.read_bytes(), get_form("progress_report"), REPORT))
    return filled


def hand_in(unit: Page, filled: Path, folder: Path) -> None:
    """Several files at once; each is answered on its own."""
    wrong = folder / "thu.docx"
    wrong.write_bytes(b"<html><body>khong phai phieu</body></html>")
    unit.set_input_files("#tep", [filled, wrong])
    taken = unit.locator("#taken")
    expect(taken.get_by_text("Không nhận")).to_be_visible()
    expect(taken.get_by_text("Tệp là trang web (HTML) được đổi đuôi")).to_be_visible()
    expect(taken.get_by_text("Chờ kiểm tra")).to_be_visible()
    unit.set_input_files("#tep", [filled])
    expect(taken.get_by_text("Trùng")).to_be_visible()
    assert unit.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def review_by_keys(office: Page) -> None:
    """From the queue to the records without the mouse."""
    office.goto("/kiem-tra-phieu/")
    office.keyboard.press("ArrowDown")
    office.keyboard.press("Enter")
    row = office.locator("#o-rows-0")
    expect(row).to_be_focused()
    expect(row.get_by_text("tăng ròng lũy kế ghi 36 nhưng 40 trừ 5 là 35")).to_be_visible()
    # The page of the paper comes from the worker, and the row's values are framed on it.
    expect(office.locator(".sheet img").first).to_be_visible()
    expect(office.locator(".frames rect.on")).to_have_count(17)
    expect(office.get_by_role("button", name="Nhập vào hồ sơ")).to_be_disabled()
    office.keyboard.press("F2")
    wrong = row.get_by_label("Lũy kế từ đầu năm: Tăng ròng")
    wrong.focus()
    wrong.press("Control+A")
    office.keyboard.type("ba năm")
    office.keyboard.press("Enter")
    expect(row.locator(".fault")).to_be_visible()
    wrong.press("Control+A")
    office.keyboard.type("35")
    office.keyboard.press("Enter")
    expect(office.get_by_text("Không còn điểm nào phải quyết định.")).to_be_visible()
    expect(office.get_by_text("Ghi báo cáo tháng 5/2024")).to_be_visible()
    expect(office.locator("[data-ready]")).to_be_focused()
    office.keyboard.press("Enter")
    expect(office.get_by_role("heading", name="Đã nhập vào hồ sơ")).to_be_visible()


def test_a_form_goes_out_comes_back_and_enters_the_records(
    desk: Desk, enter: Enter, tmp_path: Path
) -> None:
    in_store(desk, STRANGER)
    office = enter("vanthu")
    give_out(office)
    unit = enter("donvi", screen=PHONE)
    expect(unit.get_by_text("1 phiếu quá hạn")).to_be_visible()
    hand_in(unit, fetch_and_fill(unit, tmp_path), tmp_path)
    review_by_keys(office)
    kept = in_store(
        desk,
        "import django; django.setup()\nfrom records.models import ProgressLine\n"
        "print(list(ProgressLine.objects.values_list('cum_joined', 'cum_net')))",
    )
    assert kept == "[(40, 35)]"
    office.goto("/dot-thu-phieu/?tat-ca=1")
    office.get_by_role("link", name="Báo cáo tiến độ", exact=False).click()
    expect(office.get_by_text("1/9 phiếu đã về")).to_be_visible()
    unit.goto("/don-vi/da-nop/")
    expect(unit.locator(".state-green")).to_have_text("Đã nhập")
    unit.goto("/don-vi/tien-do/")
    expect(unit.get_by_text("Tháng 5/2024")).to_be_visible()
    another_unit_sees_nothing(enter("donvi2", screen=PHONE), unit)
    assert desk.complaints == []


def another_unit_sees_nothing(stranger: Page, unit: Page) -> None:
    """By link, by guess, by number."""
    unit.goto("/don-vi/da-nop/")
    link = unit.get_by_role("link", name="báo cáo tháng 5.docx").get_attribute("href")
    assert link
    for address in (link, f"{link}tep-goc/", "/don-vi/phieu/1/"):
        answer = stranger.request.get(address)
        assert answer.status == 404, address
    for address in ("/phieu-da-nhan/", "/kiem-tra-phieu/1/", "/dot-thu-phieu/1/tai-ve.zip"):
        assert stranger.request.get(address).status == 403, address
    stranger.goto("/don-vi/da-nop/")
    expect(stranger.get_by_text("Đơn vị chưa nộp tệp nào")).to_be_visible()
