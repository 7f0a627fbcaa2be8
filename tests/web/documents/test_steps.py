"""The life of a paper at the desk: who may take which step, and what a second press does."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from docgen.models import Document, DocumentState
from records.models import Campaign, Person
from registry.models import OfficialNumber, OutgoingEntry
from tests.sample import PLAN, draft, issued, run_waiting, signed
from tests.web.conftest import SignedIn
from web.models import AccessLog, Account
from web.rights import Role

MAY_2 = date(2024, 5, 2)
pytestmark = pytest.mark.django_db
COMPOSE = "/soan/plan/campaign:ptdv-2024/"


def at(paper: Document, step: str = "") -> str:
    return f"/van-ban/{paper.pk}/{step}"


def leader_of(paper: Document, signed_in: SignedIn) -> Client:
    """A leader whose account stands for the person who signs this paper."""
    client = signed_in(Role.LEADER, username="lanh-dao")
    Account.objects.update_or_create(user__username="lanh-dao", defaults={"person": paper.signer})
    return client


def test_a_paper_goes_its_whole_way(sample: Campaign, signed_in: SignedIn) -> None:
    writer = signed_in(Role.SPECIALIST, username="chuyen-vien")
    answer = writer.post(COMPOSE, {"ngay": "2.5.24", "do": "trinh", "copies": "12"})
    paper = Document.objects.get(kind="plan")
    assert answer["Location"] == at(paper)
    assert (paper.state, paper.data["copies"], paper.intended_on) == ("submitted", 12, MAY_2)
    assert (paper.requested_by, paper.given) == ("chuyen-vien", {"copies": 12})

    leader = leader_of(paper, signed_in)
    assert leader.post(at(paper, "tra-lai/"), {"remarks": " "}).status_code == 422
    leader.post(at(paper, "tra-lai/"), {"remarks": "Ghi 15 bản."})
    paper.refresh_from_db()
    assert paper.state == DocumentState.RETURNED
    assert "Ghi 15 bản." in writer.get(at(paper)).content.decode()

    writer.post(at(paper, "sua/"), {"ngay": "02/5/2024", "do": "trinh", "copies": "15"})
    leader.post(at(paper, "duyet/"))
    paper.refresh_from_db()
    assert (paper.state, paper.data["copies"]) == (DocumentState.SIGNED, 15)

    secretary = signed_in(Role.SECRETARY, username="van-thu")
    for _ in range(2):  # a second press gives no second number
        assert secretary.post(at(paper, "cap-so/"), {"date": "2/5/2024"}).status_code == 302
    paper.refresh_from_db()
    assert paper.state == DocumentState.NUMBERED
    assert OfficialNumber.objects.filter(series__key="KH").count() == 1
    run_waiting(paper)
    page = secretary.get(at(paper)).content.decode()
    assert "Đã phát hành" in page
    assert paper.code in page
    word = secretary.get(at(paper, "word/"))
    assert word.content.startswith(b"PK")
    assert (
        f"filename*=utf-8''{paper.code.partition('/')[0]}-KH-L%C4%90L%C4%90"
        in word["Content-Disposition"]
    )
    assert AccessLog.objects.filter(subject=f"document:{paper.pk}", action="took").exists()


STEPS = {
    "trinh/": {Role.SECRETARY, Role.SPECIALIST},
    "duyet/": {Role.LEADER},
    "tra-lai/": {Role.LEADER},
    "cap-so/": {Role.SECRETARY},
    "thu-hoi/": {Role.SECRETARY},
    "thay-the/": {Role.SECRETARY, Role.SPECIALIST},
    "sua-tay/bo/": {Role.SECRETARY, Role.SPECIALIST},
}


def test_each_step_is_for_its_role(sample: Campaign, signed_in: SignedIn) -> None:
    paper = draft(*PLAN, on=MAY_2)
    for number, role in enumerate(Role):
        client = signed_in(role, username=f"nguoi-{number}", unit=sample.org)
        for step, allowed in STEPS.items():
            refused = client.post(at(paper, step)).status_code == 403
            assert refused == (role not in allowed), (role, step)
            assert client.get(at(paper, step)).status_code == 405


def test_an_officer_and_a_stranger_see_no_paper(sample: Campaign, signed_in: SignedIn) -> None:
    paper = draft(*PLAN, on=MAY_2)
    officer = signed_in(Role.OFFICER, unit=sample.org)
    pages = (at(paper), at(paper, "word/"), at(paper, "pdf/"), at(paper, "to-giay/"))
    for address in (*pages, "/van-ban/", "/cho-duyet/", "/soan/", COMPOSE):
        assert officer.get(address).status_code == 403, address
        assert Client().get(address).status_code == 302, address


def test_who_may_not_sign_is_told_who_can(sample: Campaign, signed_in: SignedIn) -> None:
    paper = draft(*PLAN, on=MAY_2)
    signed_in(Role.SPECIALIST, username="soan").post(at(paper, "trinh/"))
    nobody = signed_in(Role.LEADER, username="chua-gan")
    assert "chưa gắn với người nào" in nobody.get(at(paper)).content.decode()
    assert "chưa gắn" in nobody.post(at(paper, "duyet/")).content.decode()
    stranger = signed_in(Role.LEADER, username="nguoi-khac")
    other = Person.objects.filter(offices__isnull=True).first()
    Account.objects.filter(user__username="nguoi-khac").update(person=other)
    assert "không có quyền ký văn bản này" in stranger.get(at(paper)).content.decode()
    assert stranger.post(at(paper, "duyet/")).status_code == 404
    paper.refresh_from_db()
    assert paper.state == DocumentState.SUBMITTED


def test_a_leader_decides_on_what_he_has_seen(sample: Campaign, signed_in: SignedIn) -> None:
    paper = draft(*PLAN, on=MAY_2)
    signed_in(Role.SPECIALIST, username="soan").post(at(paper, "trinh/"))
    leader = leader_of(paper, signed_in)
    answer = leader.post(at(paper, "duyet/"), {"ban": "2024-05-02T00:00:00+00:00"})
    assert answer.status_code == 409
    assert "vừa được người khác sửa" in answer.content.decode()


def test_number_kept_and_number_inserted_need_a_reason(
    sample: Campaign, signed_in: SignedIn
) -> None:
    secretary = signed_in(Role.SECRETARY)
    issued(*PLAN, on=MAY_2)
    paper = signed("quota_decision", "campaign:ptdv-2024", on=MAY_2)
    answer = secretary.post(at(paper, "cap-so/"), {"way": "reserve", "date": "2/5/2024"})
    assert answer.status_code == 422
    secretary.post(
        at(paper, "cap-so/"), {"way": "reserve", "date": "2/5/2024", "reason": "chờ đóng dấu"}
    )
    page = secretary.get(at(paper)).content.decode()
    assert "Đã giữ số" in page
    secretary.post(at(paper, "cap-so/"), {"date": "2/5/2024"})
    paper.refresh_from_db()
    assert paper.state == DocumentState.NUMBERED
    late = signed("survey_team_decision", "campaign:ptdv-2024", on=MAY_2)
    wrong = {"way": "insert", "date": "2/5/2024", "reason": "sót", "after": "bảy"}
    assert "chèn sau số nào" in secretary.post(at(late, "cap-so/"), wrong).content.decode()
    number = str(paper.number.number) if paper.number else ""
    secretary.post(at(late, "cap-so/"), wrong | {"after": number})
    late.refresh_from_db()
    assert late.code.startswith(f"{int(number):02d}a/QĐ-")


def test_a_number_that_went_elsewhere_is_told(sample: Campaign, signed_in: SignedIn) -> None:
    secretary = signed_in(Role.SECRETARY)
    first = issued("quota_decision", "campaign:ptdv-2024", on=MAY_2) if _plan() else None
    assert first is not None
    assert first.number is not None
    paper = signed("survey_team_decision", "campaign:ptdv-2024", on=MAY_2)
    expected = str(first.number.number)  # what the page showed before the first paper took it
    answer = secretary.post(
        at(paper, "cap-so/"), {"date": "2/5/2024", "expected": expected}, follow=True
    )
    assert "đã cấp cho văn bản khác" in answer.content.decode()


def _plan() -> Document:
    return issued(*PLAN, on=MAY_2)


def test_recall_needs_a_reason_and_stays_in_the_book(sample: Campaign, signed_in: SignedIn) -> None:
    paper = issued(*PLAN, on=MAY_2)
    secretary = signed_in(Role.SECRETARY)
    assert secretary.post(at(paper, "thu-hoi/")).status_code == 422
    for _ in range(2):
        secretary.post(at(paper, "thu-hoi/"), {"reason": "Sai nội dung"})
    paper.refresh_from_db()
    assert paper.state == DocumentState.RECALLED
    assert "Sai nội dung" in OutgoingEntry.objects.get(number=paper.number).note


def test_a_paper_is_replaced_when_the_new_one_gets_its_number(
    sample: Campaign, signed_in: SignedIn
) -> None:
    old = issued(*PLAN, on=MAY_2)
    secretary = signed_in(Role.SECRETARY)
    for _ in range(2):
        answer = secretary.post(
            at(old, "thay-the/"), {"reason": "Sai thời hạn", "date": "6/5/2024"}
        )
    new = Document.objects.exclude(pk=old.pk).get()
    assert answer["Location"] == at(new)
    assert "Sẽ thay thế" in secretary.get(at(new)).content.decode()
    secretary.post(at(new, "trinh/"))
    leader_of(new, signed_in).post(at(new, "duyet/"))
    secretary.post(at(new, "cap-so/"), {"date": "6/5/2024"})
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.replaced_by) == (DocumentState.REPLACED, new)
    assert "Sai thời hạn" in old.events.last().note  # type: ignore[union-attr]
