from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.management import call_command

from core.errors import Unreadable
from core.sheets import Column, ColumnKind, SheetData, read_book, write_book
from records.exchange.exporting import export_records, records_template
from records.exchange.importing import import_records
from records.exchange.report import ImportRefused
from records.exchange.specs import SHEETS
from records.models import (
    Assignment,
    ChangeLog,
    Delegation,
    Enterprise,
    EnterpriseObservation,
    LegalBasis,
    Person,
    Post,
    Quota,
    UnionOrg,
    Visit,
)
from records.selectors.cases import case_snapshot
from records.selectors.facts import FOUNDING_MIN_MEMBERS, TERM_MIN_MONTHS
from records.services.audit import BOOKKEEPING, By
from records.services.cases import add_application, create_case, move_case
from records.services.reorganisations import plan_reorganisation
from records.services.unions import Seat, create_committee, launch_union, recognise_union
from tests import make

pytestmark = pytest.mark.django_db

BY = By("can-bo-1", "web")


def fill_store() -> None:
    """A store that has at least one row in every table and hard values in most."""
    areas = make.lai_chau()
    unions = make.unions(areas)
    make.fact(FOUNDING_MIN_MEMBERS, 5)
    make.fact(TERM_MIN_MONTHS, 18, valid_from=date(2020, 2, 3))
    make.fact("committee_size", [[0, 3, 3], [30, 3, 7]], verified=False, note="HD 38 Mục 10")
    make.term(unions["ldld-tam-duong"], 2023, 2028, congress_on=date(2023, 8, 1))
    chair, deputy = (
        make.person("Hà Thị Ửng", code="ng-chair", dob="1975"),
        make.person("Ý", code="ng-y"),
    )
    make.office(chair, unions["ldld-tinh"], may_sign=["TM", "none"], valid_from=date(2023, 10, 1))
    make.office(deputy, unions["bcd"], Post.COMMITTEE_DEPUTY)
    Delegation.objects.create(org=unions["bcd"], delegator=chair, delegate=deputy, document="Giấy ủy quyền 01",
                              valid_from=date(2024, 5, 2), valid_to=date(2024, 5, 12))  # fmt: skip
    place = make.enterprise("Công ty TNHH A&B <X>", code="dn-ab", tax_code="6299900012",
                            upper=unions["ldld-tam-duong"], seat=areas["x-binh-lu-cu"])  # fmt: skip
    make.observation(place, workers_total=1027, has_union=False, expected_on="2024-06",
                     values={"hardship": 2, "obstacles": "Xa  trung tâm\n=1+1"})  # fmt: skip
    camp = make.campaign(unions["ldld-tinh"], code="ptdv-2024", steering_committee=unions["bcd"],
                         content={"targets": [{"unions": 2}], "aim": "Đủ 05 đoàn viên"})  # fmt: skip
    Quota.objects.create(campaign=camp, org=unions["ldld-tam-duong"], measure="new_unions", value=2)
    job = Assignment.objects.create(campaign=camp, person=chair, valid_from=date(2024, 5, 6))
    job.orgs.add(unions["ldld-tam-duong"], unions["ldld-than-uyen"])
    job.support.add(deputy)
    visit = Visit.objects.create(campaign=camp, code="cx-1", starts_on=date(2024, 5, 14),
                                 ends_on=date(2024, 5, 15), org=unions["ldld-tam-duong"],
                                 enterprise=place, lead=chair, content="khảo sát")  # fmt: skip
    visit.team.add(deputy)
    law = make.citation("dieu-le-xii", "Điều lệ", is_law=True, valid_to=date(2024, 12, 24))
    LegalBasis.objects.create(kind="founding_decision", variant="found", citation=law, position=1)
    case = create_case(camp, place, by=BY, code="hs-ab")
    people = [make.person(code=f"ng-{n}") for n in range(5)]
    for who in people:
        add_application(case, who, applied_on=date(2024, 5, 10), by=BY)
    create_committee(
        case, kind="elected", by=BY, seats=[Seat(people[0], "chair"), Seat(people[1], "member")]
    )
    for state in (
        "surveyed",
        "eligible",
        "organising",
        "enough_applications",
        "congress_held",
        "dossier_filed",
    ):
        case = move_case(case, state, on=date(2024, 5, 12), evidence=f"Biên bản {state}", by=BY)
    recognise_union(case, on=make.DAY_2024, decision="QĐ 12/QĐ-LĐLĐ", by=BY)
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    launch_union(case, begins=datetime(2024, 5, 28, 8, tzinfo=zone), ends=datetime(2024, 5, 28, 10, 30, tzinfo=zone),
                 venue="Hội trường", evidence="Biên bản ra mắt", by=BY, details={"members_present": 5})  # fmt: skip
    union = UnionOrg.objects.get(enterprise=place)
    plan_reorganisation("transfer", org=unions["ldld-tam-duong"], unions=[union], by=BY, code="sx-1",
                        campaign=camp, counterpart=unions["ldld-tinh"], effective_on=date(2025, 7, 1),
                        reason="Kết thúc cấp huyện; sắp xếp lại")  # fmt: skip


def book(**sheets: list[dict[str, Any]]) -> bytes:
    """A workbook with the sheets named by model name; headings from the first row."""
    names = {spec.model.__name__: spec.name for spec in SHEETS}
    kind = ColumnKind.INTEGER  # an office's own file: nothing is formatted as text
    return write_book(
        [
            SheetData(
                names[name],
                tuple(Column(heading, kind) for heading in rows[0]),
                [tuple(row.values()) for row in rows],
            )
            for name, rows in sheets.items()
        ]
    )


def person_row(code="ng-1", name="Lò Văn Ín", **more):
    return {"Mã": code, "Họ và tên": name, **more}


def company_row(code="dn-1", tax="6299900012", **more):
    return {"Mã": code, "Tên doanh nghiệp": "Công ty TNHH A&B <X>", "Mã số thuế": tax,
            "Loại hình": "Công ty cổ phần", **more}  # fmt: skip


def refused(data: bytes) -> list[tuple[str, str, str]]:
    with pytest.raises(ImportRefused) as error:
        import_records(data, actor="can-bo-1")
    return [(e.sheet, f"{e.column}{e.row}", e.message_vi) for e in error.value.errors]


def test_every_table_and_field_of_the_store_is_in_the_workbook():
    covered = {spec.model for spec in SHEETS}
    # The log is nobody's to type; what units reported comes by returned forms alone and stands on their files.
    elsewhere = {"ChangeLog", "ProgressReport", "ProgressLine"}
    tables = {
        model
        for model in apps.get_app_config("records").get_models()
        if model.__name__ not in elsewhere
    }
    assert covered == tables
    for spec in SHEETS:
        fields = {
            f.name for f in (*spec.model._meta.concrete_fields, *spec.model._meta.many_to_many)
        }
        assert {c.field for c in spec.columns} == fields - BOOKKEEPING - {"name_key"}, spec.name


def test_what_was_exported_changes_nothing_when_imported():
    fill_store()
    data = export_records()
    assert data == export_records()
    lines = ChangeLog.objects.count()
    report = import_records(data, actor="can-bo-1")
    assert (report.created, report.changed) == (0, 0)
    assert all(count.unchanged for count in report.sheets), report
    assert ChangeLog.objects.count() == lines


@pytest.mark.django_db(transaction=True)
def test_an_empty_store_takes_the_export_and_exports_the_same():
    fill_store()
    data = export_records()
    call_command("flush", interactive=False, verbosity=0)
    assert Person.objects.count() == 0
    report = import_records(data, actor="can-bo-1")
    assert report.changed == report.unchanged == 0
    again = export_records()
    for before, after in zip(read_book(data), read_book(again), strict=True):
        assert before == after
    assert again == data
    case = case_snapshot("hs-ab", as_of=date(2024, 6, 1))
    assert case.state == "launched"
    assert case.union is not None
    assert case.launch == {"members_present": 5}
    seen = EnterpriseObservation.objects.get()
    assert seen.values == {"hardship": 2, "obstacles": "Xa  trung tâm\n=1+1"}
    assert Enterprise.objects.get().name_key


def test_the_template_is_an_empty_workbook_that_is_taken_without_a_word():
    report = import_records(records_template(), actor="can-bo-1")
    assert (report.created, report.changed, report.unchanged) == (0, 0, 0)
    sheets = {sheet.name: sheet for sheet in read_book(records_template())}
    headings = [cell.value for cell in sheets["Doanh nghiệp"].rows[0].cells]
    assert headings[:4] == ["Mã", "Tên doanh nghiệp", "Tên viết tắt", "Mã số thuế"]
    assert any(
        row.get("D") == "10 số, hoặc 10 số - 3 số của chi nhánh" for row in sheets["Hướng dẫn"].rows
    )


def test_a_change_is_counted_and_logged_with_its_channel():
    import_records(book(Person=[person_row(), person_row("ng-2", "Vàng Thị Ý")]), actor="can-bo-1")
    report = import_records(
        book(Person=[person_row(name="Lò Văn Inh"), person_row("ng-2", "Vàng Thị Ý"), person_row("ng-3", "Ý")]),
        actor="can-bo-2", reason="cập nhật tháng 6",
    )  # fmt: skip
    assert (report.created, report.changed, report.unchanged) == (1, 1, 1)
    line = ChangeLog.objects.get(action="changed")
    assert (line.actor, line.channel, line.reason) == ("can-bo-2", "import", "cập nhật tháng 6")
    assert (line.before, line.after) == ({"full_name": "Lò Văn Ín"}, {"full_name": "Lò Văn Inh"})


def test_headings_are_found_in_any_case_without_marks_and_below_a_title():
    data = write_book([
        SheetData("NGƯỜI", (Column("Ma"), Column("HỌ VÀ TÊN"), Column("so dinh danh")),
                  [("ng-1", "Ý", "012090000001")], title=("Danh sách cán bộ",)),
    ])  # fmt: skip
    assert import_records(data, actor="can-bo-1").created == 1
    assert Person.objects.get().id_number == "012090000001"


def test_all_errors_are_named_by_cell_at_once_and_nothing_is_taken():
    errors = refused(
        book(
            Person=[
                person_row(
                    "ng-1", "Lò Văn Ín", **{"Số định danh": 12090000001, "Ngày sinh": "05/09/1990"}
                ),
                person_row(
                    "ng-2", "Vàng Thị Ý", **{"Số định danh": "1.2E+11", "Ngày sinh": "5/14/1990"}
                ),
                person_row("ng-1", "Ý", **{"Số định danh": None, "Ngày sinh": "30/02/1990"}),
                person_row("ng-4", None, **{"Số định danh": None, "Ngày sinh": None}),
            ],
            Enterprise=[
                company_row("dn-1", 629990001),
                company_row("dn-2", "6.29990E+09"),
                company_row("dn-3", "6299900013"),
                company_row("dn-4", "6299900037", **{"Loại hình": "Công ty trách nhiệm"}),
            ],
            EnterpriseUpper=[
                {"Mã doanh nghiệp": "dn-1", "Mã tổ chức": "ldld-khong-co", "Từ ngày": None}
            ],
        )
    )
    places = [(sheet, cell) for sheet, cell, _ in errors]
    assert places == [
        ("Người", "C2"), ("Người", "C3"), ("Người", "D3"), ("Người", "D4"), ("Người", "B5"),
        ("Doanh nghiệp", "C2"), ("Doanh nghiệp", "C3"), ("Doanh nghiệp", "C4"), ("Doanh nghiệp", "D5"),
        ("Công đoàn phụ trách", "B2"),
    ]  # fmt: skip
    said = [message for _, _, message in errors]
    assert "đã bỏ số 0 ở đầu" in said[5]
    assert "0629990001" in said[5]
    assert "6.29990E+09" in said[6]
    assert "chữ số kiểm tra" in said[7]
    assert "tháng trước ngày" in said[2]
    assert "14/5/1990" in said[2]
    assert "ldld-khong-co" in said[9]
    assert (Person.objects.count(), Enterprise.objects.count(), ChangeLog.objects.count()) == (
        0,
        0,
        0,
    )


def test_duplicates_inside_the_file():
    errors = refused(book(Person=[person_row(), person_row("ng-2"), person_row(name="Người khác")]))
    assert errors == [("Người", "A4", "Trùng với dòng 2 của trang này.")]
    same_number = {"Số định danh": "012090000001"}
    errors = refused(book(Person=[person_row(**same_number), person_row("ng-2", **same_number)]))
    assert [(sheet, cell) for sheet, cell, _ in errors] == [("Người", "C3")]


def test_overlapping_days_are_refused_at_their_row():
    make.unions(make.lai_chau())
    errors = refused(
        book(
            OrgParent=[
                {
                    "Mã tổ chức": "tckt",
                    "Mã cấp trên": "tld",
                    "Từ ngày": date(2024, 1, 1),
                    "Đến ngày": None,
                }
            ]
        )
    )
    assert [(sheet, cell) for sheet, cell, _ in errors] == [("Cấp trên", "2")]
    assert "đã có" in errors[0][2]


def test_unknown_columns_sheets_and_missing_keys_are_said():
    errors = refused(book(Person=[{"Mã số": "ng-1", "Họ và tên": "Ý"}]))
    assert [message.split(":")[0] for _, _, message in errors][:2] == [
        "Không có cột “Mã số” ở trang này; các cột là",
        "Mã",
    ]
    errors = refused(write_book([SheetData("Danh sách khác", (Column("Tên"),), [("Ý",)])]))
    assert errors[0][0] == "Danh sách khác"
    with pytest.raises(Unreadable):
        import_records(b"not a workbook", actor="can-bo-1")


def test_units_may_stand_in_any_order_and_circles_end():
    row = {"Mã": "x-binh-lu", "Tên": "Bình Lư", "Loại": "xã", "Thuộc (mã)": "lai-chau"}
    upper = {"Mã": "lai-chau", "Tên": "Lai Châu", "Loại": "tỉnh", "Thuộc (mã)": None}
    assert import_records(book(Area=[row, upper]), actor="can-bo-1").created == 2
    one = {"Mã": "x-a", "Tên": "A", "Loại": "xã", "Thuộc (mã)": "x-b"}
    other = {"Mã": "x-b", "Tên": "B", "Loại": "xã", "Thuộc (mã)": "x-a"}
    errors = refused(book(Area=[one, other]))
    assert "x-a" in errors[0][2]


def test_a_left_out_column_leaves_the_field_and_an_empty_cell_empties_it():
    make.person("Vàng Thị Ý", code="ng-1", phone="0912345678", email="y@example.vn")
    import_records(
        book(Person=[person_row("ng-1", "Vàng Thị Ý", **{"Điện thoại": None})]), actor="can-bo-1"
    )
    row = Person.objects.get()
    assert (row.phone, row.email) == ("", "y@example.vn")


def test_observations_are_added_once_and_never_changed():
    make.enterprise(code="dn-ab")
    seen = {"Mã doanh nghiệp": "dn-ab", "Ngày ghi nhận": "02/5/2024", "Nguồn ghi nhận": "list",
            "Tổng số lao động": "1.027"}  # fmt: skip
    assert import_records(book(EnterpriseObservation=[seen]), actor="can-bo-1").created == 1
    assert import_records(book(EnterpriseObservation=[seen]), actor="can-bo-1").unchanged == 1
    changed = {**seen, "Tổng số lao động": 30}
    assert import_records(book(EnterpriseObservation=[changed]), actor="can-bo-1").created == 1
    assert [o.workers_total for o in EnterpriseObservation.objects.order_by("id")] == [1027, 30]


def test_what_refers_to_a_refused_row_is_no_fault_of_its_own():
    errors = refused(
        book(
            Enterprise=[company_row("dn-1", "6299900013")],
            EnterpriseObservation=[
                {"Mã doanh nghiệp": "dn-1", "Ngày ghi nhận": "02/5/2024", "Nguồn ghi nhận": "list"}
            ],
        )
    )
    assert len(errors) == 1


def test_two_posts_of_one_label_are_told_apart():
    make.unions(make.lai_chau())
    make.office(make.person(code="ng-1"), UnionOrg.objects.get(code="bcd"), Post.COMMITTEE_HEAD)
    sheets = {sheet.name: sheet for sheet in read_book(export_records())}
    assert sheets["Cán bộ"].rows[1].get("C") == "Trưởng ban (committee_head)"
    errors = refused(book(OfficeHolder=[{"Mã người": "ng-1", "Mã tổ chức": "tckt", "Chức vụ": "Trưởng ban",
                                         "Từ ngày": "01/01/2024"}]))  # fmt: skip
    assert "không có trong danh mục" in errors[0][2]
