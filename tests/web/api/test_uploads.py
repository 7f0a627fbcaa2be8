"""Files sent by programs. Receiving ends its own transaction, so these are apart from the tests on sample rows."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from intake.models import ReceivedFile
from records.models import UnionOrg
from tests.web.api.conftest import ProgramOf
from web.api import endpoints
from web.rights import Role

pytestmark = pytest.mark.django_db


def sent(data: bytes = b"%PDF-1.4 gia", name: str = "báo cáo.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.django_db(transaction=True)
def test_an_officer_sends_and_sees_only_the_own_unit(
    program: ProgramOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[list[int]] = []
    monkeypatch.setattr(endpoints, "send_reads", rung.append)
    ours, theirs = (
        UnionOrg.objects.create(code=c, name=c, kind="commune_union", level="upper")
        for c in ("xa-1", "xa-2")
    )
    here = program(Role.OFFICER, username="can-bo-1", unit=ours)
    there = program(Role.OFFICER, username="can-bo-2", unit=theirs)
    office = program(Role.SECRETARY, username="vt")
    first = here.send("/intake", file=sent(name="../../báo cáo\r\n.pdf"))
    assert first.status_code == 201, first.content
    row = ReceivedFile.objects.get()
    assert (row.sender, row.received_by) == (ours, "can-bo-1")
    assert rung == [[row.pk]]
    assert "/" not in row.name
    again = here.send("/intake", file=sent())
    assert (again.status_code, again.json()["id"]) == (200, row.pk)
    stranger = there.send("/intake", file=sent())
    assert (stranger.json()["outcome"], stranger.json()["id"]) == ("duplicate", None)
    path = f"/intake/{row.pk}"
    assert [who.get(path).status_code for who in (here, there, office)] == [200, 404, 200]
    assert here.send("/intake", file=sent(b"")).json()["error"]["code"] == "empty_file"
    assert here.send("/intake").json()["error"]["facts"]["missing"] == ["file"]
    assert here.send("/intake", file=sent(b"x"), form_kind="khong-co").status_code == 404
    assert here.get("/reviews").status_code == 403


def test_a_reader_sends_nothing(program: ProgramOf) -> None:
    assert program(Role.READER).send("/intake", file=sent()).status_code == 403


def test_uploads_are_counted(program: ProgramOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "UPLOADS_A_MINUTE", 0)
    assert program(Role.SECRETARY).send("/intake", file=sent()).status_code == 429
