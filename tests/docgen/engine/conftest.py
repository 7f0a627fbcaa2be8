"""What holds for the engine holds for each of its speed levels: these tests run once per level."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docgen.engine import Level, template

_EACH_LEVEL = ("test_like_docxtpl", "test_missing", "test_render", "test_safety", "test_any_value")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.module.__name__.endswith(_EACH_LEVEL):
        metafunc.fixturenames.append("fastest")
        metafunc.parametrize(
            "fastest", list(Level), indirect=True, ids=lambda level: level.name, scope="module"
        )


@pytest.fixture(scope="module")
def fastest(request: pytest.FixtureRequest) -> Iterator[Level]:
    """The fastest level that templates are compiled for."""
    before, template._fastest = template._fastest, request.param
    template._cache.clear()
    yield request.param
    template._fastest = before
    template._cache.clear()
