"""Every paper of the sample campaign, read as the head of office reads it before signing.

Each test is a class of fault that was found by reading; all papers are read, and the failing ones named.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from datetime import date
from io import BytesIO

import pytest

from core.dates import format_long
from tests.paths.sample_papers import DECISIONS, Paper, bad, of, read_lines

# The campaign is made on the test database, in a transaction of its own.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REFORM = date(2025, 7, 1)
# Names of people may double a syllable; nothing else does.
DOUBLED = re.compile(r"\b(\w+(?: (?:- )?\w+){0,5}) \1\b", re.IGNORECASE)


def test_every_kind_and_variant_is_there(papers: list[Paper]) -> None:
    made = Counter((paper.kind, paper.variant) for paper in papers)
    assert made[("plan", "")] == made[("quota_decision", "")] == 1
    assert made[("assignment_decision", "")] == 1
    for key in (
        ("introduction_letter", ""),
        ("founding_decision", "found"),
        ("founding_decision", "recognise"),
        ("committee_decision", "elected"),
        ("committee_decision", "provisional"),
        ("committee_decision", "appointed"),
        ("invitation", ""),
        ("launch_minutes", ""),
    ):
        assert made[key] >= 3, key
    assert {paper.on >= REFORM for paper in of(papers, "founding_decision")} == {True, False}


# --- the words -----------------------------------------------------------------------------------------


def _traces(paper: Paper) -> list[str]:
    marks = ("None", "True", "False", "{{", "{%", "[]", "Undefined", "TODO", "\ufffd")
    return [mark for mark in marks if mark in paper.text]


def test_nothing_of_the_machine_is_printed(papers: list[Paper]) -> None:
    assert bad(papers, _traces) == {}
    code = re.compile(
        r"\b[a-z]+_[a-z_]+\b|\b(?:found|recognise|elected|appointed|member|male|female|chair)\b"
    )
    assert bad(papers, lambda paper: code.findall(paper.text)) == {}
    assert (
        bad(papers, lambda paper: "" if unicodedata.is_normalized("NFC", paper.text) else "NFD")
        == {}
    )


def test_spaces_and_marks(papers: list[Paper]) -> None:
    wrong = re.compile(r" {2}| [,;.:](?!\.)|[^.]\.\.[^.]|[;,:][;,:.]|\.;|\( | \)|(?<!\d)\.,")
    # `Đ.Đ.K` is a registered name.
    assert bad(papers, lambda paper: wrong.findall(paper.text.replace("Đ.Đ.K", "ĐĐK"))) == {}


def test_no_words_are_doubled(papers: list[Paper]) -> None:
    """`BAN CHỈ ĐẠO BAN CHỈ ĐẠO`, `của của`: names of people in tables and lists are left out."""

    def doubled(paper: Paper) -> list[str]:
        people = _people(paper)
        found = []
        for line in paper.lines:
            text = line.text.replace("\n", " ")
            for name in people:
                text = text.replace(name, "")
            found += [hit.group(0) for hit in DOUBLED.finditer(text) if not hit.group(1).isdigit()]
        return found

    assert bad(papers, doubled) == {}


def _people(paper: Paper) -> list[str]:
    data = paper.data
    rows = [*data.get("members", ()), *data.get("assignments", ()), *data.get("guests", ())]
    return [str(row["full_name"]) for row in rows if isinstance(row, dict)]


def test_end_marks(papers: list[Paper]) -> None:
    """The body ends `./.` once; a list of members, an annex, ends so too (ND30 PL III)."""

    def ends(paper: Paper) -> str:
        wanted = 2 if paper.kind == "founding_decision" else 1
        found = paper.text.count("./.")
        return "" if found == wanted else f"{found} ./."

    assert bad(papers, ends) == {}


def test_bases_end_as_they_should(papers: list[Paper]) -> None:
    def wrong(paper: Paper) -> list[str]:
        lines = paper.styled("Căn cứ")
        return [t for t in lines[:-1] if not t.endswith(";")] + [
            t for t in lines[-1:] if not t.endswith(".") or t.endswith("..")
        ]

    assert bad(papers, wrong) == {}
    assert all(paper.styled("Căn cứ") for paper in of(papers, "plan", *DECISIONS))


def test_an_article_names_everyone_once(papers: list[Paper]) -> None:
    """The template and the store each used to add the union and the people of Điều 1."""

    def twice(paper: Paper) -> list[str]:
        words = (
            paper.data.get("union_name"),
            "có tên tại",
            "chịu trách nhiệm thi hành",
            "Văn phòng",
        )
        return [str(word) for word in words if word and paper.article(4).count(str(word)) > 1]

    assert bad(of(papers, *DECISIONS), twice) == {}


def test_titles_break_between_phrases(papers: list[Paper]) -> None:
    """No line of a title ends inside `Công đoàn cơ sở`, `Công ty TNHH`, a date or a term."""
    torn = re.compile(
        r"Công\n|Công đoàn\ncơ|đoàn cơ\nsở|Công ty\n(?:TNHH|Cổ)|TNHH\nMTV|Cổ\nphần|Chủ\ntịch|Chấp\nhành"
        r"|ngày\n\d|\d\ntháng|tháng\n|năm\n\d|nhiệm\nkỳ|kỳ\n\d|-\n\d|\d\n-"
    )
    assert bad(papers, lambda paper: torn.findall("".join(paper.styled("Trích yếu")))) == {}


# --- number, date, header --------------------------------------------------------------------------------


def test_number_date_and_subject_are_those_of_the_register(papers: list[Paper]) -> None:
    def wrong(paper: Paper) -> list[str]:
        faults = []
        if paper.styled("Số ký hiệu") != [f"Số: {paper.code}"]:
            faults.append("số")
        place = paper.styled("Địa danh")
        if paper.kind != "launch_minutes" and not place[0].endswith(f", {format_long(paper.on)}"):
            faults.append("ngày")
        title = " ".join("".join(paper.styled("Trích yếu")).split())
        if paper.kind != "introduction_letter" and title != paper.subject:
            faults.append("trích yếu")
        return faults

    assert bad(papers, wrong) == {}


def test_header_lines(papers: list[Paper]) -> None:
    """The direct parent above, the issuer below: confederation, province, district, committee."""

    def wrong(paper: Paper) -> str:
        lines = (paper.styled("Tên cơ quan chủ quản"), paper.styled("Tên cơ quan"))
        parent, issuer = (" ".join("".join(line).split()) for line in lines)
        province = "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"
        wanted = {"ldld-lai-chau": ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", province)}
        if paper.is_district:
            fits = parent == province and issuer.startswith(
                ("LIÊN ĐOÀN LAO ĐỘNG HUYỆN ", "LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ ")
            )
        else:
            fits = (parent, issuer) == wanted.get(
                paper.issuer, (province, "BAN CHỈ ĐẠO PHÁT TRIỂN ĐOÀN VIÊN")
            )
        return "" if fits else f"{parent} / {issuer}"

    assert bad(papers, wrong) == {}


def test_drafts_leave_number_and_day_open(papers: list[Paper]) -> None:
    def wrong(paper: Paper) -> list[str]:
        head = {line.style: line.text for line in read_lines(paper.draft)}
        number = re.fullmatch(r"Số: {6}/\S+", head["Số ký hiệu"])
        place = head["Địa danh"]
        day = paper.kind == "launch_minutes" or re.search(
            rf", ngày +tháng {paper.on:%m}|, ngày +tháng {paper.on.month} ", place
        )
        return [text for ok, text in ((number, head["Số ký hiệu"]), (day, place)) if not ok]

    assert bad(papers, wrong) == {}


def test_colon_after_the_word_of_decision(papers: list[Paper]) -> None:
    """ND30 prints it; the union's own model, from 14/5/2024, doesn't (QĐ 933/QĐ-TLĐ, mẫu 1.3)."""

    def wrong(paper: Paper) -> str:
        wanted = "QUYẾT ĐỊNH" if paper.on >= date(2024, 5, 14) else "QUYẾT ĐỊNH:"
        return "" if paper.styled("Dòng quyết định") == [wanted] else "dòng QUYẾT ĐỊNH"

    assert bad(of(papers, *DECISIONS), wrong) == {}


def test_authority_line_and_signature_agree(papers: list[Paper]) -> None:
    """What decides (line 6) is what is signed for: TM. BAN THƯỜNG VỤ under BAN THƯỜNG VỤ ..."""

    def wrong(paper: Paper) -> str:
        line = "".join(paper.styled("Thẩm quyền"))
        signed = paper.styled("Quyền hạn")[0].split("\n")[0].removeprefix("TM. ")
        return "" if line.startswith(signed) else f"{line} / {signed}"

    assert bad(of(papers, *DECISIONS), wrong) == {}


def test_sections_start_their_pages_once(papers: list[Paper]) -> None:
    """Two `w:pgNumType` in one section are no valid Word file."""

    def twice(paper: Paper) -> int:
        with zipfile.ZipFile(BytesIO(paper.docx)) as package:
            xml = package.read("word/document.xml").decode()
        return sum(part.count("<w:pgNumType") > 1 for part in xml.split("</w:sectPr>"))

    firsts = {paper.kind: paper for paper in papers}
    assert bad(firsts.values(), twice) == {}
