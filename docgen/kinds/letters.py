"""What every công văn shares: `V/v` under the symbol, Kính gửi, the papers it carries out, who answers. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.citations import Citation, as_date, cite
from core.dates import format_long
from core.errors import Problem
from core.schema import FieldKind, FieldSpec
from core.text import fold
from docgen.kinds.base import CITATION_FIELDS, COMMON_FIELDS, GIVEN, Context, Data, Numbering
from docgen.kinds.common import addressees, common_context, day, rows, text
from docgen.kinds.people import value
from docgen.kinds.wrapping import wrap_letter_subject

_F = FieldSpec
_K = FieldKind

#: Common fields and Kính gửi (ND30 model 1.5).
LETTER_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("addressees", _K.TEXT_LIST, "Kính gửi", required=True, minimum=1),
)
#: The plan, decision or directive that a letter or report carries out, in the order they are named.
BASES_FIELD = _F(
    "bases",
    _K.ROWS,
    "Văn bản được thực hiện",
    required=True,
    minimum=1,
    item=CITATION_FIELDS,
    source="sổ đăng ký văn bản đi",
)
#: By when and to whom the answer goes.
ANSWER_FIELDS: tuple[FieldSpec, ...] = (
    _F("deadline", _K.DATE, "Thời hạn thực hiện, trả lời", required=True, source=GIVEN),
    _F("report_to", _K.TEXT, "Nơi nhận báo cáo, trả lời", required=True),
    _F("contact", _K.TEXT, "Thông tin liên hệ", source=GIVEN),
)


def letter_context(data: Data, numbering: Numbering, *, subject: str) -> Context:
    """Common context with `V/v` broken for its column, and the addressees."""
    return common_context(data, numbering) | {
        "trich_yeu": wrap_letter_subject(subject),
        "ds_kinh_gui": addressees(data),
    }


def answer_context(data: Data) -> Context:
    """Deadline, where the answer goes, contact."""
    until = day(data, "deadline")
    return {
        "han_thuc_hien": format_long(until) if until else "",
        "noi_nhan_bao_cao": text(data, "report_to"),
        "lien_he": text(data, "contact").rstrip("."),
    }


def called(names: Sequence[str], *, several: str) -> str:
    """The one addressee by name, small where it is no name (``các công đoàn ...``); else ``several``."""
    if len(names) != 1:
        return several
    first, _, rest = names[0].partition(" ")
    return f"{first.lower()} {rest}" if first in {"Các", "Những", "Toàn"} else names[0]


def carried_out(data: Data) -> str:
    """``Kế hoạch số ... và Quyết định số ...``: the papers that this one carries out."""
    cited = [cite(Citation.of(row)) for row in rows(data, "bases")]
    return joined(cited)


def joined(parts: Sequence[str]) -> str:
    """``a``, ``a và b``, ``a; b và c``: long citations are set apart by semicolons."""
    if len(parts) < 2:  # noqa: PLR2004
        return "".join(parts)
    return f"{'; '.join(parts[:-1])} và {parts[-1]}"


def basis_problems(data: Data) -> list[Problem]:
    """What is carried out was issued before, or on the same day."""
    written = day(data, "intended_date")
    return [
        Problem(
            "date_order",
            f"{value(row, 'type_name')} số {value(row, 'code')} {format_long(made)} có sau ngày văn bản "
            f"({format_long(written)}).",
            (f"bases[{index}].date", "intended_date"),
        )
        for index, row in enumerate(rows(data, "bases"))
        if written and (made := as_date(row.get("date"))) and made > written
    ]


def deadline_problems(data: Data, *, key: str = "deadline") -> list[Problem]:
    """Nobody is asked for an answer before the letter is written."""
    written, until = day(data, "intended_date"), day(data, key)
    if written is None or until is None or until > written:
        return []
    message = (
        f"Thời hạn ({format_long(until)}) phải sau ngày văn bản ({format_long(written)}). "
        "Ghi một ngày sau đó."
    )
    return [Problem("date_order", message, (key, "intended_date"))]


def repeated_problems(names: Sequence[str], *, key: str, what: str) -> list[Problem]:
    """Every name stands once; capitals, tone placement and spaces do not count."""
    seen: set[str] = set()
    problems = []
    for index, name in enumerate(names):
        mark = fold(name)
        if mark and mark in seen:
            message = f"{what} “{name}” được ghi hai lần. Bỏ một dòng."
            problems.append(Problem("repeated", message, (f"{key}[{index}]",)))
        seen.add(mark)
    return problems


def names_of(table: Sequence[Mapping[str, object]], key: str) -> list[str]:
    """One column of a table as text."""
    return [value(row, key) for row in table]
