"""Open facts, delegations, health and backups."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from docgen.models import JobState
from records.models import ChangeLog, Delegation, Fact, OfficeHolder, Person, Post
from tests import make
from tests.web.conftest import SignedIn
from web.models import Account
from web.rights import Role
from workers import upkeep
from workers.models import UpkeepJob, UpkeepKind

pytestmark = pytest.mark.django_db


def test_a_fact_is_confirmed_with_its_paper(signed_in: SignedIn) -> None:
    admin = signed_in(Role.ADMIN)
    fact = make.fact(
        "term_years", {"count": 5, "names": []}, label="Nhiệm kỳ <năm>", verified=False
    )
    page = admin.get("/quan-tri/du-kien/").content.decode()
    assert "Nhiệm kỳ &lt;năm&gt;" in page
    assert "số lượng: 5; tên gọi: chưa ghi" in page
    assert admin.post(f"/quan-tri/du-kien/{fact.pk}/", {"source": " "}).status_code == 422
    admin.post(f"/quan-tri/du-kien/{fact.pk}/", {"source": "Công văn 12/LĐLĐ ngày 02/5/2024"})
    assert Fact.objects.get().verified
    assert ChangeLog.objects.get(record_type="fact").actor == "nguoi-thu"


@pytest.fixture
def office() -> dict[str, Person]:
    """Chair, deputy and clerk of the provincial federation today."""
    org = make.org("ldld-tinh", "Liên đoàn Lao động tỉnh", "province_federation", "province")
    found = {}
    for post in (Post.CHAIR, Post.VICE_CHAIR, Post.CLERK):
        found[post.value] = make.person()
        make.office(found[post.value], org, post)
    return found


def sent(office: dict[str, Person], **changes: Any) -> dict[str, Any]:
    today = f"{timezone.localdate():%d/%m/%Y}"
    return {
        "org": "ldld-tinh", "delegator": office["chair"].code, "delegate": office["vice_chair"].code,
        "first": today, "last": today, "document": "Giấy ủy quyền 03/GUQ-LĐLĐ",
    } | changes  # fmt: skip


def test_a_delegation_is_written_listed_and_ended(
    signed_in: SignedIn, office: dict[str, Person]
) -> None:
    admin = signed_in(Role.ADMIN)
    assert admin.post("/uy-quyen-ky/", sent(office)).status_code == 302
    again = admin.post("/uy-quyen-ky/", sent(office))
    assert again.status_code == 422
    row = Delegation.objects.get()
    assert "Đang có hiệu lực" in admin.get("/uy-quyen-ky/").content.decode()
    admin.post(f"/uy-quyen-ky/{row.pk}/ket-thuc/")
    assert not Delegation.objects.valid_on(timezone.localdate()).exists()
    bad = admin.post("/uy-quyen-ky/", sent(office, delegate=office["clerk"].code))
    assert "Chọn một trong các mục có sẵn" in bad.content.decode() or bad.status_code == 422


def leader(client: Client, person: Person) -> Client:
    Account.objects.filter(user__username="nguoi-thu").update(person=person)
    return client


def test_a_leader_delegates_and_ends_only_his_own(
    signed_in: SignedIn, office: dict[str, Person]
) -> None:
    chair = leader(signed_in(Role.LEADER), office["chair"])
    other = {"delegator": office["vice_chair"].code, "delegate": office["chair"].code}
    assert chair.post("/uy-quyen-ky/", sent(office, **other)).status_code == 422
    assert chair.post("/uy-quyen-ky/", sent(office)).status_code == 302
    row = Delegation.objects.get()
    leader(chair, office["vice_chair"])
    assert chair.post(f"/uy-quyen-ky/{row.pk}/ket-thuc/").status_code == 404
    assert Delegation.objects.filter(pk=row.pk).exists()
    assert signed_in(Role.SECRETARY, username="vt").get("/uy-quyen-ky/").status_code == 403


def test_nobody_who_left_is_offered(signed_in: SignedIn, office: dict[str, Person]) -> None:
    OfficeHolder.objects.filter(person=office["vice_chair"]).update(valid_to=date(2024, 1, 1))
    answer = signed_in(Role.ADMIN).post("/uy-quyen-ky/", sent(office))
    assert answer.status_code == 422
    assert not Delegation.objects.exists()


def test_a_second_click_asks_for_one_backup(signed_in: SignedIn, monkeypatch: Any) -> None:
    monkeypatch.setattr(upkeep, "ring", lambda *_: True)
    admin = signed_in(Role.ADMIN)
    for _ in range(2):
        assert admin.post("/quan-tri/sao-luu/").status_code == 302
    job = UpkeepJob.objects.get()
    assert (job.kind, job.state, job.asked_by) == (UpkeepKind.BACKUP, JobState.WAITING, "nguoi-thu")
    part = admin.get("/quan-tri/sao-luu/", headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" in part
    assert "<html" not in part


def test_a_backup_is_downloaded_by_an_administrator_while_it_is_there(
    signed_in: SignedIn, tmp_path: Path, settings: Any
) -> None:
    settings.DOCGEN_HOME = tmp_path
    admin = signed_in(Role.ADMIN)
    job = UpkeepJob.objects.create(
        kind=UpkeepKind.BACKUP, state=JobState.DONE, asked_by="a", file_name="docgen-1.tar"
    )
    gone = admin.get(f"/quan-tri/sao-luu/{job.pk}/tai-ve/")
    assert gone.status_code == 404
    assert "không còn trên máy" in gone.content.decode()
    upkeep.backup_folder().mkdir()
    (upkeep.backup_folder() / "docgen-1.tar").write_bytes(b"tar")
    answer = admin.get(f"/quan-tri/sao-luu/{job.pk}/tai-ve/")
    assert b"".join(answer.streaming_content) == b"tar"  # type: ignore[attr-defined]
    assert (
        signed_in(Role.SECRETARY, username="vt")
        .get(f"/quan-tri/sao-luu/{job.pk}/tai-ve/")
        .status_code
        == 403
    )


def test_a_job_that_cannot_be_done_says_why(monkeypatch: Any) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise ValueError("đĩa đầy")

    monkeypatch.setattr(upkeep, "_docgen", refuses)
    job = upkeep.ask(UpkeepKind.HEALTH, actor="quantri")
    upkeep.run_upkeep(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "đĩa đầy" in job.error_message
    upkeep.run_upkeep(job.pk)
    job.refresh_from_db()
    assert job.attempt == 1
