"""Pictures, QR codes and sub-documents as values of a template: plain, immutable, nothing but data. Pure.

``{{ anh }}`` prints a picture in its run, ``{{p phu_luc }}`` a sub-document in place of its paragraph.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import zlib
from dataclasses import dataclass, field
from functools import lru_cache

from core.errors import Unreadable
from core.pictures import JPEG, PNG, read_header

EMU_PER_MM, EMU_PER_INCH = 36_000, 914_400
MAX_MM = 558.8  # 22 inches: the largest page of Word
_MODULE_PIXELS = 8  # a code of 20 mm is printed at about 400 dots per inch
_QUIET = 4  # modules left white around a code (ISO/IEC 18004)
_REMEMBERED = 256  # codes: a few hundred bytes each
_EXTENSIONS = {PNG: "png", JPEG: "jpg"}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture ready to be placed: its file, and its size in EMU (914,400 to the inch)."""

    data: bytes = field(repr=False)
    sha256: str
    crc32: int
    media_type: str
    extension: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a template: the bytes of a PNG or JPEG file, and how large it is printed.

    Without ``width_mm`` and ``height_mm`` it has the size its own file tells (pixels and dots per inch); with one of
    them it keeps its proportions. ``alt`` is the description read out to those who cannot see it.
    Nothing is checked before it is printed: then a file that is damaged, huge or of another type is an error with the
    place of the tag.
    """

    data: bytes = field(repr=False)
    width_mm: float | None = None
    height_mm: float | None = None
    alt: str = ""
    _image: list[Image] = field(init=False, repr=False, compare=False, default_factory=list)

    def image(self) -> Image:
        """The picture made ready, once for each object. Raises ``Unreadable``."""
        if not self._image:
            self._image.append(_image(self.data, self.width_mm, self.height_mm))
        return self._image[0]


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of a text (UTF-8), printed as a square of ``size_mm`` with its white margin.

    Error correction M or better, as the size allows. ``alt`` as in ``Picture``.
    """

    text: str
    size_mm: float = 25
    alt: str = ""

    def image(self) -> Image:
        """The code drawn; the same text gives the same file. Raises ``Unreadable``."""
        return _image(_drawn(self.text), self.size_mm, self.size_mm)


@dataclass(frozen=True, slots=True)
class SubDocument:
    """A whole .docx whose body takes the place of the paragraph ``{{p ten }}``, with its styles and pictures.

    Its own headers, footers and page set-up are left out; braces in it stay as they are.
    """

    docx: bytes = field(repr=False)


DRAWN = (Picture, QrCode)
VALUE_TYPES: tuple[type, ...] = (*DRAWN, SubDocument)
#: What to call a value of these in a message.
VALUE_NAMES = {Picture: "hình", QrCode: "mã QR", SubDocument: "văn bản con"}


def _image(data: object, width_mm: float | None, height_mm: float | None) -> Image:
    if not isinstance(data, bytes):
        raise Unreadable(f"nội dung hình phải là bytes, không phải {type(data).__name__}")
    header = read_header(data)
    natural = (
        int(header.width / header.dpi_x * EMU_PER_INCH),
        int(header.height / header.dpi_y * EMU_PER_INCH),
    )
    width, height = _scaled(natural, _emu(width_mm), _emu(height_mm))
    largest = max(width, height) / EMU_PER_MM
    if largest > MAX_MM:
        raise Unreadable(
            f"hình in ra dài {largest:.0f} mm, tối đa {MAX_MM:.0f} mm; cho width_mm hoặc height_mm nhỏ hơn"
        )
    digest = hashlib.sha256(data).hexdigest()
    extension = _EXTENSIONS[header.media_type]
    return Image(data, digest, zlib.crc32(data), header.media_type, extension, width, height)


def _emu(size_mm: object) -> int | None:
    if size_mm is None:
        return None
    if not isinstance(size_mm, int | float) or isinstance(size_mm, bool):
        raise Unreadable(f"cỡ hình phải là số mm, không phải {type(size_mm).__name__}")
    if not 0 < size_mm <= MAX_MM:
        raise Unreadable(f"cỡ hình phải là số mm từ trên 0 đến {MAX_MM:.0f}, không phải {size_mm}")
    return int(size_mm * EMU_PER_MM)


def _scaled(natural: tuple[int, int], width: int | None, height: int | None) -> tuple[int, int]:
    """As python-docx scales: one size given, the other follows."""
    if width is None and height is None:
        return natural
    if height is None and width is not None:
        return width, max(1, round(natural[1] * (width / natural[0])))
    if width is None and height is not None:
        return max(1, round(natural[0] * (height / natural[1]))), height
    return width or 1, height or 1


@lru_cache(maxsize=_REMEMBERED)
def _drawn(text: object) -> bytes:
    if not isinstance(text, str) or not text:
        raise Unreadable("mã QR cần một chuỗi chữ không trống")
    segno = importlib.import_module("segno")  # most documents have no code
    try:
        code = segno.make_qr(text, error="m", encoding="utf-8")
    except segno.DataOverflowError as error:
        size = len(text.encode())
        raise Unreadable(f"chữ của mã QR quá dài ({size} byte, tối đa khoảng 2.300)") from error
    except UnicodeEncodeError as error:
        raise Unreadable("chữ của mã QR có ký tự hỏng (nửa cặp thay thế)") from error
    out = io.BytesIO()
    code.save(out, kind="png", scale=_MODULE_PIXELS, border=_QUIET)
    return out.getvalue()
