"""The interface on the sample store: the same services, rights and words as the pages."""

from __future__ import annotations

import uuid

import pytest

from docgen.models import Document
from docgen.services.batches import create_batch
from records.models import Campaign, UnionOrg
from tests.web.api.conftest import ProgramOf
from web.api import endpoints, service
from web.models import Access, AccessLog
from web.rights import Role
from workers.dispatch import make_files_now

pytestmark = pytest.mark.django_db
PLAN = {"kind": "plan", "record": "campaign:ptdv-2024", "date": "2024-05-02"}


@pytest.fixture
def campaign(sample: Campaign) -> Campaign:
    return sample


def test_a_paper_from_request_to_download(campaign: Campaign, program: ProgramOf) -> None:
    writer = program(Role.SPECIALIST)
    wanted = PLAN | {"record": f"campaign:{campaign.code}"}
    first = writer.post("/documents", wanted)
    assert first.status_code == 201, first.content
    paper = first.json()
    assert (paper["state"], paper["state_label"], paper["new"]) == ("draft", "Dự thảo", True)
    again = writer.post("/documents", wanted)
    assert (again.status_code, again.json()["id"], again.json()["new"]) == (200, paper["id"], False)
    make_files_now(Document.objects.get(pk=paper["id"]).renderings.all())
    file = writer.get(f"/documents/{paper['id']}/file")
    assert file.status_code == 200
    assert file.content.startswith(b"PK")
    assert "attachment" in file["Content-Disposition"]
    assert AccessLog.objects.filter(action=Access.TOOK, actor="phan-mem").count() == 1
    assert writer.get(f"/documents/{paper['id']}").json()["code"] is None
    pdf = writer.get(f"/documents/{paper['id']}/file", format="pdf")
    assert (pdf.status_code, pdf.json()["error"]["code"]) == (404, "no_pdf")


def test_errors_have_the_shape_of_the_house(campaign: Campaign, program: ProgramOf) -> None:
    writer = program(Role.SPECIALIST)
    unknown = writer.post("/documents", PLAN | {"record": "campaign:khong-co"})
    assert unknown.status_code == 404
    assert set(unknown.json()["error"]) == {"code", "message", "facts"}
    wrong = writer.post("/documents", {"kind": "plan", "date": "2/5/2024", "khac": 1})
    assert wrong.status_code == 422
    facts = wrong.json()["error"]["facts"]
    assert facts["missing"] == ["record"]
    assert sorted(facts["wrong"]) == ["date", "khac"]
    assert writer.get(f"/documents/{uuid.uuid4()}").status_code == 404
    assert writer.get("/batches/99999999999999999999").status_code == 422
    assert writer.post("/documents", PLAN | {"record": "campaign:\x00"}).status_code == 422
    broken = writer.client.post(
        "/api/documents", "{", content_type="application/json", headers=writer._headers()
    )
    assert broken.status_code == 400
    assert broken.json()["error"]["code"] == "bad_request"


def test_a_fault_of_ours_tells_nothing(
    campaign: Campaign, program: ProgramOf, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("bí mật")

    monkeypatch.setattr(endpoints, "request_document", broken)
    answer = program(Role.SPECIALIST).post("/documents", PLAN)
    assert answer.status_code == 500
    assert "bí mật" not in answer.content.decode()
    assert answer.json()["error"]["code"] == "broken"
    assert "bí mật" in caplog.text


def test_a_batch_is_made_once_for_a_key(campaign: Campaign, program: ProgramOf) -> None:
    writer = program(Role.SPECIALIST)
    wanted = {
        "campaign": campaign.code, "kind": "founding_decision", "date": "2024-05-16", "key": "dot-1",
        "where": {"decide_on": "2024-05-16"}, "run": False,
    }  # fmt: skip
    first = writer.post("/batches", wanted)
    assert first.status_code == 200, first.content
    again = writer.post("/batches", wanted)
    assert again.json()["id"] == first.json()["id"]
    assert writer.get(f"/batches/{first.json()['id']}").json()["total"] == first.json()["total"] > 0
    assert writer.post("/batches", wanted | {"campaign": "khong-co"}).status_code == 404


RIGHTS = (
    ("post", "/documents", PLAN, {Role.SECRETARY, Role.SPECIALIST}),
    ("post", "/batches", {"campaign": "x", "kind": "plan"}, {Role.SECRETARY, Role.SPECIALIST}),
    ("get", f"/documents/{uuid.UUID(int=1)}", None, set(Role) - {Role.OFFICER}),
    ("get", f"/documents/{uuid.UUID(int=1)}/file", None, set(Role) - {Role.OFFICER}),
    ("get", "/batches/1", None, set(Role) - {Role.OFFICER}),
    ("get", "/reviews", None, set(Role) - {Role.OFFICER}),
    ("get", "/intake/1", None, set(Role)),
    ("get", "/kinds", None, set(Role)),
)


@pytest.mark.parametrize(("method", "path", "body", "may"), RIGHTS, ids=[r[1] for r in RIGHTS])
def test_rights_are_those_of_the_pages(
    method: str, path: str, body: object, may: set[Role], sample: Campaign, program: ProgramOf
) -> None:
    for role in Role:
        unit = UnionOrg.objects.first() if role is Role.OFFICER else None
        caller = program(role, username=f"tk-{role.name.lower()}", unit=unit)
        answer = caller.post(path, body) if method == "post" else caller.get(path)
        assert (answer.status_code != 403) == (role in may), (role, answer.content)
        if answer.status_code == 403:
            assert answer.json()["error"]["code"] == "no_right"
            assert "Chỉ " in answer.json()["error"]["message"]


def test_the_guide_and_the_schema_need_a_sign_in_and_name_every_call(
    signed_in: object, client: object
) -> None:
    reader = signed_in(Role.READER)  # type: ignore[operator]
    page = reader.get("/ket-noi/").content.decode()
    schema = reader.get("/ket-noi/openapi.json").json()
    assert len(schema["paths"]) >= 8
    for path in schema["paths"]:
        assert path in page
    assert client.get("/ket-noi/openapi.json").status_code == 302  # type: ignore[attr-defined]
    assert service.api.get_openapi_schema(path_prefix="/api/")["info"]["title"] == "Bàn văn bản"


def test_create_batch_is_the_service_of_the_pages() -> None:
    assert endpoints.create_batch is create_batch
