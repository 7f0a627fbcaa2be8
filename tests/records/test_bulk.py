"""Many rows with one statement say the same as rows written one by one, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from records.bulk import insert_rows, new_ids, update_rows
from records.models import Campaign, Fact, FoundingCase, Person
from records.sample import load_sample
from records.sample.bulk import GROUP_SIZES, add_founding_cases, company_names
from records.selectors.cases import case_heads, case_snapshots, cases_of

pytestmark = pytest.mark.django_db
NAMES = ["Lò Thị H'Mai", "A\tB\\N", "Công ty TNHH A&B <X>", "đ", ""]


def people() -> list[tuple[str, str]]:
    return list(Person.objects.order_by("code").values_list("code", "full_name"))


def test_rows_come_back_as_they_went() -> None:
    rows = [(f"p-{at}", name) for at, name in enumerate(NAMES)]
    assert insert_rows(Person, ("code", "full_name"), rows) == 5
    assert people() == rows
    row = Person.objects.get(code="p-0")
    assert (row.nationality, row.id_number, row.created_by) == ("Việt Nam", None, "")
    assert row.created_at is not None


def test_json_dates_and_nothing() -> None:
    value = {"a": ["đ", None, 1.5], "b": {}}
    moment = datetime(2024, 5, 16, 1, 2, 3, 4, tzinfo=UTC)
    columns = ("key", "value", "label", "verified", "valid_from", "valid_to", "created_at")
    insert_rows(Fact, columns, [("x", value, "X", True, date(2024, 5, 16), None, moment)])
    row = Fact.objects.get(key="x")
    assert (row.value, row.verified, row.valid_from, row.valid_to) == (
        value, True, date(2024, 5, 16), None,
    )  # fmt: skip
    assert Fact.objects.filter(value__a__0="đ", valid_from=date(2024, 5, 16)).exists()
    update_rows(Fact, ("id", "value", "valid_to"), [(row.pk, [], date(2025, 1, 1))])
    row.refresh_from_db()
    assert (row.value, row.valid_to, row.label) == ([], date(2025, 1, 1), "X")


def test_nothing_to_write_writes_nothing() -> None:
    assert insert_rows(Person, ("code",), []) == 0
    assert update_rows(Person, ("id", "full_name"), []) == 0
    with transaction.atomic():
        assert new_ids(Person, 0) == []


def test_a_row_that_may_not_be_takes_the_others_with_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Person, ("code", "full_name"), [("p-1", "Một"), ("p-1", "Hai")])
    assert people() == []


def test_only_rows_that_are_as_they_were_read_are_changed() -> None:
    """Optimistic: the second column is the version."""
    insert_rows(Person, ("code", "full_name"), [("p-1", "Một"), ("p-2", "Hai"), ("p-3", "Ba")])
    rows = [
        (row.pk, row.updated_at, f"{row.full_name} mới") for row in Person.objects.order_by("code")
    ]
    Person.objects.get(code="p-2").save()
    changed = update_rows(
        Person,
        ("id", "updated_at", "full_name"),
        rows,
        keys=2,
        constants={"phone": "0591"},
        where="t.code <> 'p-3'",
    )
    assert changed == 1
    assert people() == [("p-1", "Một mới"), ("p-2", "Hai"), ("p-3", "Ba")]
    assert Person.objects.get(code="p-1").phone == "0591"


def test_row_numbers_are_ours_and_later_ones_follow() -> None:
    with transaction.atomic():
        ids = new_ids(Person, 3)
        assert len(set(ids)) == 3
        insert_rows(Person, ("id", "code", "full_name"), [(pk, f"p-{pk}", "Lò") for pk in ids])
    later = Person.objects.create(code="later", full_name="Lò")
    assert later.pk not in ids
    assert not set(new_ids(Person, 2)) & {*ids, later.pk}


def test_company_names_are_never_the_same() -> None:
    names = company_names()
    first = [next(names) for _ in range(20_000)]
    assert len(set(first)) == 20_000
    assert max(map(len, first)) < 80


def test_made_up_cases_are_ready_for_their_decision() -> None:
    load_sample()
    campaign = Campaign.objects.get(code="ptdv-2024")
    campaign.pk, campaign.code = None, "bulk"
    campaign.save()
    on = date(2024, 5, 16)
    assert add_founding_cases(campaign, 9, decide_on=on) > 200
    codes = list(FoundingCase.objects.filter(campaign=campaign).values_list("code", flat=True))
    found = case_snapshots(codes, as_of=on)
    sizes = [len(case.applications) for case in found]
    assert sizes == [*GROUP_SIZES, *GROUP_SIZES[:2]]
    assert {case.path for case in found} == {"congress", "appointment"}
    assert len({case.deciding_org.code for case in found if case.deciding_org}) == 8
    assert all(case.committees for case in found)
    for heads, whole in zip(
        case_heads(campaign, as_of=on), cases_of(campaign, as_of=on), strict=True
    ):
        assert (heads.code, heads.state, heads.path, heads.decide_on, heads.deciding_org) == (
            whole.code, whole.state, whole.path, whole.decide_on, whole.deciding_org,
        )  # fmt: skip
