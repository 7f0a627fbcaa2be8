"""Hostile and broken files made by code: what a stranger may send, with the codes by which each may be refused.

``READ`` among the codes says that the file may also be read (or found to be no form of ours): then it must be so
within the limits.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random

import openpyxl

from tests.intake.forms import word_form
from tests.intake.hostile_pdf import (
    circling_pages,
    deep_arrays,
    deflated,
    encrypted_pdf,
    form_loop,
    grid_of_lines,
    image_bomb,
    many_pages,
    many_rulings,
    page_pdf,
    stream,
)

READ = "read"
_DOCUMENT, _SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Hostile:
    """One file, and what may become of it."""

    name: str
    make: Callable[[], bytes]
    codes: frozenset[str]


# --- archives --------------------------------------------------------------------------------------------


def word() -> bytes:
    """A good filled form."""
    return word_form("membership_application")


def book() -> bytes:
    """A good workbook."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in (["DANH SÁCH ĐOÀN VIÊN"], ["TT", "Họ và tên", "Năm sinh"], [1, "Lò Thị Mẫu", 1996]):
        sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def changed(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """An archive with some members put in, replaced or (None) left out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


def document(body: str, *, before: str = "") -> bytes:
    """A Word file with that body."""
    text = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return changed(word(), {_DOCUMENT: text.encode()})


def sheet(inside: str, *, more: str = "") -> bytes:
    """A workbook with that sheet data."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{inside}</sheetData>{more}</worksheet>'
    return changed(book(), {_SHEET: text.encode()})


def lying(data: bytes, name: str, *, size: int) -> bytes:
    """The directory and the member's own head state another size than it has."""
    out = bytearray(data)
    target = name.encode()
    for magic, at_size, at_name, head in ((b"PK\x03\x04", 22, 26, 30), (b"PK\x01\x02", 24, 28, 46)):
        at = out.find(magic)
        while at >= 0:
            length = int.from_bytes(out[at + at_name : at + at_name + 2], "little")
            if out[at + head : at + head + length] == target:
                out[at + at_size : at + at_size + 4] = struct.pack("<I", size)
            at = out.find(magic, at + 4)
    return bytes(out)


def flagged(data: bytes) -> bytes:
    """Every member marked as encrypted."""
    out = bytearray(data)
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(magic)
        while at >= 0:
            out[at + place] |= 1
            at = out.find(magic, at + 4)
    return bytes(out)


def nested(depth: int) -> bytes:
    """Tables within tables."""
    return document("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def laughs(*, where: str, declared: str = "UTF-8") -> bytes:
    """A billion laughs in one part."""
    entities = '<!ENTITY a "haha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    text = f'<?xml version="1.0" encoding="{declared}"?><!DOCTYPE x [{entities}]><x>&j;</x>'
    encoded = text.encode("utf-16" if declared == "UTF-16" else "utf-8")
    return changed(book() if where.startswith("xl/") else word(), {where: encoded})


def external(target: str) -> bytes:
    """An entity that names a file or an address."""
    before = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{target}">]>'
    return document("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", before=before)


def zeros(megabytes: int) -> bytes:
    return bytes(megabytes * 2**20)


# --- the list --------------------------------------------------------------------------------------------


def _ole(*names: str) -> bytes:
    body = b"".join(name.encode("utf-16-le") + b"\x00\x00" for name in names)
    return (_OLE + bytes(504) + body).ljust(4096, b"\x00")


def _fuzzed(data: bytes, seed: int, *, share: float = 0.002) -> bytes:
    random, out = Random(seed), bytearray(data)
    for _ in range(max(int(len(out) * share), 3)):
        out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def _fuzzed_xml(seed: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        text = archive.read(_DOCUMENT)
    return changed(word(), {_DOCUMENT: _fuzzed(text, seed, share=0.0005)})


def _runs(count: int) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{n:x}</w:t></w:r>" for n in _numbers(count)) + "</w:p>"


def _numbers(count: int) -> list[int]:
    """Figures that do not pack well, or the guard would see a bomb in them."""
    random = Random(count)
    return [random.randrange(2**32) for _ in range(count)]


def _written(pattern: str, count: int) -> str:
    return "".join(pattern.format(n) for n in _numbers(count))


def _wide_table(rows: int, columns: int) -> str:
    cells = iter(_numbers(rows * columns))
    row = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    return (
        "<w:tbl>"
        + "".join(
            "<w:tr>" + "".join(row.format(next(cells)) for _ in range(columns)) + "</w:tr>"
            for _ in range(rows)
        )
        + "</w:tbl>"
    )


def hostile_files() -> Iterator[Hostile]:
    """All of them, made one by one."""
    for name, make, codes in (*_ARCHIVES, *_WORDS, *_BOOKS, *_PDFS, *_OTHERS):
        yield Hostile(name, make, frozenset(codes.split()))
    for seed in range(6):
        yield Hostile(f"fuzzed docx {seed}", partial(_fuzz_word, seed), _ANY)
        yield Hostile(f"fuzzed xlsx {seed}", partial(_fuzz_book, seed), _ANY)
        yield Hostile(f"fuzzed pdf {seed}", partial(_fuzz_pdf, seed), _ANY)
        yield Hostile(f"fuzzed document.xml {seed}", partial(_fuzzed_xml, seed), _ANY)


def _fuzz_word(seed: int) -> bytes:
    return _fuzzed(word(), seed)


def _fuzz_book(seed: int) -> bytes:
    return _fuzzed(book(), seed)


def _fuzz_pdf(seed: int) -> bytes:
    return _fuzzed(page_pdf(stream(b"BT /F1 12 Tf 50 700 Td (Ho va ten) Tj ET")), seed, share=0.02)


_ANY = frozenset(
    (
        READ,
        "broken_file",
        "no_content",
        "not_word",
        "swollen",
        "archive",
        "unknown_type",
        "password",
        "unreadable",
        "too_many_pages",
        "giant_page",
    )
)
_P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_ROW = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>x</t></is></c></row>'
Row = tuple[str, Callable[[], bytes], str]
_ARCHIVES: tuple[Row, ...] = (
    ("zip bomb in document.xml", lambda: changed(word(), {_DOCUMENT: zeros(300)}), "swollen"),
    ("zip bomb in media", lambda: changed(word(), {"word/media/a.png": zeros(200)}), "swollen"),
    ("zip bomb in a sheet", lambda: changed(book(), {_SHEET: zeros(300)}), "swollen"),
    ("many swollen members", lambda: changed(word(), {f"word/m{n}.xml": b"<a>" + zeros(30) for n in range(6)}), "swollen"),  # noqa: E501
    ("lying size, large part", lambda: lying(changed(word(), {_DOCUMENT: b"<a>" + zeros(60)}), _DOCUMENT, size=1000), "swollen broken_file"),  # noqa: E501
    ("lying size, huge claim", lambda: lying(word(), _DOCUMENT, size=2**31), "swollen"),
    ("5,000 members", lambda: changed(word(), {f"word/x{n}.bin": b"" for n in range(5000)}), "swollen"),
    ("encrypted members", lambda: flagged(word()), "password"),
    ("truncated docx", lambda: word()[:-500], "broken_file"),
    ("truncated at half", lambda: word()[: len(word()) // 2], "broken_file"),
    ("empty archive", lambda: b"PK\x05\x06" + bytes(18), "broken_file"),
    ("plain zip", lambda: _zip({"a.txt": b"x", "b.docx": word()}), "archive"),
    ("PowerPoint", lambda: _zip({"ppt/presentation.xml": b"<p/>"}), "unknown_type"),
    ("archive of archives", lambda: _zip({f"{n}.zip": _zip({"a": zeros(1)}) for n in range(9)}), "archive"),
    ("names that climb", lambda: changed(word(), {"../../etc/passwd.xml": b"<a/>"}), READ),
    ("no document", lambda: changed(word(), {_DOCUMENT: None}), "not_word"),
    ("docx of nothing but folders", lambda: _zip({"word/": b""}), "not_word"),
)  # fmt: skip
_WORDS: tuple[Row, ...] = (
    ("external entity, file", lambda: external("file:///etc/passwd"), "dtd"),
    ("external entity, address", lambda: external("http://127.0.0.1:9/x"), "dtd"),
    ("billion laughs", lambda: laughs(where=_DOCUMENT), "dtd"),
    ("billion laughs in properties", lambda: laughs(where="docProps/custom.xml"), "dtd"),
    ("billion laughs in UTF-16", lambda: laughs(where=_DOCUMENT, declared="UTF-16"), "dtd"),
    ("billion laughs in a sheet", lambda: laughs(where=_SHEET), "dtd"),
    ("macros renamed", lambda: changed(word(), {"word/vbaProject.bin": b"x"}), "macros"),
    ("macros by content type", lambda: changed(word(), {"[Content_Types].xml": _MACRO_TYPES}), "macros"),
    ("xlsm renamed", lambda: changed(book(), {"xl/vbaProject.bin": b"x"}), "macros"),
    ("tables 200 deep", lambda: nested(200), f"{READ} broken_file"),
    ("tables 5,000 deep", lambda: nested(5000), "broken_file"),
    ("controls 3,000 deep", lambda: document("<w:sdt><w:sdtContent>" * 3000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 3000), "broken_file"),  # noqa: E501
    ("runs 200,000", lambda: document(_runs(200_000)), "too_long"),
    ("paragraphs 100,000", lambda: document(_written(_P.format("Họ và tên: {}"), 100_000)), "too_long"),
    ("one word of 10 MB", lambda: document(_P.format(_written("{:x}", 1_300_000))), "too_long broken_file"),
    ("a line of labels, 1 MB", lambda: document(_P.format(_written("Họ và tên: {}; Quê quán: ", 40_000))), "too_long"),
    ("a line of dots, 1 MB", lambda: document(_P.format("Họ và tên: " + "." * 900_000 + "x")), "too_long"),
    ("a line of colons, 1 MB", lambda: document(_P.format(": ; " * 250_000)), "too_long"),
    ("a line of brackets, 1 MB", lambda: document(_P.format("( [ " * 250_000)), "too_long"),
    ("huge column span", lambda: document("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>" * 50), READ),  # noqa: E501
    ("huge gap before a row", lambda: document("<w:tbl><w:tr><w:trPr><w:gridBefore w:val='99999999'/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>"), READ),  # noqa: E501
    ("table of 1,000 by 100", lambda: document(_wide_table(1000, 100)), "too_long"),
    ("not well-formed", lambda: changed(word(), {_DOCUMENT: b"<w:document"}), "broken_file"),
    ("no body", lambda: changed(word(), {_DOCUMENT: b"<a/>"}), "no_content"),
    ("control characters", lambda: document(_P.format("Họ và tên: &#8238;A&#8237;")), READ),
    ("combining marks, 200,000", lambda: document(_P.format("Họ và tên: A" + "\u0301" * 200_000)), "too_long"),
)  # fmt: skip
_BAD_BOOK = f"{READ} broken_file no_content unreadable too_large"
_BOOKS: tuple[Row, ...] = (
    ("cell at XFD1048576", lambda: sheet(_ROW.format(1048576, "XFD")), "too_large"),
    ("row number beyond the last", lambda: sheet(_ROW.format(99999999, "A")), _BAD_BOOK),
    ("merge of everything", lambda: sheet(_ROW.format(1, "A"), more='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'), _BAD_BOOK),  # noqa: E501
    ("20,000 merges", lambda: sheet(_ROW.format(1, "A"), more="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:XFD{n + 1}"/>' for n in range(1, 40000, 2)) + "</mergeCells>"), _BAD_BOOK),  # noqa: E501
    ("60,000 rows", lambda: sheet("".join(_ROW.format(n, "A") for n in range(1, 60_001))), "too_large"),
    ("columns without end", lambda: sheet('<row r="1">' + "".join(f'<c r="{_letters(n)}1"><v>1</v></c>' for n in range(16384)) + "</row>"), "too_large"),  # noqa: E501
    ("formula of itself", lambda: sheet('<row r="1"><c r="A1"><f>A1</f></c></row>'), _BAD_BOOK),
    ("number without end", lambda: sheet('<row r="1"><c r="A1"><v>1e999999999</v></c></row>'), _BAD_BOOK),
    ("sheet that is no sheet", lambda: changed(book(), {_SHEET: b"<html/>"}), _BAD_BOOK),
    ("workbook without sheets", lambda: changed(book(), {_SHEET: None}), _BAD_BOOK),
)  # fmt: skip
_PDFS: tuple[Row, ...] = (
    ("flate bomb 600 MiB", lambda: page_pdf(stream(deflated(b"BT ", 600), b"/Filter /FlateDecode")), f"{READ} too_heavy broken_file"),  # noqa: E501
    ("flate bomb twice packed", lambda: page_pdf(stream(zlib.compress(deflated(b"BT ", 800)), b"/Filter [/FlateDecode /FlateDecode]")), f"{READ} too_heavy broken_file"),  # noqa: E501
    ("flate bomb of drawing", lambda: page_pdf(stream(zlib.compress(b"0 0 m 9 9 l S\n" * 3_000_000), b"/Filter /FlateDecode")), f"{READ} too_heavy broken_file"),  # noqa: E501
    ("picture of 60,000 by 60,000", lambda: image_bomb(60_000), f"{READ} too_heavy broken_file"),
    ("10,000 pages", lambda: many_pages(10_000), "too_many_pages"),
    ("pages in a circle", circling_pages, f"{READ} broken_file too_many_pages"),
    ("giant page", lambda: page_pdf(stream(b""), box=b"0 0 14400000 14400000"), "giant_page"),
    ("page without a size", lambda: page_pdf(stream(b""), box=b"0 0 0 0"), f"{READ} broken_file giant_page"),
    ("page of no numbers", lambda: page_pdf(stream(b""), box=b"nan inf -1 x"), f"{READ} broken_file giant_page"),
    ("password", encrypted_pdf, "password"),
    ("broken cross-references", lambda: page_pdf(stream(b"BT ET"), broken=True), f"{READ} broken_file"),
    ("truncated PDF", lambda: many_pages(30)[:1200], f"{READ} broken_file"),
    ("head of a PDF", lambda: b"%PDF-1.7\n", "broken_file"),
    ("arrays 100,000 deep", lambda: deep_arrays(100_000), f"{READ} broken_file too_heavy"),
    ("form that draws itself", form_loop, f"{READ} broken_file too_heavy"),
    ("20,000 lines", lambda: many_rulings(20_000), f"{READ} too_heavy"),
    ("grid of 1,000 by 1,000", lambda: grid_of_lines(1000), f"{READ} too_heavy"),
)  # fmt: skip
_OTHERS: tuple[Row, ...] = (
    ("empty", lambda: b"", "empty_file"),
    ("one byte", lambda: b"P", "unknown_type"),
    ("61 MB", lambda: b"%PDF-" + zeros(61), "too_large"),
    ("text", "Họ và tên: Lò Thị Mẫu".encode, "unknown_type"),
    ("HTML as .doc", lambda: b"\xef\xbb\xbf<html><body><table>", "html_file"),
    ("XHTML as .xls", lambda: b'<?xml version="1.0"?>\n<!DOCTYPE html><html/>', "html_file"),
    ("program", lambda: b"MZ" + bytes(4000), "unknown_type"),
    ("program of Linux", lambda: b"\x7fELF" + bytes(4000), "unknown_type"),
    ("locked docx", lambda: _ole("EncryptionInfo", "EncryptedPackage"), "password"),
    ("old file of another kind", lambda: _ole("PowerPoint Document"), "unknown_type"),
    ("zeros", lambda: zeros(1), "unknown_type"),
    ("picture without pixels", lambda: b"\x89PNG\r\n\x1a\n", READ),
    ("JPEG cut short", lambda: b"\xff\xd8\xff\xe0", READ),
)  # fmt: skip
_MACRO_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    b'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _letters(number: int) -> str:
    return openpyxl.utils.get_column_letter(number + 1)
