"""The declarations of the ten form kinds: keys of the contract, labels that cannot be mixed up, rules that answer."""

from __future__ import annotations

import copy
from datetime import date
from itertools import groupby

import jsonschema
import pytest

from core.errors import NotFound
from core.forms import FORMS, FormKind, Values, form_of_code, get_form
from core.json_schema import form_json_schema
from core.letters import fold, nfc, unaccent
from core.schema import FieldKind, FieldSpec
from core.validation import check_data

# Written out from contract.md §5, not taken from the code.
KEYS = {
    "enterprise_survey": (
        (
            "survey_date, enterprise_name, tax_code, founded_date, enterprise_type, sector, address, legal_rep_name,"
            " legal_rep_post, legal_rep_phone, contact_name, contact_phone, contact_email, status, workers_total,"
            " workers_female, workers_ethnic, workers_foreign, contracts_indef, contracts_fixed, contracts_none,"
            " workers_si, avg_wage, hardship, has_party_org, has_union, union_members, kpcd_paid,"
            " has_collective_agreement, willing_workers, employer_attitude, obstacles, expected_date, proposals,"
            " surveyor_name, signer_employer"
        ),
        "",
    ),
    "enterprise_list": (
        "district, as_of, prepared_by, total_enterprises, total_workers",
        (
            "enterprise_name, tax_code, address, enterprise_type, sector, legal_rep_name, phone, workers_total,"
            " workers_female, workers_si, status, eligible, expected_date, officer_in_charge, note"
        ),
    ),
    "membership_application": (
        (
            "addressee, full_name, gender, dob, ethnicity, native_place, address, id_number, phone, workplace, job,"
            " date_signed"
        ),
        "",
    ),
    "collective_application": (
        "addressee, workplace, applicants_total, prepared_by, date_signed",
        "full_name, gender, dob, native_place, id_number, phone",
    ),
    "member_list": (
        "union_name, as_of, members_total",
        "full_name, gender, dob, ethnicity, job, id_number, phone, joined_date, note",
    ),
    "candidate_profiles": (
        "union_name, body, term, date_signed",
        (
            "full_name, gender, dob, ethnicity, native_place, job, party_date, education_general,"
            " education_professional, education_political, proposed_post"
        ),
    ),
    "recognition_request": (
        (
            "sender, doc_number, doc_date, addressee, union_name, enterprise_name, congress_date, member_count, term,"
            " signer_name"
        ),
        "full_name, dob, post",
    ),
    "vote_count": (
        (
            "union_name, body, meeting_date, summoned, present, voted, seats, candidates_total, self_nominated,"
            " nominated, ballots_issued, ballots_collected, ballots_valid, ballots_invalid, head_teller"
        ),
        "full_name, votes, rate, elected",
    ),
    "progress_report": (
        "district, period, as_of, prepared_by, signer_name",
        (
            "org_name, target_members, target_unions, month_joined, month_left, month_net, month_unions, cum_joined,"
            " cum_left, cum_net, cum_unions, rate_members, rate_unions, members_total, members_female, unions_total,"
            " note"
        ),
    ),
    "launch_report": (
        (
            "union_name, event_date, start_time, end_time, venue, chair, secretary, members_present, members_total,"
            " founding_decision_no, founding_decision_date"
        ),
        "full_name, post",
    ),
}
OPTIONAL = {"workers_over35", "contracts_other"}
# DT is dân tộc, ĐT điện thoại (domain brief §5.0): only their marks tell them apart.
TRAPS = {"dt"}
EACH = pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))


def problems(kind: str, on: date | None = None, **changes: object) -> dict[str, tuple[str, ...]]:
    """Codes of the problems of the kind's example with these values changed; ``rows`` as {index: changes}."""
    data = copy.deepcopy(get_form(kind).example)
    for at, row in changes.pop("rows", {}).items():
        data["rows"][at] |= row
    found = get_form(kind).check(Values(data | changes), on)
    assert all(one.message == nfc(one.message) and one.message.endswith(".") for one in found)
    return {one.code: one.fields for one in found}


def test_kinds_are_those_of_the_contract_in_its_order() -> None:
    assert list(FORMS) == list(KEYS)


@EACH
def test_keys_are_those_of_the_contract(form: FormKind) -> None:
    fields, columns = (tuple(k for k in keys.split(", ") if k) for keys in KEYS[form.kind])
    assert tuple(f.key for f in form.fields if f.key not in OPTIONAL) == fields
    assert tuple(c.key for c in form.columns) == columns


@EACH
def test_example_is_valid_data_and_breaks_no_rule(form: FormKind) -> None:
    schema = form.schema
    fields = (*schema.fields, FieldSpec("rows", FieldKind.ROWS, "Bảng", item=schema.rows))
    checked = check_data(fields if schema.rows else schema.fields, form.example)
    assert checked.ok, (checked.missing, checked.wrong)
    assert checked.data == form.example
    jsonschema.validate(form.example, form_json_schema(schema))
    assert form.check(Values(form.example), date(2026, 1, 1)) == []


@EACH
def test_no_label_means_two_fields(form: FormKind) -> None:
    def twice(fields: tuple) -> set[str]:
        seen = keys(fields)
        marked = [fold(w) for f in fields for w in {fold(w) for w in (f.label_vi, *f.labels)}]
        assert len(marked) == len(set(marked))
        return {k for k in seen if seen.count(k) > 1}

    def keys(fields: tuple) -> list[str]:
        return [key for f in fields for key in {unaccent(fold(w)) for w in (f.label_vi, *f.labels)}]

    assert twice(form.fields) <= TRAPS
    for _, group in groupby(form.columns, key=lambda column: column.header):
        assert twice(tuple(group)) <= TRAPS


@EACH
def test_no_word_means_two_values_of_one_list(form: FormKind) -> None:
    for field in form.everything():
        words = [
            fold(word)
            for option in field.options
            for word in {fold(w) for w in (option.label_vi, *option.variants)}
        ]
        assert len(words) == len(set(words)), (field.key, words)


@EACH
def test_texts_are_composed_and_codes_printable(form: FormKind) -> None:
    assert form.code.isascii()
    assert form.code.isalnum()
    assert form.code.isupper()
    assert len(form.code) <= 6
    assert form_of_code(form.code) is form
    for field in form.everything():
        for text in (field.label_vi, field.header, field.unit, *field.labels):
            assert text == nfc(text).strip()
        assert field.room > 0
        assert field.lines > 0


def test_unknown_form_is_named() -> None:
    with pytest.raises(NotFound, match="phieu_la"):
        get_form("phieu_la")
    assert form_of_code("XYZ") is None


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        ("enterprise_survey", {"workers_female": 28}, "part_over_total"),
        ("enterprise_survey", {"contracts_none": 13}, "sum_mismatch"),
        ("enterprise_survey", {"founded_date": "2024-06"}, "date_order"),
        ("enterprise_survey", {"expected_date": "2024-04"}, "date_order"),
        ("enterprise_survey", {"union_members": 3}, "union_contradiction"),
        ("enterprise_survey", {"has_union": True}, "union_contradiction"),
        ("enterprise_survey", {"avg_wage": 7_500}, "implausible"),
        ("enterprise_list", {"total_enterprises": 3}, "row_count"),
        ("enterprise_list", {"total_workers": 40}, "sum_mismatch"),
        ("enterprise_list", {"rows": {1: {"tax_code": "6299900012"}}}, "duplicate"),
        ("enterprise_list", {"rows": {0: {"workers_si": 28}}}, "part_over_total"),
        ("enterprise_list", {"rows": {0: {"status": "dissolved"}}}, "eligible_inactive"),
        ("membership_application", {"dob": "2010-01-01", "id_number": None}, "too_young"),
        ("membership_application", {"gender": "male"}, "id_mismatch"),
        ("collective_application", {"applicants_total": 5}, "row_count"),
        ("collective_application", {"rows": {1: {"dob": "1991"}}}, "id_mismatch"),
        ("collective_application", {"rows": {1: {"id_number": "012196999999"}}}, "duplicate"),
        ("member_list", {"members_total": 1}, "row_count"),
        ("member_list", {"rows": {0: {"joined_date": "1990"}}}, "date_order"),
        ("candidate_profiles", {"rows": {1: {"proposed_post": "chair"}}}, "chairs"),
        ("candidate_profiles", {"body": "inspection_committee"}, "post_of_other_body"),
        ("recognition_request", {"member_count": 4}, "too_few_members"),
        ("recognition_request", {"congress_date": "2024-06-13"}, "date_order"),
        ("recognition_request", {"term": "2023-2028"}, "term_start"),
        ("recognition_request", {"rows": {0: {"post": "member"}}}, "chairs"),
        ("vote_count", {"present": 13}, "part_over_total"),
        ("vote_count", {"present": 7}, "no_quorum"),
        ("vote_count", {"ballots_valid": 11}, "sum_mismatch"),
        ("vote_count", {"nominated": 4}, "sum_mismatch"),
        ("vote_count", {"seats": 2}, "too_many_elected"),
        ("vote_count", {"rows": {2: {"votes": 6, "rate": 50}}}, "not_elected"),
        ("vote_count", {"rows": {0: {"elected": False}}}, "not_highest"),
        ("vote_count", {"rows": {1: {"rate": 99.5}}}, "rate_mismatch"),
        ("progress_report", {"rows": {0: {"month_net": 31}}}, "sum_mismatch"),
        (
            "progress_report",
            {"rows": {0: {"month_joined": 70, "month_net": 66}}},
            "part_over_total",
        ),
        ("progress_report", {"rows": {0: {"rate_members": 0.55}}}, "rate_mismatch"),
        ("launch_report", {"event_date": "2024-06-19"}, "date_order"),
        ("launch_report", {"end_time": "13:00"}, "time_order"),
        ("launch_report", {"secretary": "Lò Văn Ín"}, "same_person"),
        ("launch_report", {"members_present": 13}, "part_over_total"),
        ("launch_report", {"rows": {1: {"post": "chair"}}}, "chairs"),
    ],
)
def test_each_rule_finds_its_fault(kind: str, changes: dict[str, object], code: str) -> None:
    found = problems(kind, **changes)
    assert code in found
    assert found[code]


@EACH
def test_a_day_after_the_form_came_is_found(form: FormKind) -> None:
    assert any(
        problem.code == "date_in_future"
        for problem in form.check(Values(form.example), date(2020, 1, 1))
    )


@EACH
def test_rules_say_nothing_of_a_blank_form(form: FormKind) -> None:
    assert form.check(Values({}), date(2024, 6, 1)) == []


def test_a_rate_over_valid_or_present_is_no_fault() -> None:
    rows = {0: {"votes": 11, "rate": 91.67}, 1: {"rate": 100}}
    assert problems("vote_count", ballots_valid=11, ballots_invalid=1, rows=rows) == {}


@EACH
def test_a_blank_is_null_in_the_schema(form: FormKind) -> None:
    blank = {field.key: None for field in form.fields}
    rows = {"rows": [{column.key: None for column in form.columns}]} if form.columns else {}
    jsonschema.validate(blank | rows, form_json_schema(form.schema))
