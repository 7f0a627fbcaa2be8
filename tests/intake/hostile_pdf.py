"""Hostile PDFs by hand: bombs, circles, endless pages, lines without number."""

from __future__ import annotations

import zlib
from random import Random


def deflated(head: bytes, megabytes: int) -> bytes:
    """zlib data of a head and so many MiB of spaces, made without holding them."""
    packer = zlib.compressobj(9)
    out = [packer.compress(head)]
    out += [packer.compress(b" " * 2**20) for _ in range(megabytes)]
    return b"".join([*out, packer.flush()])


def pdf(objects: list[bytes], *, trailer: bytes = b"", broken: bool = False) -> bytes:
    """A PDF of objects numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % (place + (7777 if broken else 0))
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, 999_999 if broken else start,
    )  # fmt: skip
    return bytes(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def page_pdf(
    content: bytes, *, box: bytes = b"0 0 595 842", more: bytes = b"", **kept: bool
) -> bytes:
    """One page with that content stream."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R %s >>" % (box, more),
            content,
        ],
        **kept,
    )


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (at + 3) for at in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, *[page] * count])


def circling_pages() -> bytes:
    """A page tree that is its own child."""
    pages = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages])


def deep_arrays(depth: int) -> bytes:
    return page_pdf(stream(b"BT ET"), more=b"/X " + b"[" * depth + b"]" * depth)


def image_bomb(side: int) -> bytes:
    """A picture of side by side pixels that unpacks to zeros."""
    data = deflated(b"", 60)
    image = stream(
        data,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB "
        b"/BitsPerComponent 8 /Filter /FlateDecode" % (side, side),
    )
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                b"/Resources << /XObject << /I 5 0 R >> >> >>"
            ),
            stream(b"595 0 0 842 0 0 cm /I Do"),
            image,
        ]
    )


def form_loop() -> bytes:
    """A form that draws itself."""
    form = stream(
        b"/F Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>",
    )
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                b"/Resources << /XObject << /F 5 0 R >> >> >>"
            ),
            stream(b"/F Do"),
            form,
        ]
    )


def many_rulings(count: int) -> bytes:
    """A page drawn full of lines."""
    random = Random(7)
    lines = []
    for _ in range(count):
        x, y, length = random.randint(0, 595), random.randint(0, 842), random.randint(5, 600)
        ends = (x + length, y) if random.random() < 0.5 else (x, y + length)
        lines.append(f"{x} {y} m {ends[0]} {ends[1]} l S")
    return page_pdf(stream(zlib.compress("\n".join(lines).encode()), b"/Filter /FlateDecode"))


def grid_of_lines(count: int) -> bytes:
    """A grid of count by count lines, each crossing each."""
    lines = [f"0 {at * 0.8:.2f} m 595 {at * 0.8:.2f} l S" for at in range(count)]
    lines += [f"{at * 0.55:.2f} 0 m {at * 0.55:.2f} 842 l S" for at in range(count)]
    return page_pdf(stream(zlib.compress("\n".join(lines).encode()), b"/Filter /FlateDecode"))


def encrypted_pdf() -> bytes:
    """Locked with a user password (RC4, 40 bits)."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32),
        ],
        trailer=b"/Encrypt 4 0 R /ID [<00><00>]",
    )
