"""Context every kind shares: header, number and date, signer, recipients, authority. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.citations import Citation, as_date, bases, punctuate
from core.dates import format_blank, format_long
from core.errors import Problem
from core.names import title_org
from core.pictures import from_base64
from core.profiles import RuleProfile, profile_on
from core.schema import KindSchema
from core.symbols import TYPE_ABBREVIATIONS
from docgen.engine import Picture
from docgen.kinds.base import Context, Data, Numbering
from docgen.kinds.wrapping import wrap_org_name, wrap_signing_line, wrap_subject

#: Room for the clerk's pen in a draft: `Số:      /KH-LĐLĐ` (the template brings one more space).
BLANK_NUMBER = " " * 5

# First lines the templates print themselves (ND30 PL I II.9b); given again in data they would be doubled.
_OWN_FIRST_LINES = ("như điều", "như trên", "như kính gửi")
_COLLECTIVE_MODES = frozenset({"TM", "TM_KT"})


def text(data: Data, key: str) -> str:
    """A text value; empty when it was left out."""
    value = data.get(key)
    return "" if value is None else str(value).strip()


def number(data: Data, key: str) -> int | None:
    """A whole number; nothing when it was left out."""
    value = data.get(key)
    return None if value is None or value == "" else int(str(value))


def day(data: Data, key: str) -> date | None:
    """A date; nothing when it was left out."""
    return as_date(data.get(key))


def rows(data: Data, key: str) -> list[Mapping[str, object]]:
    """The rows of a table; none when it was left out."""
    value = data.get(key)
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, Sequence) else []


def texts(data: Data, key: str) -> list[str]:
    """A list of text without empty entries."""
    value = data.get(key)
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [str(entry).strip() for entry in value if str(entry).strip()]


def picture(
    data: Data, key: str, *, width_mm: float | None = None, height_mm: float | None = None
) -> Picture | None:
    """A picture given as base64 (``FieldKind.PICTURE``), for the template; nothing when it was left out."""
    value = text(data, key)
    return Picture(from_base64(value), width_mm, height_mm) if value else None


def group(data: Data, key: str) -> Mapping[str, object]:
    """A group of fields; empty when it was left out."""
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def deciding_date(data: Data, numbering: Numbering) -> date | None:
    """The date that decides rules and draft month: issue date, intended date, or that of the data."""
    return numbering.on or day(data, "intended_date")


def rules_for(data: Data, numbering: Numbering) -> RuleProfile:
    """The rule profile of this paper."""
    return profile_on(deciding_date(data, numbering))


def number_text(numbering: Numbering) -> str:
    """``07``, ``70a``; blank in a draft (ND30 PL I II.3c: below ten with a leading zero)."""
    if numbering.number is None:
        return BLANK_NUMBER
    return f"{numbering.number:02d}{numbering.suffix}"


def date_text(data: Data, numbering: Numbering) -> str:
    """``ngày 02 tháng 5 năm 2024``; a draft leaves the day open."""
    if numbering.issue_date:
        return format_long(numbering.issue_date)
    meant = deciding_date(data, numbering)
    return format_blank(meant.month, meant.year) if meant else format_blank()


# What each signing mode needs besides the signer's own post (ND30 PL I II.7b).
_NEEDED_BY_MODE = {
    "TM": ("signing_collective",),
    "TM_KT": ("signing_collective", "head_post"),
    "KT": ("head_post",),
}
_LABELS = {"signing_collective": "tập thể ký thay mặt", "head_post": "chức vụ người đứng đầu"}


def shared_problems(schema: KindSchema, data: Data) -> list[Problem]:
    """Cross-field rules of every kind: the signing mode has what it prints, the symbol is of the kind."""
    mode = text(data, "signing_mode")
    problems = [
        Problem(
            "missing_for_signing", f"Ký {mode.replace('_', ', ')}. phải có {_LABELS[key]}.", (key,)
        )
        for key in _NEEDED_BY_MODE.get(mode, ())
        if not text(data, key)
    ]
    if (
        mode in {"TL", "TUQ"}
        and not text(data, "head_post")
        and not text(data, "signing_collective")
    ):
        message = f"Ký {mode}. phải có chức vụ người đứng đầu hoặc tập thể giao ký."
        problems.append(Problem("missing_for_signing", message, ("head_post",)))
    return [*problems, *_symbol_problems(schema, data)]


def _symbol_problems(schema: KindSchema, data: Data) -> list[Problem]:
    """A typed paper begins with its type; a công văn has none (ND30 PL I II.3b)."""
    symbol, wanted = text(data, "doc_symbol"), schema.symbol_type
    problems = []
    if symbol and wanted is None and symbol.partition("-")[0] in TYPE_ABBREVIATIONS:
        message = (
            f"Ký hiệu công văn “{symbol}” không ghi tên loại; ghi chữ viết tắt cơ quan - đơn vị soạn thảo, "
            "ví dụ LĐLĐ-TCKT."
        )
        problems.append(Problem("doc_symbol", message, ("doc_symbol",)))
    if symbol and wanted and not symbol.startswith(f"{wanted}-"):
        message = (
            f"Ký hiệu “{symbol}” không phải của {schema.label_vi}; phải bắt đầu bằng “{wanted}-”."
        )
        problems.append(Problem("doc_symbol", message, ("doc_symbol",)))
    return problems


def signing_lines(data: Data) -> list[str]:
    """Authority lines over the signature (ND30 PL I II.7b; Điều 13).

    TM_KT prints three lines: the collective, `KT.` the head, the deputy's own post.
    """
    mode, post = text(data, "signing_mode"), text(data, "signer_post")
    collective, head = text(data, "signing_collective"), text(data, "head_post")
    lines = {
        "TM": [f"TM. {collective}", post],
        "TM_KT": [f"TM. {collective}", f"KT. {head}", post],
        "KT": [f"KT. {head}", post],
        "TL": [f"TL. {head or collective}", post],
        "TUQ": [f"TUQ. {head or collective}", post],
        "Q": [f"Q. {post}"],
    }
    return [line.upper() for line in lines.get(mode, [post])]


def issuing_body(data: Data) -> str:
    """Who issues, within a sentence: ``Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu`` or the body itself."""
    name = text(data, "issuing_org_short")
    if text(data, "signing_mode") in _COLLECTIVE_MODES:
        return _with_body(title_org(text(data, "signing_collective")), name)
    return name


def _with_body(collective: str, name: str) -> str:
    """``Ban Thường vụ Liên đoàn ...``; a steering committee is its own collective and is said once."""
    return name if name.casefold().startswith(collective.casefold()) else f"{collective} {name}"


def authority_line(data: Data) -> str:
    """Line 6 of a decision: the collective or the head's post, with the body (union model 1.3)."""
    collective = text(data, "signing_mode") in _COLLECTIVE_MODES
    post = (
        text(data, "signing_collective")
        if collective
        else text(data, "head_post") or text(data, "signer_post")
    )
    return _with_body(post, text(data, "issuing_org_name")).upper()


def recipients(data: Data) -> list[str]:
    """Recipients without dash, end mark and the fixed first line, which the template prints."""
    bare = [entry.lstrip("-– ").rstrip(" ;.,") for entry in texts(data, "recipients")]
    return [entry for entry in bare if entry and not entry.casefold().startswith(_OWN_FIRST_LINES)]


def addressees(data: Data, key: str = "addressees") -> list[str]:
    """Names after `Kính gửi:` without dash and end mark."""
    return [entry.lstrip("-– ").rstrip(" ;.,") for entry in texts(data, key)]


def recipients_of(data: Data) -> list[str]:
    """Who gets the paper, for column (5) of the register: names, where the paper says `Như trên`."""
    named = [
        *addressees(data),
        *addressees(data, "invitees"),
        *(text(data, key) for key in ("sent_to", "union_name") if "members_total" not in data),
    ]
    return list(dict.fromkeys(name for name in (*named, *recipients(data)) if name))


def archive_units(data: Data) -> str:
    """``VT, TC-KT``: văn thư always first (ND30 PL I II.9d)."""
    units = [unit.strip() for unit in texts(data, "archive_units")]
    return ", ".join(["VT", *(unit for unit in units if unit.upper() != "VT")])


def header_context(data: Data, numbering: Numbering, *, subject: str = "") -> Context:
    """Boxes 1 to 5: issuer, number, place and date, trích yếu."""
    symbol = text(data, "doc_symbol")
    number_part = number_text(numbering)
    return {
        "ten_co_quan_chu_quan": wrap_org_name(text(data, "parent_org_name").upper(), bold=False),
        "ten_co_quan": wrap_org_name(text(data, "issuing_org_name").upper()),
        "ten_co_quan_trong_cau": text(data, "issuing_org_short"),
        "chu_the_ban_hanh": issuing_body(data),
        "so_van_ban": number_part,
        "ky_hieu": symbol,
        "so_ky_hieu": f"{number_part}/{symbol}",
        "dia_danh": text(data, "place_name"),
        "ngay_ban_hanh": date_text(data, numbering),
        "trich_yeu": wrap_subject(subject),
    }


def signature_context(data: Data) -> Context:
    """Boxes 7 and 9b: signer and recipients."""
    return {
        "quyen_han_ky": "\n".join(wrap_signing_line(line) for line in signing_lines(data)),
        "chuc_vu_o_co_quan": wrap_signing_line(text(data, "signer_host_post").upper()),
        "ho_ten_nguoi_ky": text(data, "signer_name"),
        "ds_noi_nhan": recipients(data),
        "don_vi_luu": archive_units(data),
    }


def common_context(data: Data, numbering: Numbering, *, subject: str = "") -> Context:
    """What every outgoing paper needs: header, number, date, signer and recipients."""
    return header_context(data, numbering, subject=subject) | signature_context(data)


def letter_context(data: Data, numbering: Numbering, *, subject: str) -> Context:
    """Common context of a công văn: `V/v ...` runs on under the number, `Kính gửi` from ``addressees``."""
    bare = subject.strip()
    for opening in ("V/v", "Về việc"):
        bare = bare.removeprefix(opening).lstrip(": ")
    return common_context(data, numbering) | {"trich_yeu": bare, "ds_kinh_gui": addressees(data)}


def decision_context(
    data: Data, numbering: Numbering, *, subject: str, lines: Sequence[str] = ()
) -> Context:
    """Common context of a decision: authority line, bases, the word QUYẾT ĐỊNH.

    Bases given in data (``legal_bases``) replace the law, charter and guidance of the profile; ``lines``
    are the further bases of this paper, in order; ``proposing_unit`` closes the list.
    """
    rules = rules_for(data, numbering)
    given = [Citation.of(row) for row in rows(data, "legal_bases")]
    proposer = text(data, "proposing_unit")
    closing = [f"Theo đề nghị của {proposer}"] if proposer else []
    return common_context(data, numbering, subject=subject) | {
        "tham_quyen": authority_line(data),
        "ds_can_cu": punctuate([*bases(given or rules.founding_bases), *lines, *closing]),
        "dong_quyet_dinh": "QUYẾT ĐỊNH:" if rules.decision_colon else "QUYẾT ĐỊNH",
    }
