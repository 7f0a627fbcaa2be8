"""Pure: the format rules (thể thức) and their checker. Imports core and the dated facts of docgen.kinds."""

from __future__ import annotations

from docgen.rules.check import PROFILES, check_docx, inspect_docx
from docgen.rules.finding import Finding, Report, Where
from docgen.rules.registry import RULES

__all__ = ["PROFILES", "RULES", "Finding", "Report", "Where", "check_docx", "inspect_docx"]
