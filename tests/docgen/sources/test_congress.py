"""Papers of a founding congress from the sample store: each case, each kind, in form and in agreement."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import DataIncomplete, UserError
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.making import checked_data, make_document
from docgen.rules import inspect_docx
from docgen.sources import collect, paper_header, select_records
from docgen.sources.base import HEADER_KEYS
from records.models import Campaign, FoundingCase, UnionOrg

TEMPLATES = Path(__file__).resolve().parents[3] / "templates_docx"
MAY_16 = date(2024, 5, 16)
CASE = "case:hs24-001"
MEETINGS = (
    ("congress_minutes", ""),
    ("vote_count_minutes", ""),
    ("vote_count_minutes", "posts"),
    ("first_meeting_minutes", ""),
)
pytestmark = pytest.mark.django_db


def held(year: int) -> list[FoundingCase]:
    """Cases of a year whose congress elected a committee that is on record."""
    rows = FoundingCase.objects.filter(congress_on__year=year, committees__kind="elected")
    return list(rows.distinct().order_by("code"))


@pytest.mark.parametrize("year", [2024, 2025])
def test_every_congress_of_the_sample_gives_its_papers(sample: Campaign, year: int) -> None:
    cases = held(year)
    assert len(cases) >= (20 if year == 2024 else 2)
    for case in (*cases[:-1:9], cases[-1]):
        assert case.congress_on is not None
        on = case.request_date or case.congress_on
        for kind, variant in (*MEETINGS, ("submission", "")):
            found = collect(kind, record=f"case:{case.code}", as_of=on, variant=variant)
            day = found.on or on
            numbering = Numbering(intended_date=day)
            data = checked_data(get_kind(kind), found.data, numbering)
            assert set(data) <= {spec.key for spec in get_kind(kind).schema.fields}
            assert UnionOrg.objects.get(pk=found.issuer_id).code == f"bvd-{case.code}"
            docx = make_document(kind, data, numbering=numbering, templates=TEMPLATES).docx
            wrong = [f for f in inspect_docx(docx, on=day).findings if f.severity == "E"]
            assert wrong == [], (case.code, kind)


def test_names_are_equal_across_the_papers(sample: Campaign) -> None:
    for case in held(2024)[::8]:
        record, on = f"case:{case.code}", case.request_date or case.congress_on
        assert on is not None
        congress, count, _, meeting = (
            collect(kind, record=record, as_of=on, variant=variant).data
            for kind, variant in MEETINGS
        )
        request = collect("submission", record=record, as_of=on).data
        elected = list(case.committees.get(kind="elected").members.all())
        names = [seat.person.full_name for seat in elected]
        assert set(meeting["committee_members"]) == set(names)  # type: ignore[call-overload]
        assert congress["rows"] == count["rows"]
        assert [row["full_name"] for row in request["members"]] == names  # type: ignore[attr-defined]
        assert congress["member_names"] == request["member_names"]


def test_the_header_is_that_of_the_meeting(sample: Campaign) -> None:
    for kind, variant in MEETINGS:
        found = collect(kind, record=CASE, as_of=MAY_16, variant=variant)
        issuer = UnionOrg.objects.get(pk=found.issuer_id)
        header = paper_header(kind, record=CASE, issuer=issuer, variant=found.variant, as_of=MAY_16)
        assert {key: found.data.get(key, "") for key in HEADER_KEYS} == {
            key: header.get(key, "") for key in HEADER_KEYS
        }
    congress = collect("congress_minutes", record=CASE, as_of=MAY_16).data
    assert str(congress["issuing_org_name"]).startswith("Đại hội Công đoàn cơ sở")
    assert "parent_org_name" not in congress
    count = collect("vote_count_minutes", record=CASE, as_of=MAY_16).data
    assert count["parent_org_name"] == congress["issuing_org_name"]
    assert (congress["doc_symbol"], count["doc_symbol"]) == ("BB-ĐH", "BB-BKP")


def test_the_organising_group_asks_while_the_union_is_not_recognised(sample: Campaign) -> None:
    found = collect("submission", record=CASE, as_of=MAY_16)
    assert found.variant == found.data["sender"] == "organising_group"
    assert found.data["doc_symbol"] == "TTr-BVĐ"
    assert (found.data["signing_mode"], found.data["signing_collective"]) == ("TM", "Ban Vận động")
    assert found.data["signer_post"] == "Trưởng ban"
    with pytest.raises(UserError, match="docgen make submission"):
        collect("submission", record=CASE, as_of=MAY_16, variant="upper")
    with pytest.raises(UserError, match="executive_committee, posts"):
        collect("vote_count_minutes", record=CASE, as_of=MAY_16, variant="chair")


def test_who_is_asked_is_the_upper_union_of_the_day(sample: Campaign) -> None:
    """A congress of 2024, a request after the districts ended: the province is asked."""
    case = held(2024)[0]
    later = collect("submission", record=f"case:{case.code}", as_of=date(2025, 8, 1)).data
    assert later["addressees"] == ["Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu"]
    assert later["parent_org_name"] == "Liên đoàn Lao động tỉnh Lai Châu"
    before = collect("submission", record=f"case:{case.code}", as_of=date(2024, 8, 1)).data
    assert (
        str(before["addressees"]).count("huyện") + str(before["addressees"]).count("thành phố") == 1
    )


def test_results_as_a_returned_form_gives_them_are_taken(sample: Campaign) -> None:
    """The form `vote_count` has rates as numbers and marks who is elected (contract.md §5)."""
    case = FoundingCase.objects.get(code="hs24-001")
    collected = case.congress["ballots_collected"]
    for row in case.congress["rows"]:
        row["rate"] = round(row["votes"] * 100 / collected, 2)
        row["elected"] = row["votes"] * 2 > collected
    case.save()
    for kind, variant in MEETINGS[:2]:
        found = collect(kind, record=CASE, as_of=MAY_16, variant=variant)
        assert found.on is not None
        data = checked_data(get_kind(kind), found.data, Numbering(intended_date=found.on))
        assert all("rate" not in row for row in data["rows"])  # type: ignore[attr-defined]


def test_what_is_not_entered_is_said(sample: Campaign) -> None:
    appointed = "case:hs24-038"
    for kind, variant in MEETINGS:
        with pytest.raises(DataIncomplete, match="Chưa ghi diễn biến đại hội"):
            collect(kind, record=appointed, as_of=MAY_16, variant=variant)
    case = FoundingCase.objects.get(code="hs24-001")
    case.congress.pop("first_meeting")
    case.save()
    with pytest.raises(DataIncomplete, match="cuộc họp lần thứ nhất"):
        collect("first_meeting_minutes", record=CASE, as_of=MAY_16)
    case.organising_group = None
    case.save()
    with pytest.raises(DataIncomplete, match="Chưa ghi ban vận động") as caught:
        collect("congress_minutes", record=CASE, as_of=MAY_16)
    assert caught.value.missing == ("organising_group",)


def test_a_batch_takes_cases_with_a_congress(sample: Campaign) -> None:
    found = select_records("congress_minutes", campaign=sample, where={}, as_of=MAY_16)
    assert 20 <= len(found) < FoundingCase.objects.filter(campaign=sample).count()
    assert "case:hs24-038" not in found
    where = {"org": "ldld-huyen-tam-duong"}
    ours = select_records("submission", campaign=sample, where=where, as_of=MAY_16)
    assert set(ours) < set(found)


# --- the programme -----------------------------------------------------------------------------------


def test_the_programme_fits_into_the_hours_of_the_ceremony(sample: Campaign) -> None:
    rows = FoundingCase.objects.filter(decide_on__isnull=False, launch_at__isnull=False)
    for case in rows.order_by("code")[::3]:
        assert case.decide_on is not None
        found = collect("launch_programme", record=f"case:{case.code}", as_of=case.decide_on)
        numbering = Numbering(intended_date=case.decide_on)
        data = checked_data(get_kind("launch_programme"), found.data, numbering)
        items = data["items"]
        assert isinstance(items, list)
        assert [item["content"] for item in items][::8] == ["Văn nghệ chào mừng", "Bế mạc buổi lễ"]
        assert all(item["performer"] for item in items)
        assert items[0]["start_time"] == data["start_time"]


def test_a_programme_that_was_entered_is_taken_as_it_is(sample: Campaign) -> None:
    case = FoundingCase.objects.get(code="hs24-001")
    own = [{"start_time": "08:30", "content": "Công bố quyết định", "performer": "H'Mông Y Sao"}]
    case.launch = {**case.launch, "programme": own}
    case.save()
    assert collect("launch_programme", record=CASE, as_of=MAY_16).data["items"] == own
    FoundingCase.objects.filter(pk=case.pk).update(launch_at=None)
    with pytest.raises(DataIncomplete, match="Chưa định giờ") as caught:
        collect("launch_programme", record=CASE, as_of=MAY_16)
    assert caught.value.missing == ("event_date",)
