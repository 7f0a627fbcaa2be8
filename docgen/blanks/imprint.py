"""What stands on one form besides its fields: its code, who fills it, who awaits it and when. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from core.forms.identity import PROPERTY


@dataclass(frozen=True, slots=True)
class Imprint:
    """``code`` is empty on a blank that no store gave out. ``parent`` and ``office`` head the form, as in a sentence;
    ``receiver`` awaits it by ``due``. ``on`` is the day on which it is given out.
    """

    on: date
    code: str = ""
    parent: str = ""
    office: str = ""
    receiver: str = ""
    due: date | None = None
    more: dict[str, str] = field(default_factory=dict)

    @property
    def properties(self) -> dict[str, str]:
        """Custom properties of an office file."""
        return {PROPERTY: self.code, **self.more} if self.code else dict(self.more)

    @property
    def wanted(self) -> str:
        """To whom and until when, as printed under the title; empty when neither is known."""
        to = f"Gửi về {self.receiver}" if self.receiver else "Gửi lại" if self.due else ""
        return (
            f"{to} trước ngày {self.due:%d/%m/%Y}." if to and self.due else f"{to}." if to else ""
        )
