"""Files and functions stay small enough to be read (house rule 15)."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.architecture.sources import functions, name_of, python_files, rooms, tree

if TYPE_CHECKING:
    from pathlib import Path

FILE_AIM = 400
FILE_LIMIT = 600
FUNCTION_LIMIT = 60
# Files over the aim, each with its reason. Take a line out when the file has become shorter.
LONG_FILES: dict[str, str] = {}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_are_short_or_have_a_reason() -> None:
    long = {name_of(path) for path in python_files() if lines(path) > FILE_AIM}
    assert long == set(LONG_FILES), "split the file, or note the reason in LONG_FILES"


def test_no_file_is_over_the_limit() -> None:
    over = {name_of(path): lines(path) for path in python_files() if lines(path) > FILE_LIMIT}
    assert not over


def test_functions_are_short() -> None:
    over = {
        f"{name_of(path)}:{node.lineno} {node.name}": size
        for path in python_files()
        for node in functions(path)
        if (size := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LIMIT
    }
    assert not over


def hidden_imports(path: Path) -> list[str]:
    own = {*rooms(), "tools", "tests"}
    found = []
    for function in functions(path):
        for node in ast.walk(function):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "." * node.level]
            found += [
                f"{name_of(path)}:{node.lineno} {name}"
                for name in names
                if name.startswith(".") or name.split(".")[0] in own
            ]
    return found


def test_no_import_of_our_own_code_hides_in_a_function() -> None:
    assert not [line for path in python_files() for line in hidden_imports(path)]


def test_every_package_says_in_one_line_what_it_is_for() -> None:
    faults = []
    for path in python_files():
        if path.name != "__init__.py":
            continue
        text = ast.get_docstring(tree(path)) or ""
        first = text.split("\n")[0]
        if not first.endswith(".") or len(first) > 120:
            faults.append(name_of(path))
    assert not faults


def test_every_room_says_what_it_may_import_in_one_line() -> None:
    found = {room: ast.get_docstring(tree(path)) or "" for room, path in room_inits().items()}
    assert set(found) == set(rooms())
    assert [room for room, text in found.items() if "\n" in text or len(text) < 30] == []
    # `core` imports nobody and `config` everybody: they say so in other words.
    ordinary = {room: text for room, text in found.items() if room not in {"core", "config"}}
    assert [room for room, text in ordinary.items() if "Imports " not in text] == []


def room_inits() -> dict[str, Path]:
    return {
        path.parent.name: path
        for path in python_files()
        if path.name == "__init__.py" and name_of(path.parent) in rooms()
    }
