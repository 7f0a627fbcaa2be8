"""The .docx package: read with guards, told apart by content type. Pure."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from docgen.engine.errors import Place, TemplateError, UnsafeTemplate

CONTENT_TYPES = "[Content_Types].xml"
MAX_FILE = 30 * 1024 * 1024  # bytes of the .docx
MAX_UNPACKED = 200 * 1024 * 1024  # bytes of all members together
MAX_MEMBERS = 2000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # Word 97-2003, or a .docx locked by a password
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KINDS = {
    _WML + "document.main+xml": "document",
    _WML + "template.main+xml": "document",
    _WML + "header+xml": "header",
    _WML + "footer+xml": "footer",
    _WML + "footnotes+xml": "footnotes",
    _WML + "endnotes+xml": "endnotes",
    "application/vnd.openxmlformats-package.core-properties+xml": "core",
}


@dataclass(frozen=True, slots=True)
class Package:
    """Members of a .docx in file order (content types first), and the kind of those that hold text.

    ``kinds`` maps a member name to document, header, footer, footnotes, endnotes or core.
    """

    members: tuple[tuple[str, bytes], ...]
    kinds: Mapping[str, str]


def parse_xml(data: bytes, part: str) -> etree._Element:
    """XML parsed strictly: no DTD, no entities, no network.

    Raises ``TemplateError`` (broken XML) or ``UnsafeTemplate`` (a DTD), both naming the part.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError(
            "XML trong tệp Word bị hỏng; mở bằng Word, lưu lại rồi thử lại",
            Place(part),
            detail=str(error),
        ) from error
    if _has_doctype(data):
        raise UnsafeTemplate("Tệp Word chứa khai báo DTD, không được phép", Place(part))
    return root


def read_package(docx: bytes) -> Package:
    """The members of a .docx, checked.

    Raises ``TemplateError`` if it is no readable .docx and ``UnsafeTemplate`` if it holds macros, a DTD or
    links that fetch from elsewhere.
    """
    members = _members(docx)
    if CONTENT_TYPES not in members:
        raise TemplateError("Tệp không phải .docx (thiếu [Content_Types].xml)")
    for name, data in members.items():
        if name.lower().endswith((".xml", ".rels")) and _has_doctype(data):
            raise UnsafeTemplate("Tệp Word chứa khai báo DTD, không được phép", Place(name))
    types = parse_xml(members[CONTENT_TYPES], CONTENT_TYPES)
    kinds: dict[str, str] = {}
    for override in types.iter(_CT + "Override"):
        content_type = override.get("ContentType", "")
        if "macroEnabled" in content_type or "vbaProject" in content_type:
            raise UnsafeTemplate("Tệp Word chứa macro; hãy lưu thành .docx không macro")
        name = override.get("PartName", "").lstrip("/")
        if name in members and content_type in _KINDS:
            kinds[name] = _KINDS[content_type]
    if list(kinds.values()).count("document") != 1:
        raise TemplateError("Tệp không phải văn bản Word .docx (không tìm thấy thân văn bản)")
    for name, data in members.items():
        if name.endswith(".rels"):
            _check_links(name, data)
    first = [(CONTENT_TYPES, members.pop(CONTENT_TYPES))]
    return Package(members=tuple(first + list(members.items())), kinds=kinds)


def _has_doctype(data: bytes) -> bool:
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    return re.search(rb"<!DOCTYPE", head, re.IGNORECASE) is not None


def _check_links(name: str, data: bytes) -> None:
    for link in parse_xml(data, name).iter(_REL + "Relationship"):
        if link.get("TargetMode") != "External":
            continue
        kind = link.get("Type", "").rsplit("/", 1)[-1]
        target = link.get("Target", "")
        remote = re.match(r"(?i)(https?|ftp):|\\\\|//|file:/*\\\\", target) is not None
        if kind == "hyperlink" or (kind == "attachedTemplate" and not remote):
            continue
        raise UnsafeTemplate(
            f"Tệp Word lấy nội dung từ bên ngoài ({kind}); hãy chèn thẳng vào tệp", Place(name)
        )


def _members(docx: bytes) -> dict[str, bytes]:
    if len(docx) > MAX_FILE:
        raise TemplateError(
            f"Tệp quá lớn ({len(docx) // 1048576} MB, tối đa {MAX_FILE // 1048576} MB)"
        )
    if docx.startswith(_OLE):
        raise TemplateError(
            "Tệp là .doc kiểu cũ hoặc có mật khẩu; lưu lại thành .docx không mật khẩu"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            total = sum(info.file_size for info in infos)
            if len(infos) > MAX_MEMBERS or total > MAX_UNPACKED:
                raise TemplateError("Tệp .docx bung ra quá lớn, không mở")
            members = {info.filename.replace("\\", "/"): archive.read(info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        message = "Tệp không phải .docx hoặc bị hỏng (không mở được gói zip)"
        raise TemplateError(message, detail=str(error)) from error
    if len(members) != len(infos):
        raise TemplateError("Tệp .docx hỏng: có hai thành phần trùng tên")
    return members
