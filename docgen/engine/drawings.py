"""Pictures of one document while it is filled, and what its package must hold for them. Pure.

A picture is a member named after its own bytes, so the same one is there once, however often it is printed. Each
part has relations of its own to it; ids of drawings count through the whole document.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import threading
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree
from markupsafe import escape

from docgen.engine.errors import TemplateError
from docgen.engine.package import CONTENT_TYPES, MAX_UNPACKED, parse_xml
from docgen.engine.packing import Archive, Entry, entry
from docgen.engine.pictures import Image, SubDocument

#: Drawing ids of pictures printed start here, or after the highest of the template: far from those that
#: ``layout.mend`` gives to copied drawings.
FIRST_ID = 1_000_001
_LAST_ID = 2_000_000_000  # Word reads them as signed 32 bits
MAX_PICTURES = 20_000  # of one document; a zip holds 65,535 members
_DOCPR_ID = re.compile(rb"<[\w.-]+:docPr\b[^>]*?\sid=[\"'](\d{1,10})[\"']")
_MEDIA = "word/media/"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_NO_MARGIN = (
    'distT="0" distB="0" distL="0" distR="0"'  # left out, LibreOffice puts 3 mm at the sides
)
_HOLE = "docgen-hole"
_NONE: Mapping[SubDocument, str] = {}


class Drawings:
    """The pictures of one document. Not shared: one rendering has its own."""

    def __init__(self, first_id: int) -> None:
        self._next = first_id
        #: Of each part: relation id and picture.
        self.relations: dict[str, dict[str, Image]] = {}
        self.images: dict[str, Image] = {}
        self._bytes = 0

    def relate(self, part: str, image: Image, prefix: str = "") -> str:
        """The id of the part's relation to a picture. Raises ``TemplateError`` past the limits."""
        key = f"{prefix or 'rIdHinh'}-{image.sha256[:16]}"
        known = self.relations.setdefault(part, {})
        if key not in known:
            known[key] = image
            self._keep(image)
        return key

    def _keep(self, image: Image) -> None:
        if image.sha256 in self.images:
            return
        self.images[image.sha256] = image
        self._bytes += len(image.data)
        if self._bytes > MAX_UNPACKED or len(self.images) > MAX_PICTURES:
            limit = f"{MAX_UNPACKED // 1048576} MB, {MAX_PICTURES} hình"
            raise TemplateError(f"Văn bản chứa quá nhiều hình (tối đa {limit})")

    def xml(self, part: str, image: Image, alt: str) -> str:
        """The drawing of a picture in the line of text, as python-docx makes it but without margins."""
        relation, number = self.relate(part, image), self._next
        self._next += 1
        said = f' descr="{escape(alt)}"' if alt else ""
        size = f'cx="{image.width}" cy="{image.height}"'
        return (
            f'<w:drawing><wp:inline xmlns:wp="{_WP}" {_NO_MARGIN}><wp:extent {size}/>'
            f'<wp:docPr id="{number}" name="Picture {number}"{said}/><wp:cNvGraphicFramePr>'
            f'<a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr>'
            f'<pic:cNvPr id="0" name="image.{image.extension}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip xmlns:r="{_REL}" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )


@dataclass(frozen=True, slots=True)
class _Opened:
    """A list of the package (content types, relations), to be added to at its end."""

    head: bytes
    tail: bytes
    root: etree._Element = field(repr=False)

    def with_more(self, lines: str) -> bytes:
        return b"".join((self.head, lines.encode(), self.tail))


def _opened(data: bytes, name: str) -> _Opened:
    root = parse_xml(data, name)
    root.append(etree.Comment(_HOLE))
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    head, tail = xml.rsplit(f"<!--{_HOLE}-->".encode(), 1)
    root.remove(root[-1])
    return _Opened(head, tail, root)


def relations_of(part: str) -> str:
    """The name of the member that holds the relations of a part."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


@dataclass(frozen=True, slots=True)
class _Album:
    """What is known of a template once a picture is to be put into its package."""

    archive: Archive
    first_id: int
    types: _Opened
    relations: Mapping[str, _Opened]
    media: Mapping[str, str]  # SHA-256 of the template's own pictures -> member

    def member(self, image: Image) -> str:
        return self.media.get(image.sha256, f"{_MEDIA}{image.sha256[:32]}.{image.extension}")


class Media:
    """The picture side of one template, worked out when its first picture comes. Threads may share it."""

    def __init__(self, archive: Archive, parts: tuple[str, ...]) -> None:
        self._archive = archive
        self._parts = parts
        self._album: _Album | None = None
        self._lock = threading.Lock()

    def _opened(self) -> _Album:
        with self._lock:
            if self._album is None:
                self._album = _album(self._archive, self._parts)
            return self._album

    def drawings(self) -> Drawings:
        """A beginning for one document."""
        return Drawings(self._opened().first_id)

    def write(self, drawings: Drawings, changed: Mapping[str, bytes]) -> bytes:
        """The .docx with its changed members and its pictures."""
        album = self._opened()
        filled, added = dict(changed), dict[str, Entry]()
        for image in drawings.images.values():
            if image.sha256 not in album.media:
                stored = (zipfile.ZIP_STORED, image.data, image.crc32, len(image.data))
                added[album.member(image)] = stored  # packed already, by its own format
        types = _type_lines(album, drawings.images)
        if types:
            filled[CONTENT_TYPES] = album.types.with_more(types)
        for part, relations in drawings.relations.items():
            name = relations_of(part)
            opened = album.relations.get(name)
            lines = _relation_lines(album, part, relations, opened)
            if opened is not None:
                filled[name] = opened.with_more(lines)
            else:
                bare = f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'
                declared = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                added[name] = entry(declared + bare.encode(), album.archive.packing)
        return album.archive.write(filled, added)


def _relation_lines(
    album: _Album, part: str, relations: Mapping[str, Image], opened: _Opened | None
) -> str:
    """A document of ours may be a template again: then some relations are there already."""
    here = set() if opened is None else {node.get("Id") for node in opened.root}
    folder = f"/{posixpath.dirname(part)}"
    targets = {
        key: posixpath.relpath(f"/{album.member(image)}", folder)
        for key, image in relations.items()
        if key not in here
    }
    return "".join(
        f'<Relationship xmlns="{_RELATIONS}" Id="{key}" Type="{_REL}/image" Target="{escape(target)}"/>'
        for key, target in targets.items()
    )


def _type_lines(album: _Album, images: Mapping[str, Image]) -> str:
    """A default for each new extension; where the template gives the extension another type, one for each member."""
    defaults = {
        node.get("Extension", "").lower(): node.get("ContentType", "")
        for node in album.types.root.iter(f"{{{_TYPES}}}Default")
    }
    lines: dict[str, None] = {}
    for image in images.values():
        if image.sha256 in album.media or defaults.get(image.extension) == image.media_type:
            continue
        kind = f'ContentType="{image.media_type}"'
        if image.extension in defaults:
            line = f'<Override xmlns="{_TYPES}" PartName="/{album.member(image)}" {kind}/>'
        else:
            line = f'<Default xmlns="{_TYPES}" Extension="{image.extension}" {kind}/>'
        lines[line] = None
    return "".join(lines)


def _album(archive: Archive, parts: tuple[str, ...]) -> _Album:
    docx = archive.write({})
    with zipfile.ZipFile(io.BytesIO(docx)) as members:
        names = members.namelist()
        lists = [name for name in map(relations_of, parts) if name in names]
        media = {
            hashlib.sha256(members.read(name)).hexdigest(): name
            for name in names
            if name.startswith(_MEDIA)
        }
        found = [int(number) for part in parts for number in _DOCPR_ID.findall(members.read(part))]
        highest = max((number for number in found if number < _LAST_ID), default=0)
        return _Album(
            archive=archive.with_holes((CONTENT_TYPES, *lists)),
            first_id=max(FIRST_ID, highest + 1),
            types=_opened(members.read(CONTENT_TYPES), CONTENT_TYPES),
            relations={name: _opened(members.read(name), name) for name in lists},
            media=media,
        )


class Sheet:
    """Where a rendering puts its pictures: told the part it is in, it begins when the first one comes.

    ``main`` is the name of the body's part, ``bodies`` the XML of the sub-documents that were joined to the template.
    """

    __slots__ = ("_begin", "bodies", "drawings", "main", "part")

    def __init__(
        self,
        begin: Callable[[], Drawings],
        *,
        main: str = "",
        bodies: Mapping[SubDocument, str] = _NONE,
    ) -> None:
        self._begin = begin
        self.main = main
        self.bodies = bodies
        self.part = ""
        self.drawings: Drawings | None = None

    def drawn(self) -> Drawings:
        """The pictures so far."""
        if self.drawings is None:
            self.drawings = self._begin()
        return self.drawings
