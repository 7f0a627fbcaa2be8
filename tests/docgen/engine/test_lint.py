"""The template checker: every fault, with its place, and no false ones."""

from __future__ import annotations

import pytest

from docgen.engine import Fault, lint
from docgen.engine.faults import part_vi
from tests.docgen.engine import make
from tests.docgen.engine.faulty import FAULTY, KNOWN, Faulty


def found(docx: bytes) -> list[Fault]:
    """Faults but fields that are not used."""
    return [fault for fault in lint(docx, vocabulary=KNOWN) if fault.rule != "NAME-05"]


@pytest.mark.parametrize("name", FAULTY)
def test_one_fault_is_found_at_its_place(name: str) -> None:
    case: Faulty = FAULTY[name]
    faults = found(make.template(*case.paragraphs, build=case.build))
    others = {"FILE-01"} if "tracking" in name else set()  # the tracking is told as well
    assert {fault.rule for fault in faults} - others == {case.rule}, [
        str(fault) for fault in faults
    ]
    fault = next((fault for fault in faults if case.said in fault.message), None)
    assert fault is not None, [str(fault) for fault in faults]
    where = fault.where
    if isinstance(case.where, tuple):
        assert (where.table, where.row, where.cell) == case.where
    else:
        assert (where.paragraph or 0, where.table) == (case.where, None)
    assert part_vi(where) == case.part
    assert where.text or where.tag
    if case.suggestion:
        assert case.suggestion in {*fault.suggestions, *(f"loop.{s}" for s in fault.suggestions)}
