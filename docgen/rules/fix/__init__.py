"""Mending what is safe to mend, in a copy: each change is told. Pure.

Safe is what changes no word and no meaning: margins, sizes, page number, spacing, indents, alignment,
zeros of dates and numbers, spaces in symbols, old encodings. Wording is left to people.
"""

from __future__ import annotations

from datetime import date

from core.wordpackage import exchanged, to_xml
from docgen.rules.check import settle_profile
from docgen.rules.fix.change import Change, Mending
from docgen.rules.fix.looks import mend_body, mend_sizes
from docgen.rules.fix.pages import mend_margins, mend_page_number
from docgen.rules.fix.texts import mend_codes_and_dates, mend_encoding
from docgen.rules.opening import open_docx
from docgen.rules.recognise import recognise
from docgen.rules.view.build import build_view

__all__ = ["Change", "fix_docx"]


def fix_docx(
    docx: bytes, *, on: date | None = None, profile: str | None = None
) -> tuple[bytes, tuple[Change, ...]]:
    """A mended copy and every change made; without a change the very same bytes.

    Text comes first (a legacy run has other widths and letters), then looks, on a fresh view each time.
    Raises Unreadable and UserError like the check.
    """
    opened = open_docx(docx)
    mending = Mending(opened)
    for mend in (
        mend_encoding,
        mend_codes_and_dates,
        mend_margins,
        mend_page_number,
        mend_sizes,
        mend_body,
    ):
        paper = recognise(build_view(opened))
        settle_profile(paper, on=on, profile=profile)
        mend(mending, paper)
    if not mending.changes:
        return docx, ()
    parts = {name: to_xml(opened.parts[name]) for name in sorted(mending.touched)}
    return exchanged(docx, {**parts, **mending.new_parts}), tuple(mending.changes)
