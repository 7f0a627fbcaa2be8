"""CC-01 to CC-04: the bases of a paper, and how documents are cited (ND30 PL I II.6a, 6b)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.symbols import find_codes
from docgen.rules.checks.measures import points
from docgen.rules.finding import Fault, Rule
from docgen.rules.paper import Paper
from docgen.rules.pieces import is_form_blank, where

_LAW = re.compile(r"(?i)căn cứ\s+(?:các\s+)?(?:bộ\s+)?(?:luật|pháp lệnh)\b")
_FULL_DATE = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}")
_SHORT_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_CITED = re.compile(r"(?i)\bsố\s*:?\s*\d")
_COMMA_DATE = re.compile(r"\d[^\s,;]*/[^\s,;]*\s*,\s*ngày")


def _has_bases(paper: Paper) -> bool:
    return bool(paper.bases)


def bases_look(paper: Paper) -> Iterator[Fault]:
    """CC-01: one basis a line, italic, 13-14, no dash before it."""
    upright = dashed = sized = False
    for para in paper.bases:
        text = para.text.strip()
        inked = [run for run in para.runs if any(char.isalnum() for char in run.text)]
        if not upright and not all(run.look.italic for run in inked):
            upright = True
            yield Fault("Căn cứ phải là chữ nghiêng.", where(para), "chữ đứng", "chữ nghiêng")
        sizes = sorted({run.look.size for run in inked if not 13 <= run.look.size <= 14})  # noqa: PLR2004
        if sizes and not sized and not is_form_blank(text):
            sized = True
            yield Fault(
                "Căn cứ phải có cỡ 13-14.", where(para), f"cỡ {points(sizes[0])}", "cỡ 13-14"
            )
        if not dashed and text.startswith(("-", "–", "+")):
            dashed = True
            yield Fault(
                "Căn cứ không có dấu gạch đầu dòng.",
                where(para),
                text[:12],
                text.lstrip("-–+ ")[:12],
            )
        if len(_CITED.findall(text)) > 1 and text.rstrip(";.").count(";") > 0:
            message = "Mỗi căn cứ phải ở một dòng riêng; dòng này dẫn nhiều văn bản."
            yield Fault(
                message,
                where(para),
                f"{text.rstrip(';.').count(';') + 1} văn bản",
                "một văn bản một dòng",
            )


def bases_ends(paper: Paper) -> Iterator[Fault]:
    """CC-02: every line ends with ``;``, the last with ``.``."""
    for at, para in enumerate(paper.bases):
        text = para.text.rstrip()
        if is_form_blank(text):
            continue
        end = "." if at == len(paper.bases) - 1 else ";"
        if not text.endswith(end):
            name = "chấm (.)" if end == "." else "chấm phẩy (;)"
            message = (
                f"{'Căn cứ cuối cùng' if end == '.' else 'Mỗi căn cứ'} kết thúc bằng dấu {name}."
            )
            yield Fault(message, where(para), text[-12:], f"...{end}")


def bases_content(paper: Paper) -> Iterator[Fault]:
    """CC-03: type, number and symbol, date in full, issuer, summary; of a law only its name."""
    for para in paper.bases:
        text = para.text.strip()
        if is_form_blank(text):
            continue
        if _LAW.search(text[:40]):
            if _CITED.search(text) and "sửa đổi" not in text:
                message = (
                    "Luật, pháp lệnh chỉ ghi tên loại và tên, không ghi số và cơ quan ban hành."
                )
                yield Fault(message, where(para), "có số", "Luật Công đoàn ...")
            continue
        if not find_codes(text):
            continue
        if _COMMA_DATE.search(text):
            yield Fault(
                "Không đặt dấu phẩy giữa số, ký hiệu và ngày.", where(para), "…, ngày …", "… ngày …"
            )
        if _SHORT_DATE.search(text):
            found = _SHORT_DATE.findall(text)[0]
            yield Fault(
                "Ngày của văn bản làm căn cứ viết đầy đủ.",
                where(para),
                found,
                "ngày 02 tháng 5 năm 2024",
            )
        elif not _FULL_DATE.search(text):
            yield Fault(
                "Văn bản làm căn cứ thiếu ngày ban hành.",
                where(para),
                "không có ngày",
                "ngày ... tháng ... năm ...",
            )
        if " của " not in text:
            yield Fault(
                "Văn bản làm căn cứ thiếu cơ quan ban hành.", where(para), "không có", "của ..."
            )


_DATED = re.compile(r"^[\s,]*ngày\b")
_CODE = re.compile(
    r"(?<![\w/-])\d{1,5}[a-zđ]?\s*[/-]\s*(?:\d{4}/)?[A-ZĐ][\wĐđ.&]*(?:\s?[-/]\s?[A-ZĐ][\wĐđ]*)*"
)


def citations(paper: Paper) -> Iterator[Fault]:
    """CC-04: in full the first time, later by type, number and symbol only."""
    seen: set[str] = set()
    for para in (*paper.bases, *paper.body):
        for hit in _CODE.finditer(para.text):
            key = re.sub(r"\s", "", hit.group())
            after = para.text[hit.end() : hit.end() + 60]
            if key in seen and _DATED.match(after) and " của " in after:
                message = "Văn bản đã dẫn đầy đủ ở trên; lần sau chỉ ghi tên loại, số và ký hiệu."
                yield Fault(message, where(para), f"{key}{after[:20]}…", key)
            seen.add(key)


def _cites(paper: Paper) -> bool:
    return any(_CODE.search(para.text) for para in (*paper.bases, *paper.body))


RULES = (
    Rule("CC-01", "E", "ND30 PL I II.6a", "Trình bày căn cứ", bases_look, _has_bases),
    Rule("CC-02", "E", "ND30 PL I II.6a", "Dấu câu cuối căn cứ", bases_ends, _has_bases),
    Rule("CC-03", "W", "ND30 PL I II.6a", "Nội dung căn cứ", bases_content, _has_bases),
    Rule("CC-04", "W", "ND30 PL I II.6b", "Viện dẫn lần đầu và các lần sau", citations, _cites),
)
