"""Decisions with pictures: a photograph in the text, a seal in the header and in every row; or a QR code."""

from __future__ import annotations

import base64
import io
import random
from typing import Any

import docx
from PIL import Image

from bench.generation import sample

Data = dict[str, Any]
CASES = ("pictures", "qr")


def _photograph(size: tuple[int, int], seed: int, kind: str) -> bytes:
    """Pixels that pack like those of a camera, not like one colour."""
    made = random.Random(seed)
    picture = Image.frombytes("RGB", (24, 16), made.randbytes(24 * 16 * 3)).resize(size)
    out = io.BytesIO()
    picture.save(out, kind, dpi=(150, 150))
    return out.getvalue()


def template(case: str) -> bytes:
    """The template of five rows with the tags of the case."""
    document = docx.Document(io.BytesIO(sample.template("jinja")))
    if case == "qr":
        document.add_paragraph("Tra cứu: {{ code }}")
    else:
        document.add_paragraph("{{ photo }}")
        document.sections[0].header.paragraphs[0].text = "{{ seal }}"
        document.tables[1].rows[2].cells[-1].add_paragraph("{{ row.seal }}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def data(case: str) -> Data:
    """The data of five rows, with the pictures."""
    found: Data = sample.sample_data(5)
    if case == "qr":
        return found | {"code": {"qr": "https://example.org/tra-cuu?so=07/QD-LDLD"}}
    seal = _as_data(_photograph((90, 90), 2, "PNG"), 15)
    found["rows"] = [{**row, "seal": seal} for row in found["rows"]]
    return found | {"photo": _as_data(_photograph((600, 400), 1, "JPEG"), 60), "seal": seal}


def _as_data(picture: bytes, width_mm: int) -> Data:
    return {"picture": base64.b64encode(picture).decode(), "width_mm": width_mm}
