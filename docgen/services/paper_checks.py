"""The form of a stranger's paper, looked at in the cage; and its pages, as LibreOffice would print them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from core.errors import Outage, Unreadable
from docgen.cage import Limits, run_caged
from docgen.engine.errors import TemplateError
from docgen.engine.pdf import convert_in_pool, find_soffice
from docgen.engine.soffice import Timeouts

WHAT = "văn bản"
#: Somebody waits before the screen: a paper that takes longer is looked at in Word.
IMPATIENT = Timeouts(start=30.0, stall=15.0)


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer of ``docgen check`` as plain data, the copy with comments, and the mended copy (empty: no change)."""

    facts: dict[str, object]
    marked: bytes
    mended: bytes


def check_paper(docx: bytes, *, limits: Limits | None = None) -> Checked:
    """Check, mark and mend a Word file in a child with limits.

    Raises Unreadable for what is no Word file, is broken, or goes past the limits; Outage without a child.
    """
    try:
        facts, rest = run_caged("paper", {}, docx, limits=limits, what=WHAT)
    except TemplateError as fault:
        raise Unreadable(fault.message, facts=fault.facts) from fault
    length = facts.pop("marked")
    if not isinstance(length, int):
        raise Unreadable(f"Không kiểm tra được {WHAT}.")
    return Checked(facts, rest[:length], rest[length:])


def can_show_pages() -> bool:
    """Whether LibreOffice is on this machine."""
    return find_soffice() is not None


def paper_pdf(docx: bytes, *, name: str) -> bytes:
    """A Word file as PDF, for the eye.

    Raises Unreadable when it cannot be converted (it takes something from elsewhere, LibreOffice refuses it),
    Outage without LibreOffice.
    """
    root = Path(settings.DOCGEN_HOME) / "libreoffice"
    for results in convert_in_pool([(name, docx)], root=root, timeouts=IMPATIENT):
        for _, result in results:
            if result.pdf is not None:
                return result.pdf
            raise Unreadable(f"Không xem được trang của tệp này. {result.problem or ''}".strip())
    raise Outage("LibreOffice không trả lời; tệp Word vẫn dùng được.", code="soffice_failed")
