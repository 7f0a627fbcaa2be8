"""Small pictures made in code, for the tests of the engine."""

from __future__ import annotations

import io

from PIL import Image


def png(size: tuple[int, int] = (60, 40), color: str = "red", *, dpi: int | None = None) -> bytes:
    return _saved(size, color, "PNG", {} if dpi is None else {"dpi": (dpi, dpi)})


def jpeg(size: tuple[int, int] = (60, 40), color: str = "blue", *, dpi: int | None = None) -> bytes:
    return _saved(size, color, "JPEG", {} if dpi is None else {"dpi": (dpi, dpi)})


def exif_jpeg(*, dpi: float, unit: int = 2) -> bytes:
    """A JPEG as cameras write it: its size only in the Exif, no JFIF before it."""
    exif = Image.Exif()
    exif[0x011A] = exif[0x011B] = dpi
    exif[0x0128] = unit
    data = _saved((60, 40), "green", "JPEG", {"exif": exif.tobytes()})
    start = data.index(b"\xff\xe0")
    length = int.from_bytes(data[start + 2 : start + 4], "big")
    return data[:start] + data[start + 2 + length :]


def _saved(size: tuple[int, int], color: str, kind: str, more: dict[str, object]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind, **more)  # type: ignore[arg-type]
    return out.getvalue()
