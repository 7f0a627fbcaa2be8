"""From the view of a file to a paper: which line is which box, however it was typed. Pure."""

from __future__ import annotations

import re
from contextlib import suppress

from core.dates import parse_date
from core.errors import Unreadable
from core.symbols import parse_code
from docgen.rules.paper import Paper
from docgen.rules.pieces import pieces_of
from docgen.rules.recognise.ending import read_ending
from docgen.rules.recognise.header import read_header
from docgen.rules.recognise.title import read_title
from docgen.rules.view.model import View

_DATE = re.compile(r"(?i)ngày\s*\d.*năm\s*\d{4}|\d{1,2}/\d{1,2}/\d{4}")


def recognise(view: View) -> Paper:
    """The paper of a view; boxes that are not there stay empty."""
    paper = Paper(view=view, pieces=pieces_of(view.paras, default_tab=view.default_tab))
    after = read_title(paper, read_header(paper))
    read_ending(paper, after)
    if paper.number is not None:
        with suppress(Unreadable):
            paper.code = parse_code(paper.number.text)
    if paper.place_date is not None:
        found = _DATE.search(paper.place_date.text)
        if found:
            with suppress(Unreadable, ValueError):
                paper.issued = parse_date(found.group())  # type: ignore[assignment]
    return paper
