"""One form in the format asked for; a PDF is printed from the paper form by LibreOffice afterwards. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from core.forms import FormKind
from docgen.blanks.excel import excel_form
from docgen.blanks.fitting import require_fit
from docgen.blanks.imprint import Imprint
from docgen.blanks.word import word_form


class Format(StrEnum):
    """How a form is given out."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"


def make_form(
    form: FormKind, values: Mapping[str, object], imprint: Imprint, *, file_format: Format
) -> bytes:
    """The file; for PDF the Word file of the paper form, yet to be printed.

    Raises DataIncomplete for values that are too long for their places.
    """
    require_fit(form, values)
    if file_format is Format.XLSX:
        return excel_form(form, values, imprint)
    return word_form(form, values, imprint, paper=file_format is Format.PDF)
