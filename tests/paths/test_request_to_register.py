"""From the request to the line of the register and the printed page, at the days on which rules changed."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from docgen.models import Document
from docgen.services.issuing import issue_document
from docgen.services.rendering import render_document
from records.models import Campaign, FoundingCase, UnionOrg
from registry.books import outgoing_rows
from registry.files import read
from registry.models import OutgoingEntry
from tests.docgen.kinds.reading import dump
from tests.sample import CLERK, PLAN, issued, rendering, run_waiting, signed

MAY_2 = date(2024, 5, 2)
pytestmark = pytest.mark.django_db


def text(paper: Document) -> str:
    """What the issued file says."""
    assert paper.final_file is not None
    return dump(read(paper.final_file))


def test_the_plan_stands_in_the_book_as_it_is_printed(sample: Campaign) -> None:
    paper = issued(*PLAN, on=MAY_2)
    (row,) = outgoing_rows(2024, org=sample.org)
    assert (row.full, row.printed_number, row.date) == ("01/KH-LĐLĐ", "01", MAY_2)
    assert row.subject == paper.subject
    assert row.sha256 == paper.final_file.sha256  # type: ignore[union-attr]
    page = text(paper)
    assert "Số ký hiệu: Số: 01/KH-LĐLĐ" in page
    assert "Địa danh: Lai Châu, ngày 02 tháng 5 năm 2024" in page
    assert f"Họ tên: {row.signer}" in page


def test_the_book_of_another_body_stays_empty(sample: Campaign) -> None:
    """The outsider: the plan of the province is no line of a district's register."""
    issued(*PLAN, on=MAY_2)
    district = UnionOrg.objects.get(code="ldld-huyen-tam-duong")
    assert outgoing_rows(2024, org=district) == []


@pytest.mark.parametrize(
    ("drafted", "on", "line"),
    [
        (date(2024, 5, 10), date(2024, 5, 10), "QUYẾT ĐỊNH:"),
        (date(2024, 5, 13), date(2024, 5, 13), "QUYẾT ĐỊNH:"),
        (date(2024, 5, 14), date(2024, 5, 14), "QUYẾT ĐỊNH"),
        (date(2024, 5, 10), date(2024, 5, 15), "QUYẾT ĐỊNH"),  # drafted under the older rules
    ],
)
def test_the_rules_are_those_of_the_day_of_issue(
    sample: Campaign, drafted: date, on: date, line: str
) -> None:
    """QĐ 933/QĐ-TLĐ of 14/5/2024 takes the colon away."""
    issued(*PLAN, on=MAY_2)
    paper = signed("quota_decision", PLAN[1], on=drafted)
    issue_document(paper, on=on, actor=CLERK)
    run_waiting(paper)
    paper.refresh_from_db()
    assert f"Dòng quyết định: {line}" in text(paper).splitlines()
    assert paper.profile == ("tld_2011" if line.endswith(":") else "tld_2024")


@pytest.mark.parametrize(
    ("record", "on", "said", "unsaid"),
    [
        ("case:hs24-001", date(2024, 5, 16), ("ngày 20 tháng 6 năm 2012", "khóa XII;", "03/HD-TLĐ"),
         ("27 tháng 11 năm 2024", "khóa XIII", "38/HD-TLĐ")),
        ("case:hs24-041", date(2025, 3, 3), ("ngày 20 tháng 6 năm 2012", "khóa XIII", "38/HD-TLĐ"),
         ("27 tháng 11 năm 2024", "khóa XII;", "03/HD-TLĐ")),
        ("case:hs25-002", date(2025, 11, 14), ("ngày 27 tháng 11 năm 2024", "khóa XIII", "38/HD-TLĐ"),
         ("tháng 6 năm 2012", "khóa XII;", "03/HD-TLĐ")),
    ],
)  # fmt: skip
def test_law_charter_and_guidance_are_those_of_the_day(
    sample: Campaign, record: str, on: date, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    page = text(issued("founding_decision", record, on=on))
    assert [words for words in said if words not in page] == []
    assert [words for words in unsaid if words in page] == []


def test_a_district_decides_until_the_reform_and_the_province_after_it(sample: Campaign) -> None:
    before = issued("founding_decision", "case:hs24-001", on=date(2024, 5, 16))
    after = issued("founding_decision", "case:hs25-002", on=date(2025, 11, 14))
    assert before.issuer.code == "ldld-thanh-pho-lai-chau"
    assert _header(before) == (
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
        "LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ LAI CHÂU",
    )
    assert after.issuer.code == "ldld-lai-chau"
    assert _header(after) == (
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
    )
    new_union = FoundingCase.objects.get(code="hs25-002").union
    assert new_union is not None
    assert new_union.parents.get().parent.code == "ldld-lai-chau"


def _header(paper: Document) -> tuple[str, ...]:
    """The lines at the top left of the page."""
    lines = text(paper).splitlines()
    return tuple(
        line.partition(": ")[2].replace(" ⏎ ", " ") for line in lines if "] Tên cơ quan" in line
    )


def test_a_paper_of_2024_printed_today_is_that_of_2024(sample: Campaign) -> None:
    """Made again long after the reform, when names, people and rules are others: the same bytes."""
    paper = issued("founding_decision", "case:hs24-001", on=date(2024, 5, 16))
    assert paper.final_file is not None
    UnionOrg.objects.filter(pk=paper.issuer_id).update(name="Công đoàn phường Tân Phong")
    FoundingCase.objects.filter(code="hs24-001").update(union_name="Tên khác")
    assert paper.signer is not None
    paper.signer.full_name = "Lò Văn Ín"
    paper.signer.save()
    again = Document.objects.get(pk=paper.pk)
    made = render_document(again)
    assert made.sha256 == paper.final_file.sha256
    assert hashlib.sha256(made.docx).hexdigest() == paper.final_file.sha256
    assert "Lường Văn Hặc" in dump(made.docx)


def test_every_number_of_a_case_goes_through_the_book(sample: Campaign) -> None:
    record = "case:hs25-002"
    days = {
        "founding_decision": date(2025, 11, 14),
        "committee_decision": date(2025, 11, 14),
        "invitation": date(2025, 11, 17),
        "launch_minutes": date(2025, 11, 21),
    }
    papers = {kind: issued(kind, record, on=on) for kind, on in days.items()}
    assert {kind: paper.issued_on for kind, paper in papers.items()} == days
    assert [paper.code for paper in papers.values()] == [
        "01/QĐ-LĐLĐ",
        "02/QĐ-LĐLĐ",
        "01/GM-LĐLĐ",
        "01/BB-LĐLĐ",
    ]
    assert OutgoingEntry.objects.filter(state="issued", file__isnull=False).count() == len(days)
    for kind in ("committee_decision", "invitation", "launch_minutes"):
        assert "01/QĐ-LĐLĐ" in text(papers[kind]), kind  # each cites the decision by its number
    case = FoundingCase.objects.get(code="hs25-002")
    assert case.state == "launched"
    assert {rendering(paper, "final").state for paper in papers.values()} == {"done"}
