"""The parts of a Word file that the rules read, taken out with guards.

A file that is no Word file, is locked, broken or swollen is refused with a plain reason before anything
is parsed, so that time and memory stay bounded.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from core.errors import Unreadable

MAX_FILE = 30 * 1024 * 1024  # bytes of the .docx
MAX_PART = 10 * 1024 * 1024  # bytes of one unpacked XML part: some 2,000 pages of text
MAX_MEMBERS = 2000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OFFICE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TYPES = "[Content_Types].xml"
_READ = ("styles", "numbering", "settings", "theme", "header", "footer")


@dataclass(frozen=True, slots=True)
class Opened:
    """The document part and what it refers to.

    ``parts``: member name to XML; ``links``: relationship id to member name; ``named``: ``styles`` and the
    like to member name; ``members``: names of all members; ``wiring``: relations of the document part and
    content types, by member name.
    """

    main: str
    parts: Mapping[str, etree._Element]
    links: Mapping[str, str]
    named: Mapping[str, str]
    members: frozenset[str]
    wiring: Mapping[str, etree._Element]

    @property
    def document(self) -> etree._Element:
        """The root of the document part."""
        return self.parts[self.main]

    def member(self, name: str) -> tuple[str, etree._Element] | None:
        """Name and root of relations or content types."""
        return (name, self.wiring[name]) if name in self.wiring else None

    def part(self, kind: str) -> etree._Element | None:
        """The root of ``styles``, ``numbering``, ``settings`` or ``theme``, if the file has it."""
        return self.parts.get(self.named.get(kind, ""))


def open_docx(data: bytes) -> Opened:
    """Take the parts out. Raises Unreadable with a reason that a clerk can act on."""
    _refuse(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
        raise Unreadable(
            "Tệp không phải .docx hoặc bị hỏng (không mở được gói zip). Mở bằng Word, lưu lại thành .docx."
        ) from fault
    except RuntimeError as fault:  # zipfile's word for an encrypted member
        raise Unreadable(
            "Tệp .docx bị khóa bằng mật khẩu zip; gỡ mật khẩu rồi kiểm tra lại."
        ) from fault


def _refuse(data: bytes) -> None:
    if not data:
        raise Unreadable("Tệp rỗng (0 byte).")
    if len(data) > MAX_FILE:
        size, most = len(data) // 1048576, MAX_FILE // 1048576
        raise Unreadable(
            f"Tệp quá lớn ({size} MB, tối đa {most} MB). Nén ảnh trong tệp rồi lưu lại."
        )
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable("Tệp đặt mật khẩu mở; gỡ mật khẩu trong Word rồi kiểm tra lại.")
        raise Unreadable("Tệp là .doc kiểu cũ (Word 97-2003); mở bằng Word và lưu thành .docx.")
    if data.startswith(b"%PDF"):
        raise Unreadable("Tệp là PDF, không phải Word; hãy kiểm tra tệp .docx gốc.")
    if not data.startswith(b"PK"):
        raise Unreadable("Tệp không phải là tệp Word .docx.")


def _read(archive: zipfile.ZipFile) -> Opened:
    infos = {info.filename.lstrip("/"): info for info in archive.infolist()}
    if len(infos) > MAX_MEMBERS:
        raise Unreadable(f"Tệp .docx có quá nhiều thành phần ({len(infos)}), không mở.")
    main = _main_part(archive, infos)
    folder, name = posixpath.split(main)
    links: dict[str, str] = {}
    named: dict[str, str] = {}
    parts = {main: _parse(archive, infos, main)}
    if parts[main].tag.startswith("{http://purl.oclc.org"):
        raise Unreadable(
            "Tệp lưu dạng “Strict Open XML”; trong Word chọn lưu dạng “Word Document (.docx)” thường."
        )
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    wiring = {one: _parse(archive, infos, one) for one in (relations, _TYPES) if one in infos}
    if relations in wiring:
        for link in wiring[relations].iter(_OFFICE):
            kind = link.get("Type", "").rpartition("/")[2]
            target = _target(folder, link.get("Target", ""))
            if link.get("TargetMode") == "External" or kind not in _READ or target not in infos:
                continue
            links[link.get("Id", "")] = target
            named.setdefault(kind, target)
            if target not in parts:
                parts[target] = _parse(archive, infos, target)
    return Opened(
        main=main, parts=parts, links=links, named=named, members=frozenset(infos), wiring=wiring
    )


def _target(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


def _main_part(archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo]) -> str:
    if "_rels/.rels" in infos:
        for link in _parse(archive, infos, "_rels/.rels").iter(_OFFICE):
            target = _target("", link.get("Target", ""))
            named = link.get("Type", "").endswith("/officeDocument") and target in infos
            if named and not target.startswith(("xl/", "ppt/")):
                return target
    raise Unreadable("Tệp không phải văn bản Word .docx (không tìm thấy thân văn bản).")


def _parse(
    archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo], name: str
) -> etree._Element:
    with archive.open(infos[name]) as member:
        data = member.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise Unreadable(
            f"Phần {name} của tệp bung ra quá lớn (trên {MAX_PART // 1048576} MB), không kiểm tra."
        )
    if re.search(rb"<!DOCTYPE", data[:4096], re.IGNORECASE):
        raise Unreadable("Tệp Word chứa khai báo DTD, không được phép.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise Unreadable(
            f"XML trong tệp Word bị hỏng ({name}). Mở bằng Word, lưu lại rồi kiểm tra lại."
        ) from fault
