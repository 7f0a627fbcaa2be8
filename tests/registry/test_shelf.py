"""What is laid down for a moment is found by its owner alone, and is gone in time."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import NotFound
from registry import shelf
from registry.shelf import KEPT_FOR, MOST, Shelf, purge
from workers import sweep

MINE, OTHERS = Shelf("papers", "1"), Shelf("papers", "2")


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.DOCGEN_HOME = tmp_path
    return tmp_path


def age(home: Path, token: str, seconds: float) -> None:
    (folder,) = home.glob(f"tam/*/*/{token}")
    then = time.time() - seconds
    os.utime(folder, (then, then))


def test_files_and_facts_come_back_to_their_owner_alone() -> None:
    token = MINE.put({"paper.docx": b"a"}, {"name": "Kế hoạch.docx"})
    MINE.add(token, "paper.pdf", b"b")
    assert MINE.read(token, "paper.docx") + MINE.read(token, "paper.pdf") == b"ab"
    assert MINE.facts(token) == {"name": "Kế hoạch.docx"}
    assert MINE.has(token, "paper.pdf")
    assert not MINE.has(token, "none.pdf")
    for stranger in (OTHERS, Shelf("templates", "1")):
        assert stranger.tokens() == []
        with pytest.raises(NotFound, match="chỉ giữ một giờ"):
            stranger.read(token, "paper.docx")


@pytest.mark.parametrize("name", ["../facts.json", "/etc/passwd", "", ".lock", "A.docx", "a/b"])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    token = MINE.put({"paper.docx": b"a"}, {})
    with pytest.raises(NotFound):
        MINE.read(token, name)
    for wrong in ("..", f"../{token}", token.upper(), ""):
        with pytest.raises(NotFound):
            MINE.read(wrong, "paper.docx")
        MINE.drop(wrong)
    assert MINE.read(token, "paper.docx") == b"a"


def test_after_an_hour_it_is_not_given_and_the_next_purge_takes_it(home: Path) -> None:
    old, new = MINE.put({"paper.docx": b"a"}, {}), OTHERS.put({"paper.docx": b"b"}, {})
    age(home, old, KEPT_FOR.total_seconds() + 5)
    with pytest.raises(NotFound):
        MINE.read(old, "paper.docx")
    assert purge() == 1
    assert not list(home.glob(f"tam/*/*/{old}"))
    assert OTHERS.read(new, "paper.docx") == b"b"
    assert purge(older_than=timedelta(0)) == 1


def test_the_sweep_takes_it_though_nobody_comes_back(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = MINE.put({"paper.docx": b"a"}, {})
    age(home, old, KEPT_FOR.total_seconds() + 5)
    monkeypatch.setattr(sweep, "unread", lambda _queue: 1)
    assert sweep.sweep_in_turn() is None
    assert not list(home.glob("tam/*/*/*"))


def test_a_further_file_makes_a_thing_no_younger(home: Path) -> None:
    token = MINE.put({"paper.docx": b"a"}, {})
    age(home, token, 1800)
    MINE.add(token, "paper.pdf", b"b")
    (folder,) = home.glob(f"tam/*/*/{token}")
    assert time.time() - folder.stat().st_mtime > 1700


def test_an_owner_has_so_many_and_the_oldest_makes_room(home: Path) -> None:
    first = MINE.put({}, {})
    age(home, first, 60)
    for _ in range(MOST):
        MINE.put({}, {})
    assert len(MINE.tokens()) == MOST
    assert first not in MINE.tokens()


def test_an_owner_has_so_many_bytes_and_the_newest_always_stays(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST_BYTES", 1000)
    first = MINE.put({"paper.docx": b"x" * 600}, {})
    age(home, first, 60)
    second = MINE.put({"paper.docx": b"x" * 2000}, {})
    assert MINE.tokens() == [second]
    assert OTHERS.tokens() == []


def test_two_do_not_work_for_one_owner_at_once() -> None:
    with MINE.alone("a") as mine, MINE.alone("a") as again, OTHERS.alone("a") as other:
        assert (mine, again, other) == (True, False, True)
    with MINE.alone("a") as mine, MINE.alone("b") as other:
        assert mine
        assert other
