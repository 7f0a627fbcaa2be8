"""What must not be in a public tree: addresses in locks, paths of one machine, broken letters, unrunnable scripts."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT, name_of, project_files, text_files
from tools.check_locks import problems

if TYPE_CHECKING:
    from pathlib import Path

# Written in pieces so that this file does not find itself.
HOMES = ("root", "home", "Users", "work", "workspace", "mnt")
MACHINE_PATH = re.compile(r"(?<![\w.$}~-])/(?:" + "|".join(HOMES) + r")/[\w.-]+")
SCRIPTS = ("run", "test", ".ci/run", "tools/lock")


def machine_paths(text: str) -> list[str]:
    return MACHINE_PATH.findall(text)


def test_no_path_of_one_machine_in_texts() -> None:
    found = {
        name_of(path): hits
        for path in text_files()
        if (hits := machine_paths(path.read_text(encoding="utf-8")))
    }
    assert not found


def test_no_path_of_one_machine_in_word_files() -> None:
    found = []
    for path in (path for path in project_files() if path.suffix in {".docx", ".xlsx"}):
        with zipfile.ZipFile(path) as parts:
            texts = {name: parts.read(name).decode("utf-8", "replace") for name in parts.namelist()}
        found += [f"{name_of(path)}: {name}" for name, text in texts.items() if machine_paths(text)]
    assert not found


@pytest.mark.parametrize("home", HOMES)
def test_the_search_for_machine_paths_finds_them(home: str) -> None:
    assert machine_paths(f'open("/{home}/van-thu/kho.db")')
    assert not machine_paths(f"var/{home}/kho.db and https://example.org/{home}/kho")


def test_texts_are_utf8_in_nfc() -> None:
    broken = [
        name_of(path)
        for path in text_files()
        if not unicodedata.is_normalized("NFC", path.read_bytes().decode("utf-8"))
    ]
    assert not broken, "write decomposed letters in tests as escapes"


def test_locks_hold_hashes_and_no_addresses() -> None:
    assert problems() == []


LOCK = "click==8.5.1 \\\n    --hash=sha256:aa\n"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"requirements.txt": f"--index-url https://example.org/simple\n{LOCK}"}, "địa chỉ"),
        ({"requirements.txt": "click @ file:///kho/click.whl\n"}, "địa chỉ"),
        ({"requirements.txt": "click==8.5.1\n"}, "không có mã băm"),
        ({"requirements.in": "click>=8\nlxml\n"}, "thiếu lxml"),
        ({"requirements-dev.txt": LOCK.replace("8.5.1", "8.5.2")}, "khác bản"),
    ],
)
def test_a_bad_lock_is_named(tmp_path: Path, change: dict[str, str], said: str) -> None:
    good = {
        "requirements.in": "Click>=8  # a comment\n",
        "requirements.txt": LOCK,
        "requirements-s3.in": "-r requirements.in\n",
        "requirements-s3.txt": LOCK,
        "requirements-dev.in": "-r requirements-s3.in\n",
        "requirements-dev.txt": LOCK,
    }
    for name, text in good.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert problems(tmp_path) == []
    for name, text in change.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert any(said in fault for fault in problems(tmp_path))


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_can_be_run(name: str) -> None:
    assert (ROOT / name).stat().st_mode & 0o111
    assert (ROOT / name).read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
