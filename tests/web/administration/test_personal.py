"""Requests about personal data: terms by the law of the day, all that is held, and erasing only what nothing needs."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from core.errors import Conflict
from docgen.services.issuing import issue_document
from records.models import ChangeLog, Fact, Membership, OfficeHolder, Person
from records.services.audit import By
from records.services.erasure import ERASED, erase_person
from tests import make
from tests.sample import CHAIR, PLAN, code_of, signed
from tests.web.conftest import SignedIn
from web.administration import personal
from web.models import Access, AccessLog, DataRequest, DataRight, RequestState
from web.rights import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture
def terms() -> None:
    """The facts of the terms as the store is given them."""
    make.fact(personal.ANSWER_FACT, 2, valid_from=date(2026, 1, 1))
    make.fact(
        personal.ACT_FACT, {"export": 10, "correct": 10, "erase": 20, "limit": 15},
        valid_from=date(2026, 1, 1),
    )  # fmt: skip


def someone(**more: str) -> Person:
    return make.person(
        "Sùng Thị Mỷ",
        code="ng-my",
        dob="1991-03-07",
        id_number="012191001234",
        phone="0912345678",
        **more,
    )


def asked(person: Person, right: DataRight, received: date = TODAY) -> DataRequest:
    return personal.register_request(person, right=right, received=received, how="đơn", actor="vt")


def test_terms_are_those_of_the_day_of_receipt(terms: None) -> None:
    row = asked(someone(), DataRight.ERASE)  # a Friday
    assert (row.answer_by, row.act_by) == (date(2026, 12, 1), date(2026, 12, 17))
    before = asked(row.person, DataRight.EXPORT, date(2025, 5, 5))
    assert (before.answer_by, before.act_by) == (None, None)
    assert asked(row.person, DataRight.ERASE).pk == row.pk


def test_the_sample_and_the_first_run_bring_the_facts(sample: object) -> None:
    for key in (personal.ANSWER_FACT, personal.ACT_FACT):
        assert [row.verified for row in Fact.objects.filter(key=key).order_by("valid_from")] == [
            False,
            True,
        ]


def test_the_register_from_request_to_answer(terms: None, signed_in: SignedIn) -> None:
    admin, person = signed_in(Role.ADMIN), someone()
    found = admin.get("/quan-tri/du-lieu-ca-nhan/them/?tim=012191001234").content.decode()
    assert "Sùng Thị Mỷ" in found
    assert "0912345678" not in found
    sent = {"person": person.code, "right": "correct", "received": "27.11.26", "how": "đơn giấy"}
    answer = admin.post("/quan-tri/du-lieu-ca-nhan/them/", sent)
    row = DataRequest.objects.get()
    assert answer["Location"] == f"/quan-tri/du-lieu-ca-nhan/{row.pk}/"
    assert "01/12/2026" in admin.get(answer["Location"]).content.decode()
    act = f"/quan-tri/du-lieu-ca-nhan/{row.pk}/lam/"
    assert admin.post(act, {"act": "answer", "words": ""}).status_code == 422
    assert admin.post(act, {"act": "khac", "words": "x"}).status_code == 422
    admin.post(act, {"act": "answer", "words": "Đã hẹn sửa"})
    row.refresh_from_db()
    assert (row.state, row.handled_by) == (RequestState.ANSWERED, "nguoi-thu")
    admin.post(act, {"act": "close", "words": "Đã sửa ngày sinh"})
    assert admin.post(act, {"act": "refuse", "words": "x"}).status_code == 409
    assert AccessLog.objects.filter(subject="person:ng-my", action=Access.DID).count() == 3
    future = sent | {"received": "1/1/2099"}
    assert admin.post("/quan-tri/du-lieu-ca-nhan/them/", future).status_code == 422


def test_an_export_has_everything_and_needs_an_open_request(signed_in: SignedIn) -> None:
    admin, person = signed_in(Role.ADMIN), someone(ethnicity="Mông")
    org = make.org("ldld-1", "LĐLĐ huyện A", "district_federation", "upper")
    make.office(person, org, "specialist", valid_from=date(2020, 1, 1))
    Membership.objects.create(person=person, union=org, joined_on=date(2020, 2, 1))
    row = asked(person, DataRight.EXPORT)
    data = json.loads(admin.get(f"/quan-tri/du-lieu-ca-nhan/{row.pk}/xuat.json").content)
    assert data["Người"][0]["Số định danh"] == "012191001234"
    assert data["Người"][0]["Dân tộc"] == "Mông"
    assert data["Người giữ chức vụ"][0]["Chức vụ"] == "specialist"
    assert data["Đoàn viên"][0]["Ngày gia nhập"] == "2020-02-01"
    assert data["Yêu cầu về dữ liệu cá nhân"]
    book = openpyxl.load_workbook(
        BytesIO(admin.get(f"/quan-tri/du-lieu-ca-nhan/{row.pk}/xuat.xlsx").content)
    )
    assert "Người" in book.sheetnames
    assert AccessLog.objects.filter(subject="person:ng-my", action=Access.TOOK).count() == 2
    personal.close_request(row, actor="vt", today=TODAY, words="đã giao")
    assert admin.get(f"/quan-tri/du-lieu-ca-nhan/{row.pk}/xuat.json").status_code == 422
    assert admin.get(f"/quan-tri/du-lieu-ca-nhan/{row.pk}/xuat.exe").status_code == 404


def test_every_reference_to_a_person_is_in_the_export() -> None:
    person = someone()
    names = {relation.related_model for relation in person._meta.related_objects}
    assert {OfficeHolder, Membership, DataRequest} <= names


def test_what_nothing_needs_is_erased_and_the_log_does_not_keep_it(signed_in: SignedIn) -> None:
    admin, person = signed_in(Role.ADMIN), someone()
    row = asked(person, DataRight.ERASE)
    page = admin.get(f"/quan-tri/du-lieu-ca-nhan/{row.pk}/").content.decode()
    assert "Xóa dữ liệu của người này" in page
    admin.post(f"/quan-tri/du-lieu-ca-nhan/{row.pk}/lam/", {"act": "erase"})
    person.refresh_from_db()
    assert (person.full_name, person.id_number, person.phone, person.dob) == (ERASED, None, "", "")
    log = ChangeLog.objects.get(action="erased")
    assert "012191001234" not in json.dumps([log.before, log.after])
    row.refresh_from_db()
    assert row.state == RequestState.DONE
    again = admin.post(f"/quan-tri/du-lieu-ca-nhan/{row.pk}/lam/", {"act": "erase"})
    assert again.status_code == 409


def test_what_is_needed_stays_and_every_reason_is_told(signed_in: SignedIn) -> None:
    admin, person = signed_in(Role.ADMIN), someone()
    org = make.org("ldld-1", "LĐLĐ huyện A", "district_federation", "upper")
    make.office(person, org, "specialist")
    Membership.objects.create(person=person, union=org, joined_on=date(2020, 2, 1))
    row = asked(person, DataRight.ERASE)
    page = admin.get(f"/quan-tri/du-lieu-ca-nhan/{row.pk}/").content.decode()
    assert "đang giữ chức vụ Chuyên viên" in page
    assert "đang là đoàn viên" in page
    refused = admin.post(f"/quan-tri/du-lieu-ca-nhan/{row.pk}/lam/", {"act": "erase"})
    assert refused.status_code == 409
    person.refresh_from_db()
    assert person.id_number == "012191001234"
    with pytest.raises(Conflict):
        erase_person(person, by=By("a", "web"), today=TODAY)


def test_an_issued_paper_keeps_its_signer(sample: object) -> None:
    paper = signed(*PLAN, on=date(2024, 5, 2))
    issued = issue_document(paper, on=date(2024, 5, 2), actor="vt")
    signer = Person.objects.get(code=code_of(CHAIR))
    OfficeHolder.objects.filter(person=signer).update(valid_to=date(2024, 6, 1))
    reasons = personal.reasons_against(signer, today=TODAY)
    assert any(issued.code in reason for reason in reasons)


def test_others_see_no_request(signed_in: SignedIn) -> None:
    row = asked(someone(), DataRight.EXPORT)
    client = signed_in(Role.SECRETARY)
    for address in ("", "them/", f"{row.pk}/", f"{row.pk}/xuat.xlsx"):
        assert client.get(f"/quan-tri/du-lieu-ca-nhan/{address}").status_code == 403
    assert (
        client.post(f"/quan-tri/du-lieu-ca-nhan/{row.pk}/lam/", {"act": "erase"}).status_code == 403
    )
