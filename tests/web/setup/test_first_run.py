"""The first run: from an empty store to an office that can work, and then never again."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from core.sheets import Column, SheetData, write_book
from docgen.services.lifecycle import request_document
from docgen.sources.base import parent_line
from records.models import Fact, OfficeHolder, OrgSeat, Person, UnionOrg
from records.selectors.orgs import org_on
from records.selectors.people import signer_for
from registry.models import NumberSeries
from registry.series import policy_for
from tests.web.conftest import SignedIn
from tests.web.setup.first_office import first_workbook
from web.models import Installation
from web.rights import Role
from web.setup import opening

pytestmark = pytest.mark.django_db
OFFICE = {
    "name": "Liên đoàn Lao động tỉnh Lai Châu", "short_name": "LĐLĐ tỉnh Lai Châu", "symbol_abbr": "LĐLĐ",
    "parent_name": "Tổng Liên đoàn Lao động Việt Nam", "province": "Lai Châu", "seat_kind": "ward",
    "seat_name": "Tân Phong", "place_name": "Lai Châu", "head_name": "Lò Thị A Hạnh", "head_from": "2.5.23",
}  # fmt: skip
NUMBERS = {"mode": "per_type", "together": "QĐ", "arrival": "57", "type_KH": "71", "type_QĐ": "134"}
ACCOUNT = {
    "full_name": "Tẩn Thị Thư", "username": "vanthu1", "password": "chu-nhat-di-hop",
    "again": "chu-nhat-di-hop", "secretary": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_this_machine(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]


def here(**more: str) -> Client:
    return Client(SERVER_NAME="localhost", **more)


def setup(client: Client, **changes: Any) -> None:
    assert client.post("/thiet-lap/co-quan/", OFFICE | changes)["Location"] == "/thiet-lap/danh-so/"
    assert client.post("/thiet-lap/danh-so/", NUMBERS)["Location"] == "/thiet-lap/tai-khoan/"


def test_every_page_leads_to_the_first_run_while_there_is_no_account() -> None:
    for address in ("/", "/dang-nhap/", "/doi-mat-khau/"):
        assert here().get(address)["Location"] == "/thiet-lap/"
    page = here().get("/thiet-lap/").content.decode()
    assert "Thiết lập cơ quan của tôi" in page
    assert "Nạp kho mẫu" in page


def test_it_writes_the_office_where_the_services_read_it() -> None:
    client = here()
    setup(client)
    today = timezone.localdate()
    org = UnionOrg.objects.get(code="ldld-lai-chau")
    found = org_on(org.code, as_of=today)
    assert (found.place_name, found.parent and found.parent.code) == ("Lai Châu", "tld-vn")
    assert OrgSeat.objects.get(org=org).area.code == "lc2025-phuong-tan-phong"
    signer = signer_for(found, as_of=today)
    assert (signer.person.full_name, signer.mode) == ("Lò Thị A Hạnh", "TM")
    assert OfficeHolder.objects.get(org=org).valid_from == date(2023, 5, 2)
    assert policy_for(org, today).mode == "per_type"
    starts = dict(NumberSeries.objects.filter(org=org).values_list("key", "next_number"))
    assert (starts["KH"], starts["QĐ"], starts["CV"], starts["đến"]) == (71, 134, 1, 57)
    assert Fact.objects.filter(key="founding_min_members").exists()
    assert not Fact.objects.filter(key="register_opening").exists()


def test_a_step_can_be_left_and_done_again() -> None:
    client = here()
    setup(client)
    again = client.get("/thiet-lap/co-quan/").content.decode()
    assert "Lò Thị A Hạnh" in again
    assert "02/5/2023" in again
    setup(client, name="LĐLĐ tỉnh Lai Châu mới", head_name="Vàng A Dế", parent_name="")
    assert UnionOrg.objects.filter(kind="province_federation").count() == 1
    assert OfficeHolder.objects.get().person.full_name == "Vàng A Dế"
    assert Fact.objects.get(key="parent_line_ldld-lai-chau").value == "-"
    assert (
        parent_line(org_on("ldld-lai-chau", as_of=timezone.localdate()), on=timezone.localdate())
        == ""
    )
    client.post("/thiet-lap/danh-so/", NUMBERS | {"mode": "joint", "joint": "205"})
    org = UnionOrg.objects.get(code="ldld-lai-chau")
    assert policy_for(org, timezone.localdate()).mode == "joint"
    assert NumberSeries.objects.get(org=org, key="joint").next_number == 205


def test_groups_share_a_series() -> None:
    client = here()
    client.post("/thiet-lap/co-quan/", OFFICE)
    client.post(
        "/thiet-lap/danh-so/",
        {"mode": "per_group", "together": "QĐ, NQ", "arrival": "1", "group": "9", "rest": "40"},
    )
    org = UnionOrg.objects.get(code="ldld-lai-chau")
    policy = policy_for(org, timezone.localdate())
    assert policy.groups == {"QĐ, NQ": ("QĐ", "NQ")}
    assert NumberSeries.objects.get(org=org, key="QĐ, NQ").next_number == 9
    assert NumberSeries.objects.get(org=org, key="khác").next_number == 40


@pytest.mark.parametrize(
    ("step", "sent", "said"),
    [
        ("co-quan", OFFICE | {"head_from": "31/2/2023"}, "31"),
        ("co-quan", OFFICE | {"name": ""}, "Chưa ghi mục này"),
        ("co-quan", OFFICE | {"head_name": "Lò Thị 2"}, "có chữ số"),
        ("danh-so", NUMBERS | {"mode": "per_group", "together": " , "}, "Ghi ít nhất một loại"),
        ("danh-so", NUMBERS | {"type_KH": "0"}, "Ghi số từ 1 trở lên"),
        ("tai-khoan", ACCOUNT | {"again": "khac"}, "Hai lần gõ không giống nhau"),
        ("tai-khoan", ACCOUNT | {"password": "123", "again": "123"}, "chưa đủ mạnh"),
    ],
)
def test_wrong_answers_are_named(step: str, sent: dict[str, str], said: str) -> None:
    client = here()
    if step != "co-quan":
        client.post("/thiet-lap/co-quan/", OFFICE)
    if step == "tai-khoan":
        client.post("/thiet-lap/danh-so/", NUMBERS)
    answer = client.post(f"/thiet-lap/{step}/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not User.objects.exists()


def test_an_account_closes_it_for_good() -> None:
    client = here()
    setup(client)
    assert client.post("/thiet-lap/tai-khoan/", ACCOUNT)["Location"] == "/thiet-lap/ho-so/"
    user = User.objects.get()
    assert {group.name for group in user.groups.all()} == {"Quản trị", "Văn thư"}
    assert client.get("/thiet-lap/ho-so/").status_code == 200
    stranger = here()
    for step in ("", "co-quan/", "danh-so/", "tai-khoan/", "kho-mau/"):
        for answer in (
            stranger.get(f"/thiet-lap/{step}"),
            stranger.post(f"/thiet-lap/{step}", ACCOUNT),
        ):
            assert answer["Location"] == "/dang-nhap/"
    assert User.objects.count() == 1


def test_a_later_step_asks_for_the_earlier_ones() -> None:
    client = here()
    assert client.get("/thiet-lap/danh-so/")["Location"] == "/thiet-lap/co-quan/"
    answer = client.post("/thiet-lap/tai-khoan/", ACCOUNT)
    assert answer["Location"] == "/thiet-lap/co-quan/"
    assert not User.objects.exists()
    assert client.get("/thiet-lap/khong-co/").status_code == 404


def test_others_must_type_the_code_that_was_printed() -> None:
    far = here(REMOTE_ADDR="10.1.2.3")
    assert "chạy lại" in far.get("/thiet-lap/").content.decode()
    assert far.post("/thiet-lap/co-quan/", OFFICE).status_code == 200
    assert not UnionOrg.objects.exists()
    code = opening.new_code("0.0.0.0")
    assert code is not None
    assert "Mã không đúng" in far.post("/thiet-lap/", {"code": "SAI"}).content.decode()
    assert (
        here().get("/thiet-lap/").content.decode().count("Mã thiết lập")
    )  # here too, once printed
    far.post("/thiet-lap/", {"code": code.lower()})
    setup(far)
    answer = far.post("/thiet-lap/kho-mau/")
    assert answer.status_code == 409


def test_guessing_the_code_ends_soon() -> None:
    code = opening.new_code("0.0.0.0")
    client = here()
    for _ in range(opening.MAX_WRONG):
        client.post("/thiet-lap/", {"code": "AAAA-AAAA-AAAA"})
    assert client.post("/thiet-lap/", {"code": code}).status_code == 409
    assert Installation.objects.get().wrong_codes == opening.MAX_WRONG


def test_on_this_machine_alone_no_code_is_printed() -> None:
    assert opening.new_code("127.0.0.1") is None
    User.objects.create_user("co-roi")
    assert opening.new_code("0.0.0.0") is None


def workbook(rows: tuple[tuple[object, ...], ...]) -> bytes:
    headings = ("Mã", "Họ và tên", "Ngày sinh")
    return write_book([SheetData("Người", tuple(Column(h) for h in headings), rows)])


def test_records_are_shown_before_they_are_taken(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMIN)
    client.defaults["SERVER_NAME"] = "localhost"

    def send(data: bytes) -> str:
        file = BytesIO(data)
        file.name = "người.xlsx"
        return client.post("/thiet-lap/ho-so/", {"file": file}).content.decode()

    page = send(workbook((("ng-1", "Giàng A Páo", "1990"),)))
    assert "sẽ nhập" in page
    assert not Person.objects.exists()
    sha = page.split('name="sha256" value="')[1].split('"')[0]
    for _ in range(2):
        assert "Đã nhập" in client.post("/thiet-lap/ho-so/", {"sha256": sha}).content.decode()
    assert Person.objects.get().full_name == "Giàng A Páo"
    bad = send(workbook((("ng-2", "", "32/13/1990"),)))
    assert "chưa nhập gì" in bad
    assert client.get("/thiet-lap/ho-so/bieu-mau/").status_code == 200


def test_others_do_not_import(signed_in: SignedIn) -> None:
    client = signed_in(Role.SECRETARY)
    client.defaults["SERVER_NAME"] = "localhost"
    assert client.get("/thiet-lap/ho-so/").status_code == 403


def test_after_it_the_first_paper_can_be_requested() -> None:
    client = here()
    setup(client)
    client.post("/thiet-lap/tai-khoan/", ACCOUNT)
    file = BytesIO(first_workbook())
    file.name = "hồ sơ.xlsx"
    page = client.post("/thiet-lap/ho-so/", {"file": file}).content.decode()
    sha = page.split('name="sha256" value="')[1].split('"')[0]
    assert "Đã nhập" in client.post("/thiet-lap/ho-so/", {"sha256": sha}).content.decode()
    made = request_document(
        "plan", record="campaign:ptdv", on=timezone.localdate(), actor="vanthu1"
    )
    data = made.document.data
    assert (data["issuing_org_name"], data["doc_symbol"]) == (OFFICE["name"], "KH-LĐLĐ")
    assert (data["signer_name"], data["place_name"]) == ("Lò Thị A Hạnh", "Lai Châu")
