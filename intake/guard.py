"""What a returned file really is, and whether a parser may touch it: the cheap checks, before anything is opened. Pure.

Order as measured: size, first bytes, directory of the archive with its sums, macros, document type declarations. What
these cannot see (a bomb inside a PDF stream) the limits of the child catch that does the parsing.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

from core.errors import UserError

MAX_FILE = 60 * 2**20  # bytes as received
MAX_ENTRY = 40 * 2**20  # bytes of one unpacked member
MAX_TOTAL = 150 * 2**20  # bytes of all members unpacked
MAX_RATIO = 200  # unpacked to packed, for members over 1 MiB
MAX_MEMBERS = 2000
_RATIO_FROM = 2**20
_HEAD = 4096
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CHUNK = 2**16


class FileType(StrEnum):
    """What a file is by its content."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    IMAGE = "image"
    DOC = "doc"
    XLS = "xls"
    ODT = "odt"
    ODS = "ods"
    RTF = "rtf"


class Refused(UserError):
    """A file that is not read: code, what is wrong and what to send instead."""

    code = "refused"


_MAGIC = (
    (b"%PDF-", FileType.PDF),
    (b"\x89PNG\r\n\x1a\n", FileType.IMAGE),
    (b"\xff\xd8\xff", FileType.IMAGE),
    (b"II*\x00", FileType.IMAGE),
    (b"MM\x00*", FileType.IMAGE),
    (b"{\\rtf", FileType.RTF),
)
_HEIC = re.compile(rb"^.{4}ftyp(?:heic|heix|mif1|msf1|hevc)", re.DOTALL)
_WEB = re.compile(
    rb"^\s*(?:<!doctype html|<html|<head|<\?xml[^>]*\?>\s*<(?:!doctype )?html)", re.IGNORECASE
)
_SEND = "Hãy gửi lại tệp Word (.docx), Excel (.xlsx), PDF hoặc ảnh chụp."


def check_file(data: bytes) -> FileType:
    """The type of a file that may be parsed. Raises Refused with the reason in Vietnamese."""
    if not data:
        raise Refused("Tệp trống (0 byte). Hãy gửi lại tệp.", code="empty_file")
    if len(data) > MAX_FILE:
        raise Refused(
            f"Tệp lớn quá {MAX_FILE // 2**20} MB. Hãy tách nhỏ hoặc giảm độ phân giải ảnh rồi gửi lại.",
            code="too_large",
        )
    kind = _sniff(data)
    if kind in {FileType.DOCX, FileType.XLSX, FileType.ODT, FileType.ODS}:
        _check_archive(data)
    return kind


def _sniff(data: bytes) -> FileType:
    head = data[:_HEAD]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if _HEIC.match(head):
        return FileType.IMAGE
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if head.startswith(_OLE):
        return _sniff_ole(data)
    if b"%PDF-" in head[:1024]:
        return FileType.PDF
    if _WEB.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Refused(f"Tệp là trang web (HTML) được đổi đuôi. {_SEND}", code="html_file")
    if head.startswith(b"PK"):
        raise Refused("Tệp nén trống hoặc bị hỏng. Hãy gửi lại tệp.", code="broken_file")
    raise Refused(f"Không nhận ra loại tệp. {_SEND}", code="unknown_type")


def _names(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise Refused(
            "Tệp bị hỏng hoặc bị cắt cụt khi gửi, không mở được. Hãy gửi lại tệp.",
            code="broken_file",
        ) from error


def _sniff_zip(data: bytes) -> FileType:
    members = _names(data)
    names = {member.filename for member in members}
    if any(name.startswith("word/") for name in names):
        return FileType.DOCX
    if any(name.startswith("xl/") for name in names):
        return FileType.XLSX
    if "mimetype" in names:
        mimetype = _read_member(data, "mimetype", limit=200)
        if b"opendocument.text" in mimetype:
            return FileType.ODT
        if b"opendocument.spreadsheet" in mimetype:
            return FileType.ODS
    if any(name.startswith("ppt/") for name in names):
        raise Refused(f"Tệp là bản trình chiếu PowerPoint. {_SEND}", code="unknown_type")
    raise Refused("Tệp là tệp nén (.zip). Hãy giải nén rồi gửi từng tệp bên trong.", code="archive")


def _sniff_ole(data: bytes) -> FileType:
    """Word and Excel before 2007, or a new file locked with a password, by the names of its streams."""
    if _stream("EncryptedPackage") in data or _stream("EncryptionInfo") in data:
        raise Refused("Tệp đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.", code="password")
    if _stream("WordDocument") in data:
        return FileType.DOC
    if _stream("Workbook") in data or _stream("Book") in data:
        return FileType.XLS
    raise Refused(f"Không nhận ra loại tệp Office cũ. {_SEND}", code="unknown_type")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\x00\x00"


def _check_archive(data: bytes) -> None:
    members = _names(data)
    if len(members) > MAX_MEMBERS:
        raise _swollen()
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused("Tệp đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.", code="password")
    if sum(member.file_size for member in members) > MAX_TOTAL:
        raise _swollen()
    for member in members:
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > MAX_ENTRY or (member.file_size > _RATIO_FROM and ratio > MAX_RATIO):
            raise _swollen()
        if member.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")):
            raise _macros()
    _check_parts(data, members)


def _check_parts(data: bytes, members: list[zipfile.ZipInfo]) -> None:
    """Read each XML part with a counted limit: sizes in the directory may lie, a DTD may hide anywhere."""
    total = 0
    for member in members:
        name = member.filename.lower()
        if not name.endswith((".xml", ".rels")):
            continue
        part = _read_member(data, member.filename, limit=MAX_ENTRY)
        total += len(part)
        if len(part) >= MAX_ENTRY or total > MAX_TOTAL:
            raise _swollen()
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part or _is_wide_dtd(part):
            raise Refused(
                "Tệp có khai báo XML không được phép, có thể độc hại. Hãy mở bằng Word hoặc Excel, lưu lại rồi gửi.",
                code="dtd",
            )
        if name == "[content_types].xml" and b"macroenabled" in part.lower():
            raise _macros()


def _is_wide_dtd(part: bytes) -> bool:
    """A declaration in UTF-16."""
    return any("<!DOCTYPE".encode(encoding) in part for encoding in ("utf-16-le", "utf-16-be"))


def _read_member(data: bytes, name: str, *, limit: int) -> bytes:
    """At most ``limit`` bytes of a member. Raises Refused when it cannot be unpacked."""
    out = bytearray()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as handle:
            while len(out) < limit and (chunk := handle.read(min(_CHUNK, limit - len(out)))):
                out += chunk
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise Refused(
            "Tệp bị hỏng hoặc bị cắt cụt khi gửi, không đọc được. Hãy gửi lại tệp.",
            code="broken_file",
        ) from error
    return bytes(out)


def _swollen() -> Refused:
    return Refused(
        "Tệp phình quá lớn khi mở ra, có thể là tệp độc hại hoặc chứa ảnh quá nặng. Hãy lưu lại gọn hơn rồi gửi.",
        code="swollen",
    )


def _macros() -> Refused:
    return Refused(
        "Tệp có chứa macro nên không được nhận. Hãy lưu lại dạng .docx hoặc .xlsx thường rồi gửi.",
        code="macros",
    )
