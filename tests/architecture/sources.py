"""What the architecture tests look at: the files that belong to the project, and their syntax trees."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT_SUFFIXES = {
    "", ".cfg", ".css", ".html", ".in", ".js", ".json", ".md", ".py", ".sh", ".toml", ".txt", ".yaml", ".yml",
}  # fmt: skip


@cache
def rooms() -> tuple[str, ...]:
    """The top-level packages, as pyproject.toml names them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return tuple(settings["tool"]["setuptools"]["packages"])


@cache
def project_files() -> tuple[Path, ...]:
    """Files under version control or about to be: tracked, or new and not ignored. A clone of another user counts."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout.decode()  # fmt: skip
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def text_files() -> list[Path]:
    """Files that people write and read as text."""
    return [path for path in project_files() if path.suffix in TEXT_SUFFIXES]


def python_files(*, with_migrations: bool = False) -> list[Path]:
    """Python sources; migrations are generated and have no limits."""
    return [
        path
        for path in project_files()
        if path.suffix == ".py" and (with_migrations or "migrations" not in path.parts)
    ]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods of a file, nested ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name_of(path: Path) -> str:
    """The path as people know it."""
    return path.relative_to(ROOT).as_posix()
