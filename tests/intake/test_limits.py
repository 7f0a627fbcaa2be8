"""The cage's limits: configured within the promise, and enforced on a file that would use more."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import Outage
from intake import cage as cages
from intake import convert as conversion
from intake import read_form
from intake.cage import Cage, Limits
from intake.guard import FileType, Refused
from intake.pressure import CPU_SECONDS, FILE_SECONDS, check_starved, cpu_used
from tests.intake.hostile import word

#: A child that does, for one file, what no parser may: one line for each misdeed.
MISDEEDS = {
    "spin": "while True: pass",
    "sleep": "import time; time.sleep(3600)",
    "hoard": "a = bytearray(3 * 2**30)",
    "write": "import pathlib; pathlib.Path(__file__ + '.ra').write_bytes(b'x' * 2**20)",
    "abort": "import os; os.abort()",
}


@pytest.fixture
def child_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Makes the real child run a line of Python instead of its reader."""

    def prepare(misdeed: str) -> None:
        program = tmp_path / "con.py"
        program.write_text(
            "import intake.caged as child\n"
            f"def answer(facts, data):\n    {MISDEEDS[misdeed]}\n    return {{'readings': []}}\n"
            "child.answer = answer\nchild.main()\n",
            encoding="utf-8",
        )
        real = cages.subprocess.Popen

        def instead(command: list[str], **more: object) -> object:
            return real([command[0], str(program)], **more)

        monkeypatch.setattr(cages.subprocess, "Popen", instead)

    return prepare


def test_every_file_is_answered_within_ten_seconds() -> None:
    limits = Cage().limits
    assert FILE_SECONDS <= 10
    assert limits.wall <= FILE_SECONDS
    assert (
        limits.cpu <= CPU_SECONDS < limits.wall
    )  # a heavy file is known as heavy before the clock ends
    assert limits.memory <= 2**30
    assert f"--cpu={CPU_SECONDS}" in conversion._leash()
    assert "--data=1073741824" in conversion._leash()


def test_a_file_that_never_ends_is_killed_and_answered(child_that: Callable[[str], None]) -> None:
    child_that("spin")
    with Cage(Limits(cpu=1, wall=60)) as cage, pytest.raises(Refused) as refused:
        cage.read({}, b"")
    assert refused.value.code == "too_heavy"
    assert "Hãy tách nhỏ" in refused.value.message


def test_the_clock_ends_it_too_and_the_child_is_gone(child_that: Callable[[str], None]) -> None:
    child_that("sleep")
    with Cage(Limits(wall=0.2)) as cage:
        cage._child = child = cage._start()
        with pytest.raises(
            Outage
        ) as busy:  # it never got the processor: nothing is wrong with the file
            cage.read({}, b"")
        assert busy.value.code == "busy"
        assert child.returncode is not None
        assert cage._child is None


def test_memory_is_bounded(child_that: Callable[[str], None]) -> None:
    child_that("hoard")
    with Cage() as cage, pytest.raises(Refused):
        cage.read({}, b"")


@pytest.mark.parametrize("misdeed", ["write", "abort"])
def test_a_parser_that_writes_or_dies_costs_its_file_alone(
    child_that: Callable[[str], None], misdeed: str, tmp_path: Path
) -> None:
    child_that(misdeed)
    with Cage() as cage, pytest.raises(Refused) as refused:
        cage.read({}, b"")
    assert "Hãy" in refused.value.message
    written = tmp_path / "con.py.ra"
    assert not written.exists() or written.stat().st_size == 0


def test_the_next_file_is_read_after_a_kill() -> None:
    with Cage() as cage:
        read_form(word(), name="tot.docx", cage=cage)
        first = cage._child
        assert first is not None
        os.kill(first.pid, 9)
        first.wait()
        (reading,) = read_form(word(), name="tot.docx", cage=cage)
        assert reading.kind == "membership_application"
        assert cage._child is not None
        assert cage._child.pid != first.pid


def test_a_conversion_is_killed_with_its_family(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 3600 & echo $! > {tmp_path}/con\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(Outage):
        conversion.convert(b"{\\rtf1 a}", FileType.RTF, wall=0.5)
    child = int((tmp_path / "con").read_text())
    for _ in range(200):
        if not Path(f"/proc/{child}").exists() or " Z " in Path(f"/proc/{child}/stat").read_text():
            break
        time.sleep(0.05)
    else:
        pytest.fail("the grandchild lives")


def test_who_had_the_processor_is_to_blame() -> None:
    check_starved(6.0, 10.0)  # at work: the file is too heavy
    with pytest.raises(Outage):
        check_starved(1.0, 10.0)
    assert cpu_used(os.getpgid(0)) >= 0.0
