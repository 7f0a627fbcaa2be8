"""Errors of the engine, and the place in a Word file they speak of. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import UserError

_QUOTE = 80  # characters of a tag or paragraph shown in a message
_PARTS_VI = {
    "document": "thân văn bản",
    "header": "đầu trang",
    "footer": "chân trang",
    "footnotes": "cước chú",
    "endnotes": "chú thích cuối",
    "core": "thuộc tính tệp",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a Word file: part name in the package, and 1-based paragraph, table, row and cell.

    ``paragraph`` counts all paragraphs of the part, those in tables too. ``text`` is the paragraph as read.
    """

    part: str
    paragraph: int | None = None
    text: str = ""
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    tag: str = ""

    def as_facts(self) -> dict[str, object]:
        """The place as plain data; keys without a value are left out."""
        pairs = {
            "part": self.part,
            "paragraph": self.paragraph,
            "table": self.table,
            "row": self.row,
            "cell": self.cell,
            "text": self.text or None,
            "tag": self.tag or None,
        }
        return {key: value for key, value in pairs.items() if value is not None}

    def __str__(self) -> str:
        stem = self.part.rsplit("/", 1)[-1].removesuffix(".xml").rstrip("0123456789")
        words = [_PARTS_VI.get(stem, self.part)]
        if self.table is not None:
            words.append(f"bảng {self.table}, hàng {self.row}, ô {self.cell}")
        elif self.paragraph is not None:
            words.append(f"đoạn {self.paragraph}")
        quoted = self.tag or self.text
        if len(quoted) > _QUOTE:
            quoted = quoted[: _QUOTE - 1] + "…"
        return ", ".join(words) + (f": «{quoted}»" if quoted else "")


class TemplateError(UserError):
    """The template, or a value given to it, cannot make a document.

    ``where`` is the place if it is known; ``name`` the dotted name concerned, if one is.
    """

    code = "template_error"

    def __init__(
        self,
        message_vi: str,
        where: Place | None = None,
        *,
        name: str | None = None,
        detail: str | None = None,
    ) -> None:
        facts: dict[str, object] = {}
        if where is not None:
            facts["where"] = where.as_facts()
        if name is not None:
            facts["name"] = name
        if detail is not None:
            facts["detail"] = detail
        super().__init__(f"{message_vi} ({where})" if where else message_vi, facts=facts)
        self.message_vi = message_vi
        self.where = where
        self.name = name


class UnsafeTemplate(TemplateError):
    """The template reaches for something a document template has no business with."""

    code = "unsafe_template"


class MissingValues(UserError):
    """Names the template prints, loops over or asks for, and the data does not give: all at once.

    ``names`` are dotted as in ``CompiledTemplate.names``; ``rows`` the exact values of lists (0-based,
    ``ds_doanh_nghiep[2].ma_so_thue``); ``places`` where each name stands in the template.
    """

    code = "missing_values"

    def __init__(
        self,
        names: Sequence[str],
        *,
        rows: Mapping[str, Sequence[str]] | None = None,
        places: Mapping[str, Sequence[Place]] | None = None,
    ) -> None:
        self.names = tuple(names)
        self.rows = {key: tuple(value) for key, value in (rows or {}).items()}
        self.places = {key: tuple(value) for key, value in (places or {}).items()}
        said = [
            f"{name} ({self.places[name][0]})" if self.places.get(name) else name
            for name in self.names
        ]
        facts: dict[str, object] = {
            "missing": list(self.names),
            "rows": {key: list(value) for key, value in self.rows.items()},
            "places": {
                key: [place.as_facts() for place in value] for key, value in self.places.items()
            },
        }
        super().__init__("Thiếu giá trị cho mẫu: " + "; ".join(said) + ".", facts=facts)
