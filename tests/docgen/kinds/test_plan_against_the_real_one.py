"""The plan made from the sample campaign says all that the real plan of 2024 says, in its order.

The real text is read from beside the checkout at test time and never copied into it.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from docgen.kinds.base import Numbering
from docgen.kinds.plan import KIND
from tests.docgen.kinds.measure import Found, find_in_order, paragraphs, sentences, words
from tests.docgen.kinds.papers import ROOT, example, lines, made, opened

REAL = ROOT.parent / "shared" / "reference" / "plan-70-KH-LDLD-2024.txt"
SHARE = 0.9
ISSUED = Numbering(number=70, issue_date=date(2024, 5, 2))

# Slips of the typist (domain brief 4.a, faults 26, 28, 29), set right before words are compared.
MENDS = (("Ban Ban ", "Ban "), ("đề báo cáo", "để báo cáo"), ("(?i)phát triển đoàn,", "phát triển đoàn viên,"))

HEADING = re.compile(r"^(?:[IVX]+|\d+)\.\s")
INLINE = re.compile(r"^(\d+\.[^:]{3,60}):\s*(.+)$")

pytestmark = pytest.mark.skipif(
    not REAL.exists(), reason="văn bản gốc chỉ có ở máy phát triển, không nằm trong mã nguồn"
)


def real_paragraphs() -> list[str]:
    """The real plan's paragraphs; the last one, the signer's name, is left out."""
    split: list[str] = []
    for line in paragraphs(REAL.read_text(encoding="utf-8"))[:-1]:
        inline = INLINE.match(line)
        split += inline.groups() if inline else [line]
    return split


def body(data: dict[str, object]) -> list[str]:
    """Our plan up to its first annex."""
    text = lines(opened(made(KIND, data, ISSUED)))
    return text[: text.index("Phụ lục I")]


def statements() -> list[str]:
    return [part for line in real_paragraphs() if not HEADING.match(line) for part in sentences(line)]


def missing(found: list[Found]) -> list[str]:
    return [f"{one.share:.0%} {one.sentence}" for one in found if one.share < SHARE]


def test_every_statement_is_there_in_order() -> None:
    found = find_in_order(statements(), body(example(KIND)), threshold=SHARE, mends=MENDS)

    assert len(found) == 39
    assert missing(found) == []
    assert sum(one.share for one in found) / len(found) > 0.97


def test_every_heading_is_a_heading_of_ours_in_order() -> None:
    ours = [line for line in body(example(KIND)) if HEADING.match(line)]
    at = 0
    for heading in (line for line in real_paragraphs() if HEADING.match(line)):
        wanted = set(words(heading))
        place = next((i for i in range(at, len(ours)) if wanted <= set(words(ours[i]))), None)
        assert place is not None, heading
        at = place + 1


@pytest.mark.parametrize("unit", range(5))
def test_the_measure_misses_a_unit_left_out(unit: int) -> None:
    data = example(KIND)
    del data["tasks_by_unit"][unit]

    assert missing(find_in_order(statements(), body(data), threshold=SHARE, mends=MENDS))


@pytest.mark.parametrize("key", ["legal_bases", "activities", "participants"])
def test_the_measure_misses_any_entry_left_out(key: str) -> None:
    for index in range(len(example(KIND)[key])):
        data = example(KIND)
        del data[key][index]
        assert missing(find_in_order(statements(), body(data), threshold=SHARE, mends=MENDS)), (key, index)


def test_the_measure_sees_another_order() -> None:
    data = example(KIND)
    data["tasks_by_unit"].reverse()

    assert missing(find_in_order(statements(), body(data), threshold=SHARE, mends=MENDS))


def test_the_real_signer_is_nowhere_in_the_project_or_the_paper() -> None:
    signer = paragraphs(REAL.read_text(encoding="utf-8"))[-1]

    assert signer not in "\n".join(lines(opened(made(KIND, example(KIND), ISSUED))))
    for path in committed():
        assert signer not in path.read_text(encoding="utf-8"), path


def test_no_long_sentence_is_copied() -> None:
    """Facts carry over, sentences are our own: no run of thirty words is the same to the letter."""
    ours = "\n".join(path.read_text(encoding="utf-8") for path in committed())
    for line in real_paragraphs():
        parts = line.split()
        for start in range(len(parts) - 29):
            assert " ".join(parts[start : start + 30]) not in ours


def committed() -> list[Path]:
    folders = ("docgen", "records/sample", "templates_docx", "tests/docgen", "tests/golden", "tools")
    kinds = {".py", ".toml", ".txt"}
    return [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds]
