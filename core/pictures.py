"""What a PNG or JPEG file says of itself: its type, its pixels, its dots per inch. Pure; no pixel is decoded.

Sizes follow from it as python-docx takes them, so a picture of ours is as large as one of docxtpl.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import Unreadable

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000  # a phone of today makes 12 to 50 million
PNG, JPEG = "image/png", "image/jpeg"

_DPI = 72  # where a file does not say
_CM_PER_INCH = 2.54
_PNG_SIGN = b"\x89PNG\r\n\x1a\n"
_JPEG_SIGN = b"\xff\xd8\xff"
_DATA_URI = re.compile(r"data:[\w./+-]+;base64,")
#: Other files that people take for pictures, by their first bytes.
_OTHERS = (
    (re.compile(rb"GIF8"), "GIF"),
    (re.compile(rb"BM"), "BMP"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "TIFF"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "WebP"),
    (re.compile(rb"....ftyp(?:hei|mif|msf|avif)", re.DOTALL), "HEIC"),
    (re.compile(rb"%PDF"), "PDF"),
    (re.compile(rb"\s*<(?:\?xml|svg)", re.IGNORECASE), "SVG"),
    (re.compile(rb"\xd7\xcd\xc6\x9a|\x01\x00\x00\x00.{36} EMF", re.DOTALL), "WMF/EMF"),
)


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """Media type (``image/png``, ``image/jpeg``), width and height in pixels, whole dots per inch."""

    media_type: str
    width: int
    height: int
    dpi_x: int = _DPI
    dpi_y: int = _DPI


def read_header(data: bytes) -> PictureHeader:
    """The header of a PNG or JPEG. Raises ``Unreadable`` for another type, a damaged or a huge one."""
    if len(data) > MAX_BYTES:
        size = len(data) / 1048576
        raise Unreadable(f"hình quá lớn ({size:.1f} MB, tối đa {MAX_BYTES // 1048576} MB)")
    if data.startswith(_PNG_SIGN):
        header = _png(data)
    elif data.startswith(_JPEG_SIGN):
        header = _jpeg(data)
    else:
        known = next((name for pattern, name in _OTHERS if pattern.match(data)), "")
        found = f"tệp này là {known}" if known else "tệp này không phải hình"
        raise Unreadable(f"hình phải là PNG hoặc JPEG, {found}" if data else "hình trống (0 byte)")
    if header.width * header.height > MAX_PIXELS:
        raise Unreadable(
            f"hình quá lớn ({header.width} × {header.height} điểm ảnh, tối đa {MAX_PIXELS // 1_000_000} triệu); "
            "thu nhỏ hình"
        )
    if not header.width or not header.height:
        raise _damaged("không có kích thước")
    return header


def from_base64(text: str) -> bytes:
    """The bytes of a picture written as base64, with or without ``data:image/png;base64,`` before it.

    Raises ``Unreadable`` if it is no base64 or no picture that ``read_header`` takes.
    """
    try:
        data = base64.b64decode("".join(_DATA_URI.sub("", text, count=1).split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("hình phải ghi bằng base64 (nội dung tệp PNG hoặc JPEG)") from error
    read_header(data)
    return data


def _damaged(what: str) -> Unreadable:
    return Unreadable(f"hình bị hỏng ({what}); mở bằng phần mềm xem hình, lưu lại rồi thử lại")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG up to its end, each with its checksum checked."""
    position = len(_PNG_SIGN)
    while True:
        head = data[position : position + 8]
        if len(head) < 8:
            raise _damaged("tệp PNG bị cụt")
        length, name = struct.unpack(">I4s", head)
        body = memoryview(data)[position + 8 : position + 8 + length]
        check = data[position + 8 + length : position + 12 + length]
        if len(body) < length or len(check) < 4:
            raise _damaged("tệp PNG bị cụt")
        if zlib.crc32(body, zlib.crc32(name)) != int.from_bytes(check, "big"):
            raise _damaged("tệp PNG sai tổng kiểm tra")
        yield name, bytes(body[:16])
        if name == b"IEND":
            return
        position += length + 12


def _png(data: bytes) -> PictureHeader:
    found: dict[bytes, bytes] = {}
    for name, body in _chunks(data):
        if not found and name != b"IHDR":
            raise _damaged("tệp PNG thiếu phần đầu")
        found.setdefault(name, body)
    if len(found.get(b"IHDR", b"")) < 13 or b"IDAT" not in found:
        raise _damaged("tệp PNG không có điểm ảnh")
    width, height = struct.unpack(">II", found[b"IHDR"][:8])
    across, down, unit = struct.unpack(">IIB", found.get(b"pHYs", bytes(9))[:9].ljust(9, b"\0"))
    dpi = [
        round(dots * 0.0254) if unit == 1 and dots else _DPI for dots in (across, down)
    ]  # per metre
    return PictureHeader(PNG, width, height, max(1, dpi[0]), max(1, dpi[1]))


_NO_SIZE = frozenset({0xC4, 0xC8, 0xCC})  # tables among the frame markers
_START_OF_SCAN, _END_OF_IMAGE, _APP0, _APP1 = 0xDA, b"\xff\xd9", 0xE0, 0xE1


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Marker, content and end of each segment of a JPEG up to its pixels."""
    position = 2
    while True:
        while data[position : position + 2] == b"\xff\xff":
            position += 1
        mark = data[position : position + 4]
        if len(mark) < 4 or mark[0] != 0xFF:
            raise _damaged("tệp JPEG bị cụt")
        length = int.from_bytes(mark[2:], "big")
        end = position + 2 + length
        if length < 2 or end > len(data):
            raise _damaged("tệp JPEG bị cụt")
        yield mark[1], data[position + 4 : end], end
        if mark[1] == _START_OF_SCAN:
            return
        position = end


def _jpeg(data: bytes) -> PictureHeader:
    size: tuple[int, int] | None = None
    dpi: tuple[int, int] | None = None
    scan = 0
    for marker, body, end in _segments(data):
        scan = end
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE and size is None and len(body) >= 5:
            size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
        elif marker == _APP0 and dpi is None and body.startswith(b"JFIF\0"):
            dpi = _jfif_dpi(body)
        elif marker == _APP1 and dpi is None and body.startswith(b"Exif\0\0"):
            dpi = _exif_dpi(body[6:])
    if size is None:
        raise _damaged("tệp JPEG không có kích thước")
    if data.find(_END_OF_IMAGE, scan) < 0:
        raise _damaged("tệp JPEG bị cụt")
    across, down = dpi or (_DPI, _DPI)
    return PictureHeader(JPEG, *size, max(1, across), max(1, down))


def _jfif_dpi(body: bytes) -> tuple[int, int]:
    if len(body) < 12 or body[7] not in (1, 2):
        return _DPI, _DPI
    per_inch = _CM_PER_INCH if body[7] == 2 else 1
    across, down = struct.unpack(">HH", body[8:12])
    return round(across * per_inch) or _DPI, round(down * per_inch) or _DPI


_X, _Y, _UNIT = 0x011A, 0x011B, 0x0128  # resolutions and their unit in the directory of a TIFF
_CENTIMETRE = 3


def _exif_dpi(tiff: bytes) -> tuple[int, int]:
    """Dots per inch of the first directory of the TIFF inside an Exif; what cannot be read is not there."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    found: dict[int, float] = {}
    try:
        if order is None:
            return _DPI, _DPI
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, start)
        for index in range(min(count, 200)):
            at = start + 2 + 12 * index
            tag, kind = struct.unpack_from(order + "HH", tiff, at)
            if tag in (_X, _Y) and kind == 5:
                (where,) = struct.unpack_from(order + "I", tiff, at + 8)
                above, below = struct.unpack_from(order + "II", tiff, where)
                found[tag] = above / below if below else 0
            elif tag == _UNIT:
                found[tag] = struct.unpack_from(order + "H", tiff, at + 8)[0]
    except struct.error:
        return _DPI, _DPI
    unit = found.get(_UNIT, 2)
    if unit not in (2, _CENTIMETRE):
        return _DPI, _DPI
    per_inch = _CM_PER_INCH if unit == _CENTIMETRE else 1
    return round(found.get(_X, 0) * per_inch) or _DPI, round(found.get(_Y, 0) * per_inch) or _DPI
