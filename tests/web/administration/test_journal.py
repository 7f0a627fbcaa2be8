"""The log: three sources in one order, filtered, paged, and without anybody's personal data."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from docgen.models import DocumentEvent
from docgen.services.lifecycle import request_document
from records.models import Campaign
from records.services.audit import By
from records.services.people import change_person, create_person
from tests.sample import PLAN
from tests.web.conftest import SignedIn
from web.administration.journal import CHANGED, PAPERS, SAW, Wanted, lines, page_of
from web.models import Access, AccessLog
from web.rights import Role

pytestmark = pytest.mark.django_db
BY = By("chuyenvien", "web", "Theo căn cước mới")


def test_all_that_was_done_stands_in_one_order(sample: Campaign, signed_in: SignedIn) -> None:
    admin = signed_in(Role.ADMIN)
    person = create_person(full_name="Lý Thị Xuân", id_number="012300001234", by=BY)
    change_person(person, {"phone": "0912345678"}, by=BY)
    AccessLog.objects.create(actor="vanthu", action=Access.SAW, subject=f"person:{person.code}")

    request_document(*PLAN[:1], record=PLAN[1], on=date(2024, 5, 2), actor="vanthu")
    found = lines(Wanted(), limit=4)
    assert [line.actor for line in found[:3]] == ["vanthu", "vanthu", "chuyenvien"]
    assert found[0].action == "Dự thảo"
    page = admin.get("/quan-tri/nhat-ky/").content.decode()
    assert "điện thoại" in page
    assert "0912345678" not in page
    assert "012300001234" not in page
    assert "Theo căn cước mới" in page
    event = DocumentEvent.objects.get()
    assert event.document.subject[:30] in page


def test_filters_and_pages(signed_in: SignedIn) -> None:
    admin = signed_in(Role.ADMIN)
    for at in range(120):
        AccessLog.objects.create(actor=f"ng-{at % 2}", action=Access.TOOK, subject=f"document:{at}")
    first, older = page_of(Wanted(source=SAW), 1, size=50)
    third, end = page_of(Wanted(source=SAW), 3, size=50)
    assert (len(first), older, end) == (50, True, False)
    assert first[0].subject == "document:119"
    assert third[-1].subject == "document:0"
    assert len(lines(Wanted(actor="NG-1"), limit=500)) == 60
    assert [line.subject for line in lines(Wanted(text="document:77"), limit=5)] == ["document:77"]
    for source in (CHANGED, PAPERS):
        assert lines(Wanted(source=source, actor="ng-1"), limit=5) == []
    page = admin.get("/quan-tri/nhat-ky/?loai=xem&ai=ng-0&trang=2").content.decode()
    assert "Mới hơn" in page
    assert "document:18" in page
    assert "Cũ hơn</a>" not in page
    assert admin.get("/quan-tri/nhat-ky/?tu=32/13/2024").status_code == 422
    assert (
        admin.get("/quan-tri/nhat-ky/?tu=1/1/2099").content.decode().count("Không có dòng nào") == 1
    )
    assert admin.get("/quan-tri/nhat-ky/?trang=99999999999").status_code == 200


def test_the_workbook_has_the_same_lines_and_is_noted(signed_in: SignedIn) -> None:
    admin = signed_in(Role.ADMIN)
    AccessLog.objects.create(actor="vanthu", action=Access.SAW, subject="person:x", note="=1+1")
    answer = admin.get("/quan-tri/nhat-ky/tai-ve/?ai=vanthu")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[-1][1:5] == ("vanthu", "xem", "person:x", "=1+1")
    cell = sheet.cell(row=sheet.max_row, column=5)
    assert cell.data_type != "f", "a note must not become a formula"
    assert AccessLog.objects.filter(subject="log", action=Access.TOOK).count() == 1
