"""The data of a run. Imports nothing: the processes of peers read it too.

A picture is ``{"picture": base64, "width_mm": 30}`` and a code ``{"qr": text}``; the text of a code gets the number of
the document, as in life: nobody draws the same code twice.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

CODE_MM = 25


def fresh(
    value: Any, number: int, *, picture: Callable[[bytes, float], Any], code: Callable[[str], Any]
) -> Any:
    """The data of one document: its pictures and codes as objects of a filler, none used before."""
    if isinstance(value, list):
        return [fresh(item, number, picture=picture, code=code) for item in value]
    if not isinstance(value, dict):
        return value
    if "picture" in value:
        return picture(value["picture"], value["width_mm"])
    if "qr" in value:
        return code(f"{value['qr']}/{number}")
    return {key: fresh(item, number, picture=picture, code=code) for key, item in value.items()}


def has_pictures(value: Any) -> bool:
    """Whether there is anything to be made anew for each document."""
    if isinstance(value, dict):
        return "picture" in value or "qr" in value or any(map(has_pictures, value.values()))
    return isinstance(value, list) and any(map(has_pictures, value))


def decoded(value: Any) -> Any:
    """The data with the files of pictures as bytes: reading base64 is nobody's work here."""
    if isinstance(value, list):
        return [decoded(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "picture" in value:
        return {**value, "picture": base64.b64decode(value["picture"])}
    return {key: decoded(item) for key, item in value.items()}
