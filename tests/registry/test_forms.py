"""Forms given out: serials, codes made with the store's secret, hashes kept once, rounds."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from core.errors import Conflict
from core.forms.identity import FormCode, find_codes, make_code
from records.models import Campaign, ChangeLog, OrgKind, OrgLevel, UnionOrg
from registry.forms import (
    NewForm,
    code_of,
    find_issued,
    form_key,
    open_round,
    reserve_forms,
    seal_forms,
)
from registry.models import FormRound, IssuedForm

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 2)
NEW = NewForm("enterprise_survey", "docx", DAY, "enterprise", "dn-001", due_on=date(2024, 5, 20))


@pytest.fixture
def campaign() -> Campaign:
    org = UnionOrg.objects.create(
        code="ldld",
        name="Liên đoàn Lao động tỉnh Lai Châu",
        kind=OrgKind.PROVINCE_FEDERATION,
        level=OrgLevel.PROVINCE,
    )
    return Campaign.objects.create(
        code="cd-2024",
        name="Chiến dịch",
        year=2024,
        org=org,
        starts_on=DAY,
        ends_on=date(2024, 12, 31),
    )


def given_out(*wanted: NewForm) -> list[IssuedForm]:
    rows = reserve_forms(wanted, actor="văn thư")
    seal_forms(
        [(row, f"tệp {row.serial}".encode()) for row in rows], actor="văn thư", channel="cli"
    )
    return rows


def test_each_form_has_a_serial_and_a_code_of_its_own() -> None:
    one, other = given_out(NEW, NEW)
    assert other.serial == one.serial + 1
    code = code_of(one)
    assert str(code).startswith(f"KSDN.1.{one.serial:06d}.")
    assert find_codes(f"Mã: {code}") == (code,)
    found = find_issued(code)
    assert found == one
    assert (found.record_type, found.record_id, found.due_on) == (
        "enterprise",
        "dn-001",
        date(2024, 5, 20),
    )


def test_the_hash_of_what_left_the_house_is_kept_once() -> None:
    (issued,) = given_out(NEW)
    issued.refresh_from_db()
    assert issued.sha256 == hashlib.sha256(f"tệp {issued.serial}".encode()).hexdigest()
    with pytest.raises(Conflict):
        seal_forms([(issued, b"khac")], actor="văn thư", channel="cli")
    issued.refresh_from_db()
    assert issued.sha256 == hashlib.sha256(f"tệp {issued.serial}".encode()).hexdigest()


def test_giving_out_is_logged() -> None:
    (issued,) = given_out(NEW)
    (line,) = ChangeLog.objects.filter(record_type="issuedform", record_id=str(issued.serial))
    assert (line.actor, line.channel, line.action) == ("văn thư", "cli", "issued")
    assert line.after["record"] == "enterprise:dn-001"
    assert line.after["sha256"] == issued.sha256


def test_a_form_that_never_left_counts_for_nothing() -> None:
    (begun,) = reserve_forms([NEW], actor="văn thư")
    assert find_issued(code_of(begun)) is None


def test_a_code_of_another_office_is_not_ours() -> None:
    (issued,) = given_out(NEW)
    foreign = make_code("KSDN", version=1, serial=issued.serial, key=b"khac")
    assert find_issued(foreign) is None
    assert find_issued(FormCode("KSDN", 1, issued.serial, "A" * 13)) is None


def test_the_key_follows_from_the_secret_and_is_not_it(settings: pytest.FixtureRequest) -> None:
    settings.SECRET_KEY = "một"  # type: ignore[attr-defined]
    first = form_key()
    settings.SECRET_KEY = "hai"  # type: ignore[attr-defined]
    assert form_key() != first
    assert len(first) == 32


def test_a_period_has_one_round_unless_sent_again(campaign: Campaign) -> None:
    facts = {
        "kind": "progress_report",
        "period": "2024-05",
        "as_of": DAY,
        "due_on": date(2024, 6, 5),
        "actor": "a",
    }
    first = open_round(campaign, **facts)
    assert open_round(campaign, **facts) == first  # nothing had left the house
    rows = reserve_forms([NEW], actor="a", in_round=first)
    seal_forms([(rows[0], b"tep")], actor="a", channel="cli")
    with pytest.raises(Conflict, match="đã phát"):
        open_round(campaign, **facts)
    assert open_round(campaign, **facts, again=True).number == 2
    assert open_round(campaign, **(facts | {"period": "2024-06"})).number == 1
    assert FormRound.objects.count() == 3
