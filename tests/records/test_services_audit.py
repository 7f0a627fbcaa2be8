from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from core.errors import Conflict, DataIncomplete
from records.models import (
    CaseStep,
    ChangeLog,
    EnterpriseObservation,
    EnterpriseUpper,
    Membership,
    OfficeHolder,
    OrgParent,
    Post,
)
from records.selectors.orgs import org_on
from records.services.audit import By, write
from records.services.campaigns import create_assignment, create_campaign, create_visit, set_quota
from records.services.enterprises import (
    change_enterprise,
    create_enterprise,
    locate_enterprise,
    put_under,
    record_observation,
)
from records.services.orgs import (
    create_org,
    end_office,
    end_org,
    move_org,
    record_term,
    start_office,
)
from records.services.people import change_person, create_person, find_person
from records.services.reference import confirm_fact, record_fact
from tests import make

pytestmark = pytest.mark.django_db

BY = By("can-bo-1", "web", "nhập hồ sơ")


@pytest.fixture
def areas():
    return make.lai_chau()


@pytest.fixture
def unions(areas):
    return make.unions(areas)


def test_a_new_person_is_tidied_and_logged_with_who_and_why():
    row = create_person(
        by=BY, full_name=unicodedata.normalize("NFD", "  Giàng A  H'Mông "), dob="05/9/1996",
        id_number="012 096 000123", phone="+84 912 345 678",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.full_name, row.dob, row.id_number) == (
        "Giàng A H'Mông",
        "1996-09-05",
        "012096000123",
    )
    assert (row.phone, row.created_by) == ("0912345678", "can-bo-1")
    line = ChangeLog.objects.get()
    assert (line.action, line.record_type, line.record_id) == ("created", "person", row.code)
    assert (line.actor, line.channel, line.reason) == ("can-bo-1", "web", "nhập hồ sơ")
    assert line.after["full_name"] == "Giàng A H'Mông"
    assert line.before == {}


def test_a_change_logs_only_what_changed_and_no_change_logs_nothing():
    row = create_person(by=BY, full_name="Ý", dob="1990")
    assert change_person(row, {"dob": "1991", "full_name": "Ý"}, by=BY)
    line = ChangeLog.objects.last()
    assert line is not None
    assert (line.before, line.after) == ({"dob": "1990"}, {"dob": "1991"})
    assert not change_person(row, {"dob": "1991"}, by=BY)
    assert ChangeLog.objects.count() == 2


def test_every_fault_is_said_at_once_and_nothing_is_written():
    with pytest.raises(DataIncomplete) as error:
        create_person(by=BY, full_name="", id_number="01219600012", dob="30/02/1990", phone="12")
    assert error.value.missing == ("full_name",)
    assert set(error.value.wrong) >= {"dob", "phone"}
    assert "họ và tên" in error.value.message
    assert ChangeLog.objects.count() == 0


def test_an_id_number_belongs_to_one_person():
    create_person(by=BY, full_name="Lò Văn Ín", id_number="012090000001")
    with pytest.raises(DataIncomplete) as error:
        create_person(by=BY, full_name="Lò Văn Ín", id_number="012090000001")
    assert "id_number" in error.value.wrong
    found = find_person(id_number="012090000001")
    assert found is not None
    assert found.full_name == "Lò Văn Ín"


def test_two_people_of_one_name_are_not_guessed_between():
    for _ in range(2):
        create_person(by=BY, full_name="Lò Văn Ín", dob="1990")
    assert find_person(full_name="Lò Văn Ín", dob="1990") is None
    assert find_person(full_name="Lò Văn Ín") is None


def test_an_actor_is_required():
    with pytest.raises(ValueError, match="actor"):
        create_person(by=By("", "web"), full_name="Ý")


def test_the_log_cannot_be_rewritten_by_any_way():
    create_person(by=BY, full_name="Ý")
    line = ChangeLog.objects.get()
    line.actor = "ai khác"
    for attempt in (
        line.save,
        line.delete,
        ChangeLog.objects.all().delete,
        lambda: ChangeLog.objects.update(actor="ai khác"),
        lambda: ChangeLog.objects.bulk_update([line], ["actor"]),
    ):
        with pytest.raises(TypeError):
            attempt()
    for table in (ChangeLog, CaseStep, EnterpriseObservation):
        name = table._meta.db_table
        assert name in connection.introspection.table_names()
    for sql in ("UPDATE records_changelog SET actor = 'ai khác'", "DELETE FROM records_changelog"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert ChangeLog.objects.get().actor == "can-bo-1"


def test_observations_and_steps_are_held_by_the_database_too(unions):
    place = create_enterprise(by=BY, name="Công ty TNHH A&B <X>", type="llc_multi")
    record_observation(
        place, observed_on=make.DAY_2024, source_kind="survey", by=BY, workers_total=27
    )
    row = make.case(make.campaign(unions["ldld-tinh"]), place)
    CaseStep.objects.create(case=row, state="surveyed", on=make.DAY_2024, evidence="Phiếu khảo sát")
    for table in ("records_enterpriseobservation", "records_casestep"):
        for sql in (f"UPDATE {table} SET created_by = 'x'", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)


def test_what_was_seen_is_added_never_overwritten():
    place = create_enterprise(by=BY, name="Công ty TNHH A&B <X>", type="llc_multi")
    for day, workers in ((date(2024, 3, 1), 31), (date(2024, 5, 1), 27)):
        record_observation(
            place, observed_on=day, source_kind="survey", by=BY, workers_total=workers
        )
    assert [o.workers_total for o in place.observations.all()] == [31, 27]
    with pytest.raises(DataIncomplete) as error:
        record_observation(place, observed_on=make.DAY_2024, source_kind="survey", by=BY,
                           workers_total=27, workers_female=28)  # fmt: skip
    assert set(error.value.wrong) == {"workers_female"}


def test_company_name_key_and_tax_code():
    row = create_enterprise(by=BY, name="CÔNG TY TNHH MTV XÂY DỰNG HOÀ AN", type="llc_single",
                            tax_code="62 999 000 12")  # fmt: skip
    other = create_enterprise(by=BY, name="Cty TNHH 1TV XD Hòa An", type="llc_single")
    assert (row.name_key, row.tax_code) == (other.name_key, "6299900012")
    change_enterprise(row, {"name": "Công ty TNHH A&B <X>"}, by=BY)
    assert row.name_key != other.name_key
    with pytest.raises(DataIncomplete) as error:
        create_enterprise(by=BY, name="HTX Pu Sam Cáp", type="cooperative", tax_code="6299900013")
    assert "tax_code" in error.value.wrong
    with pytest.raises(DataIncomplete, match="hộ kinh doanh"):
        create_enterprise(by=BY, name="HTX", type="cooperative", tax_code="012090000001")
    with pytest.raises(DataIncomplete, match="hộ kinh doanh"):
        change_enterprise(row, {"tax_code": "012090000001"}, by=BY)


def test_a_new_address_ends_the_old_one_the_day_before(areas, unions):
    row = create_enterprise(by=BY, name="Công ty TNHH A&B <X>", type="llc_multi")
    locate_enterprise(row, areas["x-binh-lu-cu"], address="Bản Nà Ly", on=date(2020, 1, 1), by=BY)
    locate_enterprise(row, areas["tt-tam-duong"], address="Khu 5", on=date(2024, 6, 1), by=BY)
    old, new = row.locations.order_by("valid_from")
    assert (old.valid_to, new.valid_to) == (date(2024, 5, 31), None)
    with pytest.raises(Conflict, match="01/06/2024"):
        locate_enterprise(
            row, areas["x-binh-lu-cu"], address="Bản khác", on=date(2024, 6, 1), by=BY
        )
    put_under(row, unions["ldld-tam-duong"], on=None, by=BY)
    with pytest.raises(Conflict) as error:
        put_under(row, unions["ldld-tinh"], on=None, by=BY)
    assert error.value.code == "overlap"
    put_under(row, unions["ldld-tinh"], on=make.REFORM, by=BY)
    ends = EnterpriseUpper.objects.filter(enterprise=row).order_by("id")
    assert [u.valid_to for u in ends] == [make.LAST_2024_DAY, None]


def test_one_chair_an_organisation_and_day(unions):
    first, second = make.person("Hà Thị Ửng"), make.person("Lò Văn Ín")
    held = start_office(first, unions["ldld-tinh"], post=Post.CHAIR, on=date(2023, 10, 1), by=BY)
    with pytest.raises(Conflict, match="Chủ tịch"):
        start_office(second, unions["ldld-tinh"], post=Post.CHAIR, on=make.DAY_2024, by=BY)
    end_office(held, last_day=date(2024, 5, 19), by=BY)
    start_office(second, unions["ldld-tinh"], post=Post.CHAIR, on=make.DAY_2024, by=BY)
    with pytest.raises(Conflict, match="đã kết thúc"):
        end_office(held, last_day=date(2024, 6, 1), by=BY)
    for who in (first, second):  # deputies are several
        start_office(who, unions["bcd"], post=Post.COMMITTEE_DEPUTY, on=make.DAY_2024, by=BY)
    with pytest.raises(Conflict):
        start_office(first, unions["bcd"], post=Post.COMMITTEE_DEPUTY, on=make.DAY_2026, by=BY)
    with pytest.raises(DataIncomplete):
        end_office(OfficeHolder.objects.latest("id"), last_day=date(2020, 1, 1), by=BY)


def test_the_reform_ends_a_district_with_all_that_hangs_on_it(areas, unions):
    district = create_org(by=BY, parent=unions["ldld-tinh"], seat=areas["h-muong-te"], code="ldld-muong-te",
                          name="Liên đoàn Lao động huyện Mường Tè", kind="district_federation",
                          level="upper")  # fmt: skip
    start_office(make.person(), district, post=Post.CHAIR, on=date(2023, 1, 1), by=BY)
    end_org(district, last_day=make.LAST_2024_DAY, document="12/QĐ-LĐLĐ", by=BY,
            successor=unions["ldld-tinh"])  # fmt: skip
    assert org_on("ldld-muong-te", as_of=make.LAST_2024_DAY).place_name == "Mường Tè"
    assert {row.valid_to for row in district.holders.all()} == {make.LAST_2024_DAY}
    assert district.successions.get().on == make.REFORM


def test_moving_an_organisation_keeps_its_history(unions):
    parent = unions["mttq"]
    move_org(unions["tckt"], parent, on=make.REFORM, by=BY)
    assert org_on("tckt", as_of=make.DAY_2024).parent.code == "ldld-tinh"  # type: ignore[union-attr]
    assert org_on("tckt", as_of=make.DAY_2026).parent.code == "mttq"  # type: ignore[union-attr]
    assert OrgParent.objects.filter(org=unions["tckt"]).count() == 2
    with pytest.raises(Conflict, match="chính nó"):
        move_org(parent, parent, on=make.REFORM, by=BY)


def test_a_term_may_be_cut_short_by_the_next_one(unions):
    record_term(unions["ldld-tinh"], start_year=2023, end_year=2028, by=BY)
    record_term(unions["ldld-tinh"], start_year=2025, end_year=2030, by=BY)
    for start, end in ((2025, 2031), (2030, 2030), (2031, 2026)):
        with pytest.raises(Conflict):
            record_term(unions["ldld-tinh"], start_year=start, end_year=end, by=BY)


def test_one_membership_at_a_time(unions):
    who = make.person()
    cdcs = make.org("cdcs-1", "CĐCS Công ty TNHH A&B <X>", "grassroots_union", "grassroots")
    Membership.objects.create(
        person=who, union=cdcs, joined_on=date(2020, 1, 1), left_on=date(2023, 1, 1)
    )
    with pytest.raises(Conflict, match="A&B"):
        write(Membership(person=who, union=cdcs, joined_on=date(2022, 1, 1)), by=BY)
    assert write(Membership(person=who, union=cdcs, joined_on=date(2023, 1, 2)), by=BY)


def test_campaign_rows(unions):
    camp = create_campaign(by=BY, name="Phát triển đoàn viên năm 2024", year=2024, org=unions["ldld-tinh"],
                           starts_on=date(2024, 5, 2), ends_on=date(2024, 12, 31))  # fmt: skip
    quota = set_quota(camp, unions["ldld-tam-duong"], measure="new_unions", value=2, by=BY)
    again = set_quota(camp, unions["ldld-tam-duong"], measure="new_unions", value=3, by=BY)
    assert (quota.pk, again.value) == (again.pk, 3)
    who = make.person()
    create_assignment(
        camp, who, orgs=[unions["ldld-tam-duong"]], by=BY, valid_from=date(2024, 5, 6)
    )
    with pytest.raises(Conflict):
        create_assignment(
            camp, who, orgs=[unions["ldld-than-uyen"]], by=BY, valid_from=make.DAY_2024
        )
    with pytest.raises(DataIncomplete, match="đơn vị"):
        create_assignment(camp, make.person(), orgs=[], by=BY)
    with pytest.raises(DataIncomplete, match="Ngày kết thúc"):
        create_visit(by=BY, campaign=camp, org=unions["ldld-tam-duong"], lead=who, content="khảo sát",
                     starts_on=date(2024, 5, 15), ends_on=date(2024, 5, 14))  # fmt: skip
    visit = create_visit(by=BY, campaign=camp, org=unions["ldld-tam-duong"], lead=who, team=[who],
                         content="khảo sát", starts_on=date(2024, 5, 14), ends_on=date(2024, 5, 15))  # fmt: skip
    assert visit.team.get() == who
    assert ChangeLog.objects.filter(record_type="visit", after={"team": [who.code]}).exists()


def test_facts_follow_each_other_and_are_confirmed(unions):
    first = record_fact(key="recognition_deadline_wd", value=15, label="Hạn công nhận", by=BY)
    record_fact(key="recognition_deadline_wd", value=10, label="Hạn công nhận", by=BY,
                valid_from=date(2024, 12, 27))  # fmt: skip
    first.refresh_from_db()
    assert first.valid_to == date(2024, 12, 26)
    assert confirm_fact(first, source="Công văn 12/LĐLĐ", by=BY)
    assert not confirm_fact(first, source="Công văn 12/LĐLĐ", by=BY)
