"""The desk's batches, templates and format check by those who use them, with a real worker and LibreOffice."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.architecture.sources import ROOT
from tests.e2e.conftest import PATIENCE, PHONE, Desk, Enter
from tests.web.papers import wrong_paper

pytestmark = [pytest.mark.worker, pytest.mark.slow]
expect.set_options(timeout=PATIENCE)
TEMPLATE = ROOT / "templates_docx" / "founding_decision" / "thanh_lap.docx"


def taken(page: Page, link: str) -> tuple[str, bytes]:
    """The name and bytes of the file behind a link."""
    with page.expect_download() as found:
        page.get_by_role("link", name=link, exact=True).first.click()
    return found.value.suggested_filename, Path(found.value.path()).read_bytes()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def choose(clerk: Page) -> None:
    """From the first page to the look before the run."""
    clerk.get_by_role("link", name="Đợt phát hành").click()
    clerk.get_by_role("link", name="Lập đợt mới").click()
    clerk.select_option("#b-kind", "founding_decision")
    clerk.select_option("#b-campaign", "ptdv-2024")
    expect(clerk.get_by_text("123 văn bản sẽ được soạn")).to_be_visible()
    clerk.fill("#b-day", "20.11.24")
    clerk.select_option("#b-path", "congress")
    expect(clerk.get_by_text("41 văn bản sẽ được soạn")).to_be_visible()
    clerk.keyboard.press("Alt+Enter")


def draft(clerk: Page) -> str:
    """What is missing, the order, the run; gives the address of the batch."""
    expect(clerk.get_by_text("hồ sơ còn thiếu", exact=False).first).to_be_visible()
    missing, sheet = taken(clerk, "Tải bảng còn thiếu (.xlsx)")
    assert missing.endswith("hồ sơ chưa đủ.xlsx")
    assert sheet.startswith(b"PK")
    clerk.get_by_role("link", name=re.compile("Làm tiếp với")).click()
    expect(clerk.get_by_text("Dải số nếu cấp ngay bây giờ")).to_be_visible()
    clerk.get_by_role("button", name=re.compile(r"Tạo \d+ dự thảo")).click()
    here = clerk.url
    clerk.goto("/dot-phat-hanh/")  # leaving the page stops nothing
    clerk.goto(here)
    expect(clerk.get_by_text("Chờ lãnh đạo duyệt, ký cả đợt")).to_be_visible()
    expect(clerk.get_by_role("button", name="Tạo lại", exact=True).first).to_be_visible()
    return here


def take(clerk: Page, count: int) -> None:
    """The PDFs, the ZIP by units, and what goes to the printer."""
    clerk.get_by_role("link", name="Tải về, in").click()
    clerk.get_by_role("button", name="Tạo PDF").click()
    expect(clerk.get_by_text(f"{count}/{count} văn bản đã có PDF")).to_be_visible()
    clerk.reload()
    name, data = taken(clerk, "Tải ZIP theo đơn vị")
    assert name.startswith("Đợt 1 - Quyết định thành lập")
    members = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert sum(one.endswith(".pdf") for one in members) == count
    assert len({one.partition("/")[0] for one in members if "/" in one}) > 5, "a folder a unit"
    _, merged = taken(clerk, "In hai mặt")
    assert len(pypdfium2.PdfDocument(merged)) > 1


def test_a_batch_goes_from_its_list_to_the_printer(desk: Desk, enter: Enter) -> None:
    clerk, leader = enter("vanthu"), enter("lanhdao")
    choose(clerk)
    here = draft(clerk)

    leader.goto(here)
    leader.get_by_role("button", name=re.compile("Duyệt, ký cả đợt")).click()
    expect(leader.get_by_text(re.compile(r"Đã ký \d+ văn bản"))).to_be_visible()
    assert leader.get_by_role("button", name=re.compile("Cấp số")).count() == 0

    clerk.reload()
    count = int(clerk.locator("button:has-text('Cấp số')").inner_text().split()[2])
    clerk.get_by_role("button", name=re.compile("Cấp số")).click()
    expect(clerk.get_by_text(f"{count} bản chính thức đã xong")).to_be_visible()
    take(clerk, count)
    assert desk.complaints == []


def test_a_template_with_a_fault_shows_its_place_and_a_good_one_is_published(
    desk: Desk, enter: Enter, tmp_path: Path
) -> None:
    wrong, good = docx.Document(str(TEMPLATE)), docx.Document(str(TEMPLATE))
    wrong.add_table(rows=2, cols=1).cell(1, 0).text = "{{ ten_cong_ti }}"
    good.add_paragraph("Số đoàn viên: {{ so_doan_vien }}")
    wrong.save(str(tmp_path / "Mẫu lỗi.docx"))
    good.save(str(tmp_path / "Mẫu tốt.docx"))
    clerk = enter("vanthu")
    clerk.get_by_role("link", name="Mẫu văn bản").click()
    clerk.get_by_role("link", name="Quyết định thành lập công đoàn cơ sở").click()
    clerk.set_input_files("#tep", tmp_path / "Mẫu lỗi.docx")
    expect(clerk.get_by_text(re.compile(r"Thân văn bản, bảng \d+, hàng 2, ô 1"))).to_be_visible()
    expect(clerk.get_by_text("Loại văn bản này không có tên «ten_cong_ti»").first).to_be_visible()
    assert clerk.get_by_role("button", name="Ban hành mẫu này").count() == 0
    clerk.set_input_files("#tep", tmp_path / "Mẫu tốt.docx")
    expect(clerk.locator("img.paper").first).to_be_visible()
    clerk.get_by_role("button", name="Ban hành mẫu này").click()
    expect(clerk.get_by_text("Đã ban hành mẫu, lần 2")).to_be_visible()

    clerk.get_by_role("link", name="Tên trường của loại này").click()
    clerk.fill("#n-query", "nguoi ky")
    expect(clerk.get_by_text("ten_co_quan_chu_quan")).to_have_count(0)
    clerk.get_by_role("button", name="Chép {{ ho_ten_nguoi_ky }}").click()
    expect(clerk.get_by_text("Đã chép")).to_be_visible()
    assert desk.complaints == []


def test_a_paper_is_dropped_checked_and_taken_mended(
    desk: Desk, enter: Enter, tmp_path: Path
) -> None:
    (tmp_path / "Kế hoạch.docx").write_bytes(wrong_paper())
    unit = enter("donvi", screen=PHONE)
    unit.goto("/kiem-tra-the-thuc/")
    unit.set_input_files("#tep", tmp_path / "Kế hoạch.docx")
    expect(unit.get_by_text("Lề trái của trang phải là 30-35 mm.")).to_be_visible()
    expect(unit.locator("img.paper").first).to_be_visible()
    assert fits(unit)
    name, data = taken(unit, "Tải bản đã sửa")
    assert name == "Kế hoạch (đã sửa).docx"
    margin = docx.Document(io.BytesIO(data)).sections[0].left_margin
    assert margin is not None
    assert margin.mm == pytest.approx(30, abs=1)

    office = enter("chuyenvien")
    office.goto(unit.url)
    expect(office.get_by_text("chỉ giữ một giờ")).to_be_visible()
    # Dropped anywhere on the page.
    office.goto("/kiem-tra-the-thuc/")
    handle = office.evaluate_handle(
        """bytes => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], "Thả vào.docx"));
          return data;
        }""",
        list(wrong_paper()),
    )
    office.dispatch_event("body", "drop", {"dataTransfer": handle})
    expect(office.get_by_role("heading", name="Thả vào.docx")).to_be_visible()
    assert desk.complaints == []
