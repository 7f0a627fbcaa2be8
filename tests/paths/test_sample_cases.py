"""Papers of one case, and of one campaign, agree with each other, with the register and with the law."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime

import pytest

from core.dates import format_long
from tests.paths.sample_papers import DECISIONS, Paper, bad, cases, of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REFORM = date(2025, 7, 1)
XIII = date(2024, 12, 25)
CITED = re.compile(r"số (\d+[a-z]?/\S+) (ngày \d\d tháng \d\d? năm \d{4})")
COUNT = re.compile(r"gồm (\d+) đoàn viên")


def _column(paper: Paper, cell: int, *, table: int) -> list[str]:
    """Texts of one column of a table, without its heading rows."""
    return [
        line.text
        for line in paper.lines
        if (line.table, line.cell) == (table, cell) and line.style != "Bảng đầu cột"
    ]


def _number(text: str) -> int:
    return int(text.replace(".", ""))


def test_quoted_numbers_and_dates_are_in_the_register(papers: list[Paper]) -> None:
    """A code quoted with a date is one of ours of that date, or one of those that the data cite."""
    ours = {(paper.code, format_long(paper.on)) for paper in papers}

    def wrong(paper: Paper) -> list[tuple[str, str]]:
        given = [*paper.data.get("legal_bases", ()), paper.data.get("request_document") or {}]
        known = {
            (row["code"], format_long(date.fromisoformat(row["date"])))
            for row in given
            if row.get("code") and row.get("date")
        }
        return [hit for hit in CITED.findall(paper.text) if hit not in ours | known]

    assert bad(papers, wrong) == {}


def test_each_paper_cites_the_one_before(papers: list[Paper]) -> None:
    plan = of(papers, "plan")[0]
    of_plan = (plan.code, format_long(plan.on))
    for paper in of(papers, "quota_decision", "assignment_decision", "introduction_letter"):
        assert of_plan in CITED.findall(paper.text), paper
    for case in cases(papers).values():
        founding, committee = case["founding_decision"], case["committee_decision"]
        announced = CITED.findall(case["launch_minutes"].text)
        quoted = [(p.code, format_long(p.on)) for p in (founding, committee)]
        assert quoted[0] in CITED.findall(committee.text), committee
        assert announced == quoted, case["launch_minutes"]


def test_dates_of_a_case_run_forward(papers: list[Paper]) -> None:
    for case in cases(papers).values():
        founding, committee = case["founding_decision"], case["committee_decision"]
        invitation, minutes = case["invitation"], case["launch_minutes"]
        assert founding.on <= committee.on <= invitation.on < minutes.on, minutes
        request = founding.data.get("request_document")
        if request:
            asked, held = (
                date.fromisoformat(d) for d in (request["date"], founding.data["congress_date"])
            )
            assert held <= asked <= founding.on, founding


def test_one_request_has_one_summary(papers: list[Paper]) -> None:
    """Both decisions of a case cite the same tờ trình: letter for letter the same line."""
    seen = 0
    for case in cases(papers).values():
        founding, committee = case["founding_decision"], case["committee_decision"]
        lines = [
            [t.rstrip(";.") for t in paper.styled("Căn cứ") if t.startswith("Xét Tờ trình")]
            for paper in (founding, committee)
        ]
        if committee.variant == "elected":
            assert lines[0] == lines[1] != [], committee
            seen += 1
    assert seen >= 20


def test_names_are_the_same_letter_for_letter(papers: list[Paper]) -> None:
    for case in cases(papers).values():
        founding, committee = case["founding_decision"], case["committee_decision"]
        minutes = case["launch_minutes"]
        members = _column(founding, 1, table=2)
        seated = [row["full_name"] for row in committee.data["members"]]
        assert set(seated) <= set(members), committee
        assert all(
            f"Đồng chí {n}" in committee.text or f"đồng chí {n}" in committee.text for n in seated
        )
        presented = re.findall(r"- Đồng chí (.+?) - ", minutes.text)
        assert presented == seated, minutes
        union = founding.data["union_name"]
        assert all(union in " ".join(paper.text.split()) for paper in case.values()), union


def test_exactly_one_chair(papers: list[Paper]) -> None:
    def chairs(paper: Paper) -> int:
        listed = sum(bool(re.search(r" - Chủ tịch[;.]$", t)) for t in paper.styled("Khoản"))
        alone = " giữ chức Chủ tịch" in paper.article(1)
        return 0 if listed + alone == 1 else 9

    assert bad(of(papers, "committee_decision"), chairs) == {}


def test_counts_agree(papers: list[Paper]) -> None:
    """The figure in Điều 1, the rows of the annex, the line under it, the members of the minutes."""
    for case in cases(papers).values():
        founding, committee = case["founding_decision"], case["committee_decision"]
        (figure,) = COUNT.findall(founding.article(1))
        rows = _column(founding, 0, table=2)
        assert rows == [str(n) for n in range(1, int(figure) + 1)], founding
        assert f"Danh sách có {figure} đoàn viên./." in founding.text
        minutes = case["launch_minutes"].text
        present, total = re.findall(r"có mặt (\d+)/(\d+) đoàn viên", minutes)[0]
        assert int(present) <= int(total) == int(figure), case["launch_minutes"]
        seats = committee.styled("Khoản")
        assert not seats or f"gồm {len(seats):02d} (" in committee.article(1), committee


def test_sums_of_the_annexes(papers: list[Paper]) -> None:
    (quota,) = of(papers, "quota_decision")
    plan = of(papers, "plan")[0]
    for paper in (quota, plan):
        for cell, total_cell in zip(range(2, 8), range(1, 7), strict=True):
            last = max(line.row for line in paper.lines if line.table == 2)
            column = [
                _number(line.text)
                for line in paper.lines
                if line.table == 2
                and line.cell == cell
                and line.style == "Bảng ô số"
                and line.row < last
            ]
            (total,) = [
                _number(line.text)
                for line in paper.lines
                if (line.table, line.row, line.cell) == (2, last, total_cell)
            ]
            assert column, cell
            assert sum(column) == total, (paper, cell)
    (assignment,) = of(papers, "assignment_decision")
    targets = quota.data["targets"]
    assert sum(_number(t) for t in _column(assignment, 5, table=2) if t) == targets["new_members"]


# --- who gets it, who carries it out ------------------------------------------------------------------------


def test_recipients(papers: list[Paper]) -> None:
    def wrong(paper: Paper) -> list[str]:
        lines = paper.recipients
        faults = [t for t in lines[:-1] if not re.fullmatch(r"- .+[^;.];", t)]
        faults += [t for t in lines[-1:] if not re.fullmatch(r"- Lưu: VT(, (TC-KT|Hồ sơ))?\.", t)]
        faults += [t for t, n in Counter(lines).items() if n > 1]
        if paper.kind in DECISIONS and lines[0] != "- Như Điều 4;":
            faults.append(lines[0])
        return faults

    assert bad(papers, wrong) == {}


def test_letters_go_to_those_they_name_and_to_nobody_twice(papers: list[Paper]) -> None:
    for paper in of(papers, "invitation", "introduction_letter"):
        assert paper.recipients[0] == "- Như trên;"
        assert len(paper.recipients) == 2, paper


def test_decisions_are_reported_to_who_asks_for_them(papers: list[Paper]) -> None:
    """A district reports to the province; the province doesn't send each decision to the confederation."""
    for paper in of(papers, "founding_decision", "committee_decision"):
        above = (
            "Liên đoàn Lao động tỉnh Lai Châu"
            if paper.is_district
            else "Thường trực LĐLĐ tỉnh Lai Châu"
        )
        assert paper.recipients[1] == f"- {above} (để báo cáo);", paper
    for paper in of(papers, "invitation"):
        assert "Tổng Liên đoàn Lao động Việt Nam" not in "\n".join(paper.styled("Nội dung")), paper


def test_a_district_has_no_offices(papers: list[Paper]) -> None:
    for paper in of(papers, "founding_decision", "committee_decision"):
        offices = "Văn phòng, Ban Tổ chức - Kiểm tra" in paper.article(4)
        assert offices is not paper.is_district, paper
        assert ("TC-KT" in paper.recipients[-1]) is not paper.is_district, paper


def test_posts_are_in_full_where_strangers_read(papers: list[Paper]) -> None:
    for paper in of(papers, "introduction_letter", "invitation", "launch_minutes"):
        body = "\n".join(paper.styled("Nội dung"))
        assert not re.search(r"(?<![-/])\b(LĐLĐ|CĐCS|BCH|BCĐ)\b", body), paper


def test_several_people_are_addressed_as_several(papers: list[Paper]) -> None:
    for paper in of(papers, "introduction_letter"):
        several = bool(paper.data.get("companions"))
        assert ("các ông (bà) có tên ở trên" in paper.text) is several, paper


def test_ceremonies_name_the_act(papers: list[Paper]) -> None:
    """A recognised union wasn't founded by the body above; both papers of the ceremony say so."""
    for case in cases(papers).values():
        act = {"found": "thành lập", "recognise": "công nhận"}[case["founding_decision"].variant]
        for kind in ("invitation", "launch_minutes"):
            assert f"công bố quyết định {act} và ra mắt" in case[kind].subject, case[kind]


def test_nobody_is_at_two_ceremonies_at_once(papers: list[Paper]) -> None:
    held: dict[tuple[str, str], str] = {}
    for paper in of(papers, "launch_minutes"):
        data = paper.data
        own = [
            data["chair"],
            data["secretary"],
            *(g for g in data["guests"] if g["side"] == "union"),
        ]
        for name in {person["full_name"] for person in own}:
            key = (name, data["event_date"])
            assert key not in held, (name, paper, held[key])
            held[key] = str(paper)


def test_invitation_and_minutes_speak_of_one_event(papers: list[Paper]) -> None:
    for case in cases(papers).values():
        asked, held = case["invitation"].data, case["launch_minutes"].data
        for key in ("event_date", "start_time", "venue"):
            assert asked[key] == held[key], case["invitation"]
        assert held["chair"]["full_name"] in asked["chair"]
        assert datetime.fromisoformat(held["event_date"]).weekday() < 5


def test_register_says_who_gets_it_and_says_nothing_twice(papers: list[Paper]) -> None:
    """Columns (3) and (5): type and summary read on, and names stand where the paper says `Như trên`."""

    def wrong(paper: Paper) -> list[str]:
        faults = [paper.registered_to] if "Như " in paper.registered_to else []
        if not paper.registered_to and paper.kind != "launch_minutes":
            faults.append("nơi nhận trống")
        if (
            "giới thiệu giới thiệu" in paper.registered_as.casefold()
            or "việc Khảo" in paper.registered_as
        ):
            faults.append(paper.registered_as)
        return faults

    assert bad(papers, wrong) == {}


# --- the law of the day -----------------------------------------------------------------------------------


def test_law_charter_and_guidance_of_the_day(papers: list[Paper]) -> None:
    for paper in of(papers, "founding_decision", "committee_decision"):
        bases = paper.styled("Căn cứ")[:3]
        law = "27 tháng 11 năm 2024" if paper.on >= REFORM else "20 tháng 6 năm 2012"
        charter, guidance = ("XIII", "38/HD-TLĐ") if paper.on >= XIII else ("XII", "03/HD-TLĐ")
        assert bases[0] == f"Căn cứ Luật Công đoàn ngày {law};", paper
        assert bases[1] == f"Căn cứ Điều lệ Công đoàn Việt Nam khóa {charter};", paper
        assert bases[2].startswith(f"Căn cứ Hướng dẫn số {guidance} ngày "), paper


def test_after_the_reform_nothing_of_the_districts_is_left(papers: list[Paper]) -> None:
    gone = re.compile(r"huyện [A-ZĐ]|LĐLĐ các huyện|trực tiếp cơ sở|thị trấn|thành phố Lai Châu")
    later = [paper for paper in papers if paper.on >= REFORM]
    assert len(later) >= 30
    assert bad(later, lambda paper: gone.findall(paper.text)) == {}


def test_terms_end_with_that_of_the_body_above(papers: list[Paper]) -> None:
    for paper in of(papers, "committee_decision"):
        if paper.variant == "provisional":
            assert "nhiệm kỳ" not in paper.article(1), paper
            assert "không quá 12 tháng" in paper.article(2), paper
        else:
            wanted = "2025 - 2030" if paper.on >= REFORM else "2024 - 2028"
            assert f"nhiệm kỳ {wanted}" in paper.article(1), paper


def test_ethnic_groups_have_their_printed_names(papers: list[Paper]) -> None:
    """Lists come in with `H'Mông`, `HMông`, `Hà nhì`; a decision prints one spelling."""
    printed = {
        text for paper in of(papers, "founding_decision") for text in _column(paper, 4, table=2)
    }
    assert {"Mông", "Hà Nhì", "Thái"} <= printed
    assert not {"H'Mông", "HMông", "Hmông", "Hà nhì", "Khơ mú"} & printed
