"""What a PNG or JPEG says of itself, held against python-docx and Pillow; what is no sound picture says why."""

from __future__ import annotations

import base64
import zlib

import pytest
from docx.image.image import Image as WordImage
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from core import pictures
from core.errors import Unreadable
from core.json_schema import form_json_schema, sample
from core.pictures import from_base64, read_header
from core.schema import FieldKind, FieldSpec, FormSchema
from core.validation import check_data
from tests.docgen.engine import files

SOUND = {
    "png": files.png(),
    "png 96": files.png(dpi=96),
    "png 300": files.png((7, 300), dpi=300),
    "jpeg": files.jpeg(),
    "jpeg 150": files.jpeg((100, 7), dpi=150),
    "exif inches": files.exif_jpeg(dpi=240),
    "exif centimetres": files.exif_jpeg(dpi=100, unit=3),
    "exif without unit": files.exif_jpeg(dpi=240, unit=1),
}


@pytest.mark.parametrize("name", SOUND)
def test_as_python_docx_reads_it(name: str) -> None:
    wanted = WordImage.from_blob(SOUND[name])
    header = read_header(SOUND[name])
    assert (header.width, header.height) == (wanted.px_width, wanted.px_height)
    assert (header.dpi_x, header.dpi_y) == (wanted.horz_dpi, wanted.vert_dpi)
    assert header.media_type == wanted.content_type


def _flipped(data: bytes) -> bytes:
    at = data.index(b"IDAT") + 6
    return data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "trống"),
        (b"GIF89a" + bytes(40), "GIF"),
        (b"BM" + bytes(40), "BMP"),
        (b"RIFF0000WEBPVP8 ", "WebP"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"%PDF-1.7", "PDF"),
        (b'<?xml version="1.0"?><svg/>', "SVG"),
        (b"xin ch\xc3\xa0o", "không phải hình"),
        (files.png()[:40], "cụt"),
        (files.png()[:-12], "cụt"),
        (_flipped(files.png()), "tổng kiểm tra"),
        (files.jpeg()[:-2], "cụt"),
        (files.jpeg()[:100], "cụt"),
        (b"\xff\xd8\xff", "cụt"),
        (files.png() + bytes(pictures.MAX_BYTES), "quá lớn"),
    ],
)
def test_what_is_no_sound_picture_says_why(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_header(data)


def _png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
        )

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"")), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_pixels_have_a_limit_and_must_be_there() -> None:
    with pytest.raises(Unreadable, match="50000 × 50000"):
        read_header(_png_of(50_000, 50_000))
    with pytest.raises(Unreadable, match="kích thước"):
        read_header(_png_of(0, 5))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_damage_never_ends_otherwise(name: str, data: st.DataObject) -> None:
    """Any bytes spoilt, any end cut off: a header or ``Unreadable``, nothing else."""
    spoilt = bytearray(SOUND[name])
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    try:
        header = read_header(bytes(spoilt[: data.draw(st.integers(0, len(spoilt)))]))
    except Unreadable:
        return
    assert header.width * header.height > 0 < header.dpi_x * header.dpi_y


def test_base64_with_and_without_its_prefix() -> None:
    data = files.png()
    text = base64.b64encode(data).decode()
    assert (
        from_base64(text) == from_base64(f"data:image/png;base64,{text[:30]}\n{text[30:]}") == data
    )
    for wrong in ("không", text[:-5], base64.b64encode(b"GIF89a").decode()):
        with pytest.raises(Unreadable):
            from_base64(wrong)


def test_a_field_of_a_kind_may_be_a_picture() -> None:
    fields = (FieldSpec("photo", FieldKind.PICTURE, "Ảnh thẻ", required=True),)
    text = base64.b64encode(files.jpeg()).decode()
    assert check_data(fields, {"photo": f"data:image/jpeg;base64,{text}"}).data == {"photo": text}
    example = sample(fields)
    assert check_data(fields, example).data == example
    schema = form_json_schema(FormSchema("x", "x", 1, fields))
    assert Draft202012Validator(schema).is_valid(example)
    wrong = check_data(fields, {"photo": base64.b64encode(b"%PDF-1.7").decode()}).wrong
    assert "PDF" in wrong["photo"]
    assert check_data(fields, {"photo": ""}).missing == ("photo",)
