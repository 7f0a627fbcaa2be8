"""Findings as Word comments at their places, in a copy."""

from __future__ import annotations

from collections.abc import Sequence

from core.wordcomments import Note, add_comments
from docgen.rules.finding import Finding
from docgen.rules.opening import open_docx

_SIGN = {"E": "Lỗi", "W": "Lưu ý"}


def annotate_findings(docx: bytes, findings: Sequence[Finding]) -> bytes:
    """The file with one comment for each paragraph that has findings.

    What belongs to no paragraph, or to a header or footer (Word has no comments there), stands at the
    first paragraph and says so. Raises Unreadable for what is no Word file.
    """
    main = open_docx(docx).main
    groups: dict[int, list[str]] = {}
    for finding in findings:
        own = finding.where.part == main and finding.where.paragraph is not None
        groups.setdefault((finding.where.paragraph or 1) if own else 1, []).append(
            _line(finding, own=own)
        )
    notes = [Note(paragraph, tuple(lines)) for paragraph, lines in sorted(groups.items())]
    return add_comments(docx, notes, main=main)


def _line(finding: Finding, *, own: bool) -> str:
    line = f"{_SIGN[finding.severity]} {finding.rule}: {finding.message}"
    if finding.found:
        line += f" Đang là: {finding.found}."
    if finding.expected:
        line += f" Cần: {finding.expected}."
    if not own and finding.where.text:
        line += f" Chỗ: “{finding.where.text}”."
    return line
