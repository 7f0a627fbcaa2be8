"""A stranger's paper can at worst end the child that reads it; its pages take nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.errors import Unreadable
from docgen.cage import Limits
from docgen.engine.pdf import page_count
from docgen.rules import inspect_docx
from docgen.rules.fix import fix_docx
from docgen.services.paper_checks import check_paper, paper_pdf
from tests.docgen.engine import make
from tests.docgen.test_cage import HOSTILE
from tests.web.papers import wrong_paper

LIMITS = Limits(cpu=10, wall=60)
RELATIONS = "word/_rels/document.xml.rels"


def with_link(kind: str, target: str) -> bytes:
    """A paper that takes something from elsewhere."""
    paper = make.template("Kế hoạch")
    link = (
        f'<Relationship Id="rId99" TargetMode="External" Target="{target}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
    )
    old = make.members(paper)[RELATIONS].decode()
    new = old.replace("</Relationships>", f"{link}</Relationships>").encode()
    return make.with_members(paper, {RELATIONS: new})


def test_the_answer_is_that_of_the_checker() -> None:
    paper = wrong_paper()
    answer = check_paper(paper)
    report, (mended, changes) = inspect_docx(paper), fix_docx(paper)
    assert answer.facts["profile"] == report.profile
    assert answer.facts["findings"] == [one.as_json() for one in report.findings]
    assert answer.facts["fixed"] == [one.as_json() for one in changes]
    assert answer.mended == mended
    assert "word/comments.xml" in make.members(answer.marked)


def refusal(paper: bytes) -> str | None:
    """Why a paper was not checked; None when it was."""
    try:
        assert check_paper(paper, limits=LIMITS).facts["checked"]
    except Unreadable as refused:
        return refused.message
    return None


@pytest.mark.slow
@pytest.mark.parametrize("build", HOSTILE.values(), ids=HOSTILE)
def test_no_hostile_file_gets_past_the_limits(build: Callable[[], bytes]) -> None:
    """What the checker can read is checked; all else is refused in words about a paper, not a template."""
    said = refusal(build())
    assert said is None or (len(said) > 10 and "mẫu" not in said)


def test_a_file_that_needs_too_much_is_told_apart_from_a_broken_one() -> None:
    with pytest.raises(Unreadable, match=r"Không kiểm tra được văn bản \("):
        check_paper(wrong_paper(), limits=Limits(memory=20 * 1024 * 1024, cpu=5, wall=30))


@pytest.mark.parametrize("kind", ["image", "subDocument", "oleObject"])
def test_pages_are_not_made_of_a_paper_that_takes_something_from_elsewhere(
    settings: Any, tmp_path: Path, kind: str
) -> None:
    settings.DOCGEN_HOME = tmp_path
    with pytest.raises(Unreadable, match="từ bên ngoài"):
        paper_pdf(with_link(kind, "http://127.0.0.1:9/x.png"), name="x")


def test_a_link_to_click_does_no_harm(settings: Any, tmp_path: Path) -> None:
    settings.DOCGEN_HOME = tmp_path
    assert page_count(paper_pdf(with_link("hyperlink", "https://example.org"), name="x")) == 1
