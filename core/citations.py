"""How a cited document is written (ND30 PL I II.6). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.dates import format_long

_REASONS = ("Căn cứ", "Xét", "Theo", "Thực hiện")


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited document. ``is_law``: a law, ordinance or the charter, cited by name (and date) only."""

    type_name: str
    code: str = ""
    date: date | None = None
    issuer: str = ""
    subject: str = ""
    is_law: bool = False

    @classmethod
    def of(cls, data: Mapping[str, object], *, type_name: str = "") -> Citation:
        """From a CITATION_FIELDS or REFERENCE_FIELDS group."""
        return cls(
            type_name=str(data.get("type_name") or type_name),
            code=str(data.get("code") or ""),
            date=as_date(data.get("date")),
            issuer=str(data.get("issuer") or ""),
            subject=str(data.get("subject") or ""),
            is_law=bool(data.get("is_law")),
        )


def as_date(value: object) -> date | None:
    """A date given as a date or as ``YYYY-MM-DD``; nothing when there is none."""
    if value is None or value == "":
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def cite(cited: Citation) -> str:
    """First citation: type, number and symbol, date, issuer, summary; a law: name and date.

    ``Quyết định số 675/QĐ-TLĐ ngày 02 tháng 4 năm 2024 của Đoàn Chủ tịch ... về việc giao chỉ tiêu ...``
    """
    parts = [cited.type_name]
    if cited.is_law:
        if cited.date:
            parts.append(format_long(cited.date))
        return " ".join(parts)
    if cited.code:
        parts.append(f"số {cited.code}")
    if cited.date:
        parts.append(format_long(cited.date))
    if cited.issuer:
        parts.append(f"của {cited.issuer}")
    if cited.subject:
        parts.append(_lowered(cited.subject))
    return " ".join(parts)


def cite_again(cited: Citation) -> str:
    """Later citation: type, number and symbol only (ND30 PL I II.6b); a law by its name."""
    return (
        cited.type_name if cited.is_law or not cited.code else f"{cited.type_name} số {cited.code}"
    )


def bases(cited: Iterable[Citation]) -> list[str]:
    """`Căn cứ ...` for each citation, without end marks."""
    return [f"Căn cứ {cite(one)}" for one in cited]


def punctuate(lines: Sequence[str]) -> list[str]:
    """End marks of the basis lines: each ``;``, the last ``.`` (ND30 PL I II.6a)."""
    bare = [line.strip().rstrip(";.,").rstrip() for line in lines if line.strip()]
    return [f"{line}{'.' if index == len(bare) - 1 else ';'}" for index, line in enumerate(bare)]


def _lowered(subject: str) -> str:
    """``Về việc giao ...`` inside a sentence is ``về việc giao ...``; names keep their capitals."""
    first, _, rest = subject.strip().partition(" ")
    small = {"Về", "Hướng", "Ban", "Phê", "Quy", "Thi", "Đề", "Thành", "Công", "Giao", "Tổ"}
    keeps = subject.startswith(
        ("Công đoàn", "Ban Chấp hành", "Ban Thường vụ", "Ban Chỉ đạo", "Tổ chức Công đoàn")
    )
    if first in small and not keeps:
        first = first[0].lower() + first[1:]
    return f"{first} {rest}".strip()
