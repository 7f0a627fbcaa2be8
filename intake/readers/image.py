"""Photographs and scans sent as pictures: known as such; their letters are not read yet."""

from __future__ import annotations

from intake.readers.raw import Channel, RawForm


def read_image(_data: bytes) -> RawForm:
    """A form without any words: a person types it from the picture."""
    return RawForm(Channel.IMAGE, (), scanned=True)
