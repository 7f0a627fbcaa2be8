"""Which template goes which way, that nobody can tell, and what it may cost."""

from __future__ import annotations

import datetime as dt
import gc
import subprocess
import sys
import tracemalloc
from collections import OrderedDict
from pathlib import Path

import pytest
from lxml import etree

from docgen.engine import (
    Level,
    MissingValues,
    Packing,
    TemplateError,
    compile_template,
    compiled,
    printing,
    template,
)
from docgen.engine.layout import mend
from docgen.engine.missing import recording_to
from docgen.engine.prepared import prepared
from docgen.engine.quick import RUNTIME
from tests.docgen.engine import corpus, make
from tests.docgen.kinds.cases import CASES as PAPERS
from tests.docgen.kinds.cases import TEMPLATES
from tests.docgen.kinds.cases import make as make_paper


def level(body: str) -> Level:
    return compile_template(corpus.template(body)).level


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("a hard name", Level.STRAIGHT),
        ("rows", Level.STRAIGHT),
        ("loops in loops", Level.STRAIGHT),
        ("defaults", Level.STRAIGHT),
        ("tests", Level.STRAIGHT),
        ("a loop over paragraphs in the text", Level.STRAIGHT),
        ("a loop inside a cell", Level.STRAIGHT),
        ("spans", Level.STRAIGHT),
        ("a table in a loop", Level.STRAIGHT),
        ("pictures outside of loops", Level.STRAIGHT),
        ("methods", Level.SOUND),
        ("set in a branch", Level.SOUND),
        ("columns", Level.CAREFUL),
        ("a condition that may empty a cell", Level.CAREFUL),
        ("pictures in a loop", Level.CAREFUL),
        ("a grid too wide", Level.CAREFUL),
        ("colspan", Level.CAREFUL),
        ("in an attribute", Level.CAREFUL),
        ("a macro", Level.CAREFUL),
        ("vm", Level.CAREFUL),
    ],
)
def test_the_way_of_a_template(case: str, expected: Level) -> None:
    assert level(corpus.CASES[case]) is expected


@pytest.mark.parametrize(
    "body",
    [
        corpus.P("{% if co %}x") + corpus.P("{%p endif %}") + corpus.P("y"),
        corpus.P("{% raw %}{{ a &lt; b }}{% endraw %}"),
        corpus.P("x") + "<!-- ghi -->" + corpus.P("{{ a }}"),
        corpus.P("{{ a }}")
        + '<v:r xmlns:v="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
        corpus.T(
            ["{{ a }}", "b"],
            ["{%tr for d in ds %}", ""],
            ["x", "y"],
            ["{%tr endfor %}", ""],
            columns=3,
        ),
        corpus.T([corpus.C("{{ a }}", corpus.T(["x"])), "b"]),
        "<w:tbl><w:tblGrid/><w:tr/></w:tbl>" + corpus.P("{{ a }}"),
    ],
)
def test_what_may_be_upset_is_looked_at_each_time(body: str) -> None:
    assert level(body) is Level.CAREFUL


@pytest.mark.parametrize("case", [name for name in corpus.CASES if name not in {"raw"}])
@pytest.mark.parametrize("data", [{}, {"co": False, "khong": True, "ds": [], "cot": []}])
def test_a_sound_part_needs_no_mending_whatever_the_data(
    case: str, data: dict[str, object]
) -> None:
    made = compile_template(corpus.template(corpus.CASES[case]))
    changed = made._fast(corpus.DATA | data, None, made._recorder()) or {}
    for (_, part), xml in zip(made._parts, changed.values(), strict=False):
        if part.stable:
            assert not mend(etree.fromstring(xml))


@pytest.mark.parametrize("case", sorted(PAPERS))
def test_our_own_templates_are_all_straight_and_say_the_same_at_every_level(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for each in Level:
        monkeypatch.setattr(template, "_fastest", each)
        monkeypatch.setattr(template, "_cache", OrderedDict())
        made.append(make_paper(case))
    assert made[0] == made[1] == made[2]


def test_the_library_is_straight() -> None:
    files = sorted(Path(TEMPLATES).rglob("*.docx"))
    assert len(files) >= 11
    assert {compile_template(path.read_bytes()).level for path in files} == {Level.STRAIGHT}


def test_docxtpl_is_imported_only_when_somebody_asks_for_rich_text() -> None:
    code = (
        "import sys; from docgen.engine import compile_template; from pathlib import Path;"
        f"data = Path({str(next(Path(TEMPLATES).rglob('*.docx')))!r}).read_bytes();"
        "compile_template(data); assert 'docxtpl' not in sys.modules, 'docxtpl';"
        "assert 'docx' not in sys.modules, 'docx';"
        "from docgen.engine import RichText; assert 'docxtpl' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])


def test_the_data_is_taken_as_it_is_only_if_it_is_plain() -> None:
    plain: dict[str, object] = {
        "a": "x",
        "ds": [{"b": 1}, {"b": [None, {"c": dt.date(2024, 5, 2)}]}],
        "e": [],
    }
    assert prepared(plain, rich=()) is plain
    for data in (
        {"a": ("x",)},
        {"e\u0302": "x"},
        OrderedDict(a="x"),
        {"ds": [{"b": OrderedDict()}]},
    ):
        assert prepared(data, rich=()) is not data


def test_every_letter_is_printed_the_quick_way_as_the_careful_one() -> None:
    """All of the first plane and some beyond, alone and among others; half a pair is refused by both."""
    codes = [*range(0xD800), *range(0xE000, 0x10000), 0x1F600, 0x10FFFF]
    with recording_to(compile_template(corpus.template(corpus.P("{{ a }}")))._recorder()):
        for code in codes:
            text = f"Đ{chr(code)}\n"
            wanted = printing.print_here(text, printing.TEXT, None, "").encode()
            assert RUNTIME["text"](text) == wanted, hex(code)  # type: ignore[operator]
        for code in range(0xD800, 0xE000):
            with pytest.raises(UnicodeEncodeError):
                RUNTIME["text"](chr(code))  # type: ignore[operator]


def test_names_missed_are_told_the_same_way_at_every_level() -> None:
    same = {"ten": None}
    data: dict[str, object] = {"ds": [same, same, {}], "a": "x"}
    body = corpus.P("{{ a }} {{ b.c }}") + corpus.T(
        ["a", "b"], corpus.EACH, ["{{ d.ten }}", "x"], corpus.END
    )
    told = []
    for each in Level:
        with pytest.raises(MissingValues) as caught:
            compile_template(corpus.template(body), level=each).render(data)
        told.append((caught.value.message, caught.value.facts))
    assert told[0] == told[1] == told[2]
    assert told[0][1]["rows"] == {"ds[].ten": ["ds[0].ten", "ds[1].ten", "ds[2].ten"]}


def test_work_grows_with_the_rows_and_no_faster() -> None:
    """Counted in calls, not in time: a row costs the same in 50 and in 2,000."""
    made = compile_template(corpus.template(corpus.CASES["rows"]))

    def calls(rows: int) -> int:
        count = 0

        def seen(_frame: object, event: str, _arg: object) -> None:
            nonlocal count
            count += event in {"call", "c_call"}

        data: dict[str, object] = {"ds": [{"ten": f"A&B {n}", "tuoi": n} for n in range(rows)]}
        sys.setprofile(seen)
        try:
            made.render(data)
        finally:
            sys.setprofile(None)
        return count

    few, more, many = calls(5), calls(50), calls(2000)
    assert (many - more) / 1950 == pytest.approx((more - few) / 45, rel=0.05)


def test_memory_stays_flat() -> None:
    made = compile_template(corpus.template(corpus.CASES["rows"]))

    def fill(times: int) -> None:
        for number in range(times):
            made.render({"ds": [{"ten": f"{number} {row}"} for row in range(5)]})
            if number % 50 == 0:
                with pytest.raises(MissingValues):
                    made.render({"ds": [{}]})

    fill(100)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    fill(1000)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 200_000


def test_five_thousand_names() -> None:
    body = "".join(corpus.P(f"{{{{ n{number} }}}}") for number in range(5000))
    made = compile_template(corpus.template(body))
    assert made.level is Level.STRAIGHT
    result = made.render({f"n{number}": number for number in range(5000)}).docx
    assert make.paragraphs(result) == [str(number) for number in range(5000)]


def test_a_packing_of_choice() -> None:
    data = corpus.template(corpus.P("{{ a }}"))
    chosen = compiled(data, packing=Packing("zlib", 9))
    assert chosen is compiled(data, packing=Packing("zlib", 9))
    assert chosen is not compiled(data)
    assert chosen._archive.packing == Packing("zlib", 9)


@pytest.mark.parametrize("each", list(Level))
def test_a_text_longer_than_readers_take_is_refused(each: Level) -> None:
    made = compile_template(corpus.template(corpus.P("{{ a }}")), level=each)
    with pytest.raises(TemplateError, match="XML"):
        made.render({"a": "x" * 10_100_000})
