"""Records from Excel at the desk: nothing is written before it was seen, and then once."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.sheets import Column, SheetData, read_book, write_book
from records.exchange.importing import preview_records
from records.models import Campaign, ChangeLog, Enterprise
from web.models import AccessLog, ImportState, RecordsImport
from web.recordbook import imports

ADDRESS = "/ho-so/nhap/"
COLUMNS = ("Mã", "Tên doanh nghiệp", "Mã số thuế", "Loại hình")
NEW = ("dn-moi", "Công ty TNHH A&B Nậm Cắn", "6299900012", "Công ty cổ phần")


def book(*rows: tuple[str, ...]) -> bytes:
    columns = tuple(Column(heading) for heading in COLUMNS)
    return write_book([SheetData("Doanh nghiệp", columns, rows)])


def send(client: Client, data: bytes, name: str = "doanh nghiệp.xlsx") -> str:
    answer = client.post(ADDRESS, {"tep": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def renamed(sample: Campaign) -> tuple[Enterprise, tuple[str, ...]]:
    row = Enterprise.objects.exclude(tax_code=None).order_by("code")[0]
    return row, (row.code, "Công ty TNHH Tên Mới", row.tax_code or "", row.get_type_display())


def test_a_preview_says_what_would_change_and_changes_nothing(sample: Campaign) -> None:
    row, cells = renamed(sample)
    lines = ChangeLog.objects.count()
    found = preview_records(book(NEW, cells), actor="can-bo-1")
    assert (found.report.created, found.report.changed) == (1, 1)
    new, changed = sorted(found.changes, key=lambda one: not one.is_new)
    assert (new.row, changed.row) == (2, 3)
    assert {cell.header: cell.after for cell in new.cells} == dict(zip(COLUMNS, NEW, strict=True))
    assert [(c.header, c.before, c.after) for c in changed.cells] == [
        ("Tên doanh nghiệp", row.name, "Công ty TNHH Tên Mới")
    ]
    assert not Enterprise.objects.filter(code="dn-moi").exists()
    assert ChangeLog.objects.count() == lines


def test_changes_are_told_up_to_a_number_and_counted_all(sample: Campaign) -> None:
    _, cells = renamed(sample)
    found = preview_records(book(NEW, cells), actor="can-bo-1", at_most=1)
    assert len(found.changes) == 1
    assert found.report.created + found.report.changed == 2


def test_a_workbook_is_previewed_then_taken_in_once(specialist: Client, sample: Campaign) -> None:
    row, cells = renamed(sample)
    page_address = send(specialist, book(NEW, cells))
    page = specialist.get(page_address).content.decode()
    assert "Ghi 2 dòng vào hồ sơ" in page
    assert "→ Công ty TNHH Tên Mới" in page
    assert not Enterprise.objects.filter(code="dn-moi").exists()
    assert send(specialist, book(NEW, cells)) == page_address
    assert specialist.post(f"{page_address}ghi/").status_code == 302
    assert specialist.post(f"{page_address}ghi/").status_code == 302
    row.refresh_from_db()
    assert row.name == "Công ty TNHH Tên Mới"
    line = ChangeLog.objects.get(record_type="enterprise", record_id="dn-moi")
    assert (line.actor, line.channel) == ("chuyen-vien", "import")
    assert "doanh nghiệp.xlsx" in line.reason
    done = specialist.get(page_address).content.decode()
    assert "1 dòng mới, 1 dòng thay đổi" in done
    assert specialist.post(f"{page_address}bo/").status_code == 302
    assert RecordsImport.objects.get().state == ImportState.APPLIED


def test_errors_stand_at_their_cells_and_nothing_can_be_taken_in(specialist: Client) -> None:
    bad = ("dn-loi", "Công ty", "123", "Loại lạ")
    page_address = send(specialist, book(NEW, bad))
    page = specialist.get(page_address).content.decode()
    assert "2 lỗi nên chưa ghi gì" in page
    assert "C3" in page
    assert "D3" in page
    assert specialist.post(f"{page_address}ghi/").status_code == 409
    assert not Enterprise.objects.filter(code="dn-moi").exists()
    specialist.post(f"{page_address}bo/")
    kept = RecordsImport.objects.get()
    assert (kept.state, kept.preview) == (ImportState.DROPPED, {})


def test_the_store_may_have_moved_on_since_the_preview(
    specialist: Client, sample: Campaign
) -> None:
    page_address = send(specialist, book(NEW))
    Enterprise.objects.filter(pk=Enterprise.objects.order_by("pk")[0].pk).update(tax_code=NEW[2])
    specialist.post(f"{page_address}ghi/")
    assert RecordsImport.objects.get().state == ImportState.REFUSED
    assert "lỗi nên chưa ghi gì" in specialist.get(page_address).content.decode()


def test_what_is_no_workbook_is_refused_with_what_to_do(specialist: Client) -> None:
    none = specialist.post(ADDRESS)
    assert none.status_code == 422
    text = specialist.post(ADDRESS, {"tep": SimpleUploadedFile("a.xlsx", b"khong phai")})
    assert text.status_code == 422
    assert ".xlsx" in text.content.decode()
    large = specialist.post(
        ADDRESS, {"tep": SimpleUploadedFile("a.xlsx", b"x" * (imports.MAX_BYTES + 1))}
    )
    assert "lớn hơn 8 MB" in large.content.decode()
    assert RecordsImport.objects.count() == 0


def test_who_may(reader: Client, officer: Client) -> None:
    for client in (reader, officer):
        assert client.get(ADDRESS).status_code == 403
        assert client.get("/ho-so/xuat.xlsx").status_code == 403


def test_the_store_goes_out_as_a_workbook_and_the_log_says_so(specialist: Client) -> None:
    answer = specialist.get("/ho-so/xuat.xlsx")
    assert "filename*=utf-8''H%E1%BB%93%20s%C6%A1" in answer["Content-Disposition"]
    sheets = {sheet.name for sheet in read_book(BytesIO(answer.content).getvalue())}
    assert {"Doanh nghiệp", "Người", "Hồ sơ thành lập"} <= sheets
    assert AccessLog.objects.filter(action="took", subject="records").count() == 1
    blank = specialist.get("/ho-so/nhap/bieu-trong.xlsx")
    assert blank["Content-Type"].endswith("sheet")
