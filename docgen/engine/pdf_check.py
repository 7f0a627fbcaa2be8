"""Is this PDF the paper? Its pages, its words and its fonts, held against the Word file it was made from."""

from __future__ import annotations

import ctypes
import hashlib
import re
import threading
import unicodedata
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from docgen.engine.errors import TemplateError
from docgen.engine.package import parse_xml, read_package

#: The library is not safe for threads.
PDFIUM = threading.Lock()
#: Of the different words of the Word file so many must be in the PDF: what is missing are words that the
#: layout cuts in two, never most of them.
WORDS_KEPT = 0.8
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD = re.compile(r"[^\W_]{2,}")
_NAME_BYTES = 256
_CREATED = re.compile(rb"<dcterms:created[^>]*>(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)")
_NO_DAY = b"19800101000000"
#: What LibreOffice writes anew each time: the moment, and two numbers of chance.
_MOMENT = re.compile(rb"(/CreationDate\(D:)(\d{14})")
_CHANCE = re.compile(rb"(/DocChecksum /|<)([0-9A-F]{32})(?=>|\s*>>|\s)")


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What can be seen of a PDF: pages, the words on them, fonts that it does not bring along."""

    pages: int
    words: frozenset[str]
    foreign_fonts: tuple[str, ...]


def count_pages(pdf: bytes) -> int:
    """Pages of a PDF; 0 if it is none or is broken."""
    if not pdf.startswith(b"%PDF"):
        return 0
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return 0
        try:
            return len(document)
        finally:
            document.close()


def inspect(pdf: bytes) -> PdfFacts | None:
    """Look at every page; None for what is no PDF."""
    if not count_pages(pdf):
        return None
    texts: list[str] = []
    foreign: dict[str, None] = {}
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            pages = len(document)
            for number in range(pages):
                page = document[number]
                textpage = page.get_textpage()
                texts.append(textpage.get_text_bounded())
                foreign.update(dict.fromkeys(_foreign_fonts(page)))
                textpage.close()
                page.close()
        finally:
            document.close()
    return PdfFacts(pages, frozenset(_words("\n".join(texts))), tuple(foreign))


def _foreign_fonts(page: pypdfium2.PdfPage) -> list[str]:
    """Names of fonts that the page uses and the file does not hold."""
    names = []
    seen: set[int] = set()
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        font = pdfium.FPDFTextObj_GetFont(found.raw)
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        if address in seen:
            continue
        seen.add(address)
        if pdfium.FPDFFont_GetIsEmbedded(font) != 1:
            buffer = ctypes.create_string_buffer(_NAME_BYTES)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, _NAME_BYTES)
            names.append(buffer.value.decode("utf-8", "replace") or "không tên")
    return names


def _words(text: str) -> set[str]:
    return set(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def docx_words(docx: bytes) -> set[str]:
    """The different words of a Word file's body. Raises TemplateError for what is no Word file."""
    package = read_package(docx)
    words: set[str] = set()
    for name, data in package.members:
        if package.kinds.get(name) == "document":
            root = parse_xml(data, name)
            for paragraph in root.iter(f"{_W}p"):
                words |= _words(_paragraph_text(paragraph))
    return words


def _paragraph_text(paragraph: etree._Element) -> str:
    """Its letters; tabs and breaks part words."""
    return "".join(
        element.text or "" if element.tag == f"{_W}t" else " "
        for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
    )


def pdf_problem(docx: bytes, pdf: bytes) -> tuple[int, str | None]:
    """Pages of a PDF just made, and what is wrong with it as a Vietnamese sentence, or None."""
    facts = inspect(pdf)
    if facts is None:
        return 0, "LibreOffice tạo ra tệp PDF hỏng."
    if facts.foreign_fonts:
        return facts.pages, (
            f"PDF không nhúng phông chữ {', '.join(facts.foreign_fonts)}; in ở máy khác sẽ sai chữ. "
            "Cài phông này trên máy chạy việc rồi làm lại."
        )
    wanted = docx_words(docx)
    kept = len(wanted & facts.words)
    if wanted and kept < WORDS_KEPT * len(wanted):
        return facts.pages, (
            f"PDF bị mất chữ: chỉ còn {kept} trong {len(wanted)} từ khác nhau của tệp Word. "
            "Kiểm tra phông chữ tiếng Việt trên máy chạy việc (docgen doctor)."
        )
    return facts.pages, None


def same_every_time(docx: bytes, pdf: bytes) -> bytes:
    """The PDF without the moment and the chance in it, so that the same Word file gives the same bytes.

    What takes their place is as long, so every offset in the file still holds: the creation day of the Word
    file, and numbers made from its hash.
    """
    stamp = _created(docx)
    number = hashlib.sha256(docx).hexdigest()[:32].upper().encode()
    head, mark, tail = pdf.rpartition(b"\ntrailer")
    if not mark:
        return pdf
    tail = _CHANCE.sub(rb"\g<1>" + number, tail)
    return _MOMENT.sub(rb"\g<1>" + stamp, head) + mark + tail


def _created(docx: bytes) -> bytes:
    try:
        package = read_package(docx)
    except TemplateError:
        return _NO_DAY
    core = [data for name, data in package.members if package.kinds.get(name) == "core"]
    found = _CREATED.search(core[0]) if core else None
    return b"".join(found.groups()) if found else _NO_DAY
