"""The write side of the registers: a line is copied once and stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.errors import Conflict, NotFound
from records.models import ChangeLog, UnionOrg
from registry.durability import durable
from registry.files import store
from registry.models import IncomingEntry, OfficialNumber, OutgoingEntry
from registry.numbering import reserve_number
from registry.registers import (
    enter_incoming,
    enter_outgoing,
    mark_issued,
    mark_recalled,
    mark_replaced,
    mark_sent,
)
from registry.series import SeriesRef

MAY_2 = date(2024, 5, 2)
pytestmark = pytest.mark.django_db


def enter(number: OfficialNumber, org: UnionOrg, **changed: Any) -> OutgoingEntry:
    facts: dict[str, Any] = {
        "org": org,
        "code": f"{number}/KH-LĐLĐ",
        "symbol": "KH-LĐLĐ",
        "date": number.on,
        "kind": "plan",
        "type_name": "Kế hoạch",
        "subject": "Phát triển đoàn viên tại Công ty TNHH A&B <X>",
        "signer": "Giàng A Páo",
        "recipients": "- Như trên;\n- Lưu: VT.",
        "kept_by": "Văn thư",
        "copies": 12,
        "document_id": "d-1",
    }
    with durable():
        return enter_outgoing(number, **(facts | changed))


@pytest.fixture
def number(plans: SeriesRef) -> OfficialNumber:
    with durable():
        return reserve_number(plans, on=MAY_2, holder="document:d-1", actor="van-thu")


def test_line_is_entered_once(number: OfficialNumber, province: UnionOrg) -> None:
    first = enter(number, province)
    again = enter(number, province, subject="Khác")
    assert again.pk == first.pk
    line = OutgoingEntry.objects.get()
    assert (line.code, line.year, line.state) == ("01/KH-LĐLĐ", 2024, "numbered")
    assert line.subject == "Phát triển đoàn viên tại Công ty TNHH A&B <X>"


def test_line_of_another_paper(number: OfficialNumber, province: UnionOrg) -> None:
    enter(number, province)
    with pytest.raises(Conflict, match="Số 01 đã vào sổ cho văn bản 01/KH-LĐLĐ"):
        enter(number, province, document_id="d-2")


def test_day_is_the_day_of_the_number(number: OfficialNumber, province: UnionOrg) -> None:
    with pytest.raises(Conflict, match="03/05/2024 khác ngày của số 01"):
        enter(number, province, date=date(2024, 5, 3))


@pytest.mark.usefixtures("files_dir")
def test_issue_puts_the_file_in_once(number: OfficialNumber, province: UnionOrg) -> None:
    enter(number, province)
    final, other = (store(data, media_type="a/b", name="x.docx") for data in (b"1", b"2"))
    mark_issued(number, file=final)
    line = mark_issued(number, file=final)
    assert (line.state, line.file) == ("issued", final)
    with pytest.raises(Conflict, match="đã lưu một tệp khác"):
        mark_issued(number, file=other)
    assert mark_issued(number).file == final


def test_recalled_line_stays_and_says_so(number: OfficialNumber, province: UnionOrg) -> None:
    enter(number, province, note="Khẩn")
    for _ in range(2):
        line = mark_recalled(number, actor="van-thu", reason="Sai tên doanh nghiệp")
    assert (line.state, line.note) == ("recalled", "Khẩn; Đã thu hồi: Sai tên doanh nghiệp")
    change = ChangeLog.objects.get()
    assert (change.action, change.before["state"]) == ("line_recalled", "numbered")
    assert mark_issued(number).state == "recalled"


def test_replaced_line_names_the_new_paper(number: OfficialNumber, province: UnionOrg) -> None:
    enter(number, province)
    line = mark_replaced(number, by="71/KH-LĐLĐ", actor="van-thu")
    assert (line.state, line.note) == ("replaced", "Đã thay thế bằng 71/KH-LĐLĐ")


def test_columns_filled_when_the_paper_is_sent(number: OfficialNumber, province: UnionOrg) -> None:
    enter(number, province)
    line = mark_sent(number, sent_on=date(2024, 5, 3), receipt="Bưu điện", actor="van-thu")
    assert (line.sent_on, line.receipt) == (date(2024, 5, 3), "Bưu điện")
    assert ChangeLog.objects.get().before == {"sent_on": None, "receipt": ""}


def test_number_that_is_not_in_the_book(number: OfficialNumber) -> None:
    with pytest.raises(NotFound, match="Số 01 chưa vào sổ"):
        mark_recalled(number, actor="a", reason="b")


def test_incoming_has_its_own_numbers(number: OfficialNumber, province: UnionOrg) -> None:
    def receive(holder: str) -> IncomingEntry:
        with durable():
            return enter_incoming(
                org=province,
                holder=holder,
                actor="van-thu",
                arrived_on=date(2024, 5, 6),
                author="LĐLĐ huyện Tam Đường",
                code="342/LĐLĐ-TCKT",
                date=date(2024, 5, 3),
                subject="Công văn về việc đề nghị công nhận công đoàn cơ sở",
                receiver="Ban TC-KT",
            )

    first = receive("received:a")
    assert receive("received:a").pk == first.pk
    assert [receive("received:b").number.number, first.number.number] == [2, 1]
