"""Parts of a Word file exchanged in a copy; all others keep their bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name as relations write it: some programs pack with backslashes or a leading slash."""
    return info.filename.replace("\\", "/").lstrip("/")


def read_members(docx: bytes) -> dict[str, bytes]:
    """Every member. The file must have been opened before: nothing is guarded here."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {member_name(info): archive.read(info) for info in archive.infolist()}


def exchanged(docx: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The package with some members exchanged and new ones added at the end."""
    out = io.BytesIO()
    left = dict(changed)
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            data = left.pop(member_name(info), None)
            target.writestr(info, source.read(info) if data is None else data)
        for name, data in left.items():
            fresh = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            fresh.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fresh, data)
    return out.getvalue()


def from_xml(data: bytes) -> etree._Element:
    """A part of a file that was opened before: no entities, no network."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def to_xml(root: etree._Element) -> bytes:
    """A part as Word writes it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
