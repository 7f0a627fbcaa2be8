"""Awkward templates say what docxtpl makes them say, at every level, and mostly in the same XML."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.engine import Level, MissingValues, TemplateError, compile_template
from docgen.kinds import KINDS
from docgen.kinds.template_names import example_numbering
from tests.docgen.engine import corpus, make
from tests.docgen.engine.test_like_docxtpl import by_docxtpl, look
from tests.docgen.kinds.cases import TEMPLATES

EVERY_CASE = pytest.mark.parametrize("case", corpus.CASES)


def canonical(data: bytes) -> bytes:
    """The body in canonical XML; the numbers of drawings aside, which docxtpl gives anew in any case."""
    root = etree.fromstring(make.members(data)["word/document.xml"])
    for node in root.iter("{*}docPr"):
        del node.attrib["id"]
    return etree.tostring(root, method="c14n")


@EVERY_CASE
def test_as_docxtpl_at_every_level(case: str) -> None:
    data = corpus.template(corpus.CASES[case])
    wanted = by_docxtpl(data, corpus.DATA)
    made = {level: compile_template(data, level=level).render(corpus.DATA).docx for level in Level}
    template = compile_template(data)
    assert template._fast(corpus.DATA, None, template._recorder()) is not None
    ours, theirs = look(made[Level.STRAIGHT]), look(wanted)
    if case.endswith("+"):
        assert ours.pop("columns") > theirs.pop("columns")  # type: ignore[operator]
    assert ours == theirs
    if not case.endswith(("*", "+")):
        assert canonical(made[Level.STRAIGHT]) == canonical(wanted)
    assert len(set(made.values())) == 1


def test_the_corpus_is_large_and_each_level_has_its_share() -> None:
    levels = [compile_template(corpus.template(body)).level for body in corpus.CASES.values()]
    assert len(levels) >= 60
    assert {level: levels.count(level) > 5 for level in Level} == dict.fromkeys(Level, True)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_template_of_ours_as_docxtpl(code: str) -> None:
    kind = KINDS[code]
    context = dict(kind.context(kind.schema.example, example_numbering(kind)))
    docx = (TEMPLATES / f"{kind.template(kind.schema.example)}.docx").read_bytes()
    assert look(compile_template(docx).render(context).docx) == look(by_docxtpl(docx, context))


TEXT = st.text(max_size=12) | st.sampled_from(
    ["A&B <X>", "một\nhai", "a\tb", "{{ x }}", "x\x0by", "\u00a0", "ế", "", "\ud800", "]]>"]
)
SCALAR = TEXT | st.integers() | st.none() | st.booleans() | st.floats() | st.decimals() | st.dates()
ROWS = st.lists(st.fixed_dictionaries({"ten": SCALAR, "tuoi": st.integers(0, 99)}), max_size=3)
CONTEXT = st.fixed_dictionaries(
    {"a": SCALAR, "co": st.booleans(), "khong": st.booleans(), "ds": ROWS},
    optional={
        "ho_ten": SCALAR,
        "so": st.integers(0, 5),
        "rong": TEXT,
        "cot": st.lists(TEXT, max_size=3),
    },
)
COMPILED = {
    level: [
        compile_template(corpus.template(body), level=level)
        for body in list(corpus.CASES.values())[::4]
    ]
    for level in Level
}


def outcome(level: Level, number: int, data: dict[str, object]) -> object:
    try:
        return COMPILED[level][number].render(data).docx
    except MissingValues as error:
        return error.message, error.facts
    except TemplateError as error:
        return error.message, error.facts


@settings(max_examples=150)
@given(st.integers(0, len(COMPILED[Level.CAREFUL]) - 1), CONTEXT)
def test_any_values_end_the_same_at_every_level(number: int, data: dict[str, object]) -> None:
    careful = outcome(Level.CAREFUL, number, data)
    assert outcome(Level.SOUND, number, data) == careful
    assert outcome(Level.STRAIGHT, number, data) == careful


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=20)


@settings(max_examples=40)
@given(
    st.fixed_dictionaries(
        {"a": PLAIN, "so": st.integers(), "ds": st.lists(st.fixed_dictionaries({"ten": PLAIN}))}
    )
)
def test_any_values_as_docxtpl(data: dict[str, object]) -> None:
    body = corpus.P("{{ a }} {{ so }}") + corpus.T(
        ["a", "b"], corpus.EACH, ["{{ d.ten }}", "x"], corpus.END
    )
    template = corpus.template(body)
    ours = compile_template(template)
    assert ours.level is Level.STRAIGHT
    assert look(ours.render(data).docx) == look(by_docxtpl(template, data))
