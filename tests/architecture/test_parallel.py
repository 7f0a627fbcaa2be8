"""What tests/parallel.py says of the tests is true of them."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import ROOT
from tests.parallel import TOGETHER, unit


def modules() -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(ROOT.glob("tests/**/test_*.py"))
    }


@pytest.mark.parametrize(
    ("folder", "fixtures"),
    [("tests/paths/", "papers"), ("tests/faults/", "finished|undisturbed")],
)
def test_a_costly_fixture_of_the_session_is_made_in_one_process(folder: str, fixtures: str) -> None:
    users = [
        name
        for name, text in modules().items()
        if name.startswith(folder) and re.search(rf"def test_\w+\([^)]*\b({fixtures}):", text)
    ]
    assert len(users) > 1
    assert len({unit(name) for name in users}) == 1, users


def test_every_beginning_names_a_module() -> None:
    names = list(modules())
    for beginning in (one for group in TOGETHER for one in group):
        assert any(name.startswith(beginning) for name in names), beginning
    assert unit("tests/core/test_text.py::test_a[b::c]") == "tests/core/test_text.py"
