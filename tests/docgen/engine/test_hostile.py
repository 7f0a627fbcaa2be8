"""A template that would never end is refused at every level, with its place, in the memory of a large document."""

from __future__ import annotations

import tracemalloc

import pytest

from docgen.engine import Level, UnsafeTemplate, compile_template, effort
from tests.docgen.engine import corpus, make
from tests.docgen.engine.hostile import DATA, NEVER_ENDING

_PART = 100  # of the bound: the whole takes up to eight seconds
_GROWING = [name for name in NEVER_ENDING if name.startswith(("a text", "a list", "a long text"))]
_MEMORY = 25_000_000  # bytes


def refuse(name: str, level: Level) -> None:
    template = compile_template(make.template("x", NEVER_ENDING[name]), level=level)
    with pytest.raises(UnsafeTemplate) as caught:
        template.render(DATA)
    assert caught.value.where is not None
    assert caught.value.where.paragraph == 2


@pytest.mark.parametrize("name", NEVER_ENDING)
def test_what_never_ends_is_refused_with_its_place(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effort, "MAX_STEPS", effort.MAX_STEPS // _PART)
    for level in (Level.CAREFUL, Level.STRAIGHT):
        refuse(name, level)


def test_what_grows_is_refused_before_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "MAX_STEPS", effort.MAX_STEPS // _PART)
    tracemalloc.start()
    for name in _GROWING:
        refuse(name, Level.STRAIGHT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < _MEMORY


def test_what_a_filter_gets_is_never_changed() -> None:
    """A sum that starts with a list would add to the list of the data, and to that of every later document."""
    data: dict[str, object] = {"a": [[1], [2]], "b": [0]}
    with pytest.raises(UnsafeTemplate, match="sum"):
        compile_template(make.template("{{ a|sum(start=b)|length }}")).render(data)
    assert data == {"a": [[1], [2]], "b": [0]}


def test_a_large_document_is_far_from_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """1,000 rows of 20 columns, every cell with its marks, in a third of a fifth of the bound."""
    cells = [f"{{{{ d.c{number} }}}}" for number in range(20)]
    rows = [corpus.EACH[0], *[""] * 19], cells, [corpus.END[0], *[""] * 19]
    docx = corpus.template(corpus.T(["a"] * 20, *rows))
    row = {f"c{number}": "Công ty TNHH Xây dựng Bình Lư" for number in range(20)}
    monkeypatch.setattr(effort, "MAX_STEPS", effort.MAX_STEPS // 15)
    for level in (Level.CAREFUL, Level.STRAIGHT):
        result = compile_template(docx, level=level).render({"ds": [row] * 1000}).docx
        assert len(make.opened(result).tables[0].rows) == 1001
