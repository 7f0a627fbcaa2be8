"""What strangers may send: each file refused with the right word or read, within limits; the next good file is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from core.errors import Outage, UserError
from intake import read_form
from intake.cage import Cage
from intake.reading import Status
from tests.intake.corpus.build import cases
from tests.intake.hostile import READ, Hostile, hostile_files, word

HOSTILE = list(hostile_files())
GIB_IN_KIB = 2**20
GOOD = 60
PATIENCE = 6


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as one:
        yield one


@pytest.fixture(scope="module")
def good() -> bytes:
    return word()


def largest_kib(cage: Cage) -> int:
    """The most resident memory the child has had."""
    if cage._child is None:
        return 0
    status = Path(f"/proc/{cage._child.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) if found else 0


def became(data: bytes, cage: Cage) -> tuple[str, str]:
    """The code of the refusal and its message, or that it was read. What a busy machine put off is sent again."""
    for _ in range(PATIENCE):
        try:
            read_form(data, name="la.docx", cage=cage)
        except UserError as refused:
            return refused.code, refused.message
        except Outage as fault:
            if fault.code != "busy":
                raise
        else:
            return READ, ""
    pytest.fail("the machine gave this file no time")


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 60
    assert len({one.name for one in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("one", HOSTILE, ids=lambda one: one.name)
def test_a_hostile_file_is_refused_or_read_and_the_next_one_is_read(
    one: Hostile, cage: Cage, good: bytes
) -> None:
    code, message = became(one.make(), cage)
    assert code in one.codes, message
    if code != READ:  # it says what to send instead
        assert re.search(r"\bhãy\b", message, re.IGNORECASE), message
    assert largest_kib(cage) < GIB_IN_KIB
    (reading,) = read_form(good, name="tot.docx", cage=cage)
    assert (reading.kind, reading.status) == ("membership_application", Status.CLEAN)


def test_no_good_file_is_refused(cage: Cage) -> None:
    read = [
        read_form(case.data, name=case.name, cage=cage) for case in islice(cases(), 20, 20 + GOOD)
    ]
    assert len(read) == GOOD
    assert all(readings for readings in read)
