"""The identity of an issued form: ``KSDN.1.000014.3BIWTQZSB6Q5I`` (kind, version, serial, check).

It stands in the custom properties of the file and, as letters and as a QR, on every page. The check is made with the
store's key, so that a code typed by hand or from another office is known as foreign. Only capital letters, digits and
dots: a QR holds that in its compact alphanumeric mode, and OCR confuses no case.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

#: Name of the custom property that carries the code in office files.
PROPERTY = "docgen_form"
_CHECK_BYTES = 8
_CODE = re.compile(
    r"(?<![A-Z0-9.])(?P<form>[A-Z][A-Z0-9]{1,5})\.(?P<version>\d{1,3})\.(?P<serial>\d{6,12})\.(?P<check>[A-Z2-7]{13})"
    r"(?![A-Z0-9])"
)


@dataclass(frozen=True, slots=True)
class FormCode:
    """What a printed code says. ``serial`` is the number of the issued form in the registry."""

    form: str
    version: int
    serial: int
    check: str

    @property
    def stem(self) -> str:
        """The part that the check covers."""
        return f"{self.form}.{self.version}.{self.serial:06d}"

    def __str__(self) -> str:
        return f"{self.stem}.{self.check}"


def make_code(form: str, *, version: int, serial: int, key: bytes) -> FormCode:
    """The code of an issued form. ``key`` is the store's secret."""
    unsigned = FormCode(form, version, serial, "")
    return FormCode(form, version, serial, _check(unsigned.stem, key))


def find_codes(text: str) -> tuple[FormCode, ...]:
    """Every code in a text, in order, whether its check is right or not; each once."""
    found = dict.fromkeys(
        FormCode(m["form"], int(m["version"]), int(m["serial"]), m["check"])
        for m in _CODE.finditer(text.upper())
    )
    return tuple(found)


def is_ours(code: FormCode, key: bytes) -> bool:
    """Whether this store made the code."""
    return hmac.compare_digest(code.check, _check(code.stem, key))


def _check(stem: str, key: bytes) -> str:
    digest = hmac.new(key, stem.encode("ascii"), hashlib.sha256).digest()[:_CHECK_BYTES]
    return base64.b32encode(digest).decode("ascii").rstrip("=")
