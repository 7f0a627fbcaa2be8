"""The form's code as a picture (QR). Pure."""

from __future__ import annotations

import io

import segno

#: Modules of white around the code; the paper gives the rest of the four that the standard asks for.
_QUIET = 2
_SCALE = 8


def qr_png(code: str) -> bytes:
    """The code as PNG, error level Q: a quarter of it may be under a stamp."""
    made = segno.make_qr(code, error="q", boost_error=False)
    out = io.BytesIO()
    made.save(out, kind="png", scale=_SCALE, border=_QUIET)
    return out.getvalue()
