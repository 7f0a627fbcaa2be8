"""Many PDFs into one that goes to the printer as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import pypdfium2

from core.errors import Outage
from docgen.engine.pdf_check import PDFIUM


def merge_pdfs(pdfs: Iterable[bytes], *, out: IO[bytes], duplex: bool) -> int:
    """Write all pages in order to ``out``; gives how many pages there are, 0 (and nothing written) for none.

    With ``duplex`` every document begins on the front of a sheet: a blank page of its own size follows a
    document with an odd number of pages, unless it is the last. Memory holds the merged file, not more.
    Raises Outage for a damaged PDF.
    """
    with PDFIUM:
        whole = pypdfium2.PdfDocument.new()
        try:
            for pdf in pdfs:
                if duplex and len(whole) % 2:
                    _blank(whole)
                _append(whole, pdf)
            if pages := len(whole):
                whole.save(out)
            return pages
        finally:
            whole.close()


def _append(whole: pypdfium2.PdfDocument, pdf: bytes) -> None:
    try:
        source = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as fault:
        raise Outage(
            "Có tệp PDF hỏng nên không gộp được bản in.", retryable=False, code="pdf_damaged"
        ) from fault
    try:
        whole.import_pages(source)
    finally:
        source.close()


def _blank(whole: pypdfium2.PdfDocument) -> None:
    last = whole[len(whole) - 1]
    width, height = last.get_size()
    last.close()
    whole.new_page(width, height).close()
