"""VB-01 to VB-13: faults of wording and spelling, as warnings (domain brief §1.4, §4.a, §6.6)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from core.letters import fold, modern_tone
from docgen.rules.checks.names import IN_COMPANY, NAMED
from docgen.rules.finding import Fault, Rule
from docgen.rules.paper import Paper
from docgen.rules.pieces import is_caps, is_form_blank, where
from docgen.rules.structure import Level, ends_sentence, item_of
from docgen.rules.view.model import Para

_MOST = 20


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, object]]:
    text = Path(__file__).parents[1].joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _table(name: str) -> dict[str, str]:
    return {key: str(right) for key, right in _words()[name].items()}


def _list(key: str) -> list[str]:
    value = _words()["small"][key]
    return [str(entry) for entry in value] if isinstance(value, list) else []


def prose(paper: Paper) -> list[Para]:
    """Paragraphs whose wording counts: summary, bases, body, recipients."""
    parts = [piece.para for piece in (*paper.subject, *paper.letter_subject, *paper.addressees)]
    parts += [*paper.bases, *paper.body, *(piece.para for piece in paper.recipients)]
    return _once(parts)


def _once(paras: list[Para]) -> list[Para]:
    return list({para.number: para for para in paras}.values())


def _each(paper: Paper, pattern: re.Pattern[str]) -> Iterator[tuple[Para, re.Match[str]]]:
    for para in prose(paper):
        for found in pattern.finditer(para.text):
            yield para, found


# Words that are doubled by right.
_DOUBLED_WELL = frozenset(
    ("luôn", "thường", "ngày", "từ", "dần", "hằng", "hàng", "đều", "mãi", "ai", "người", "nhà", "nơi", "đời", "song",
     "chung", "riêng", "lâu", "xa", "gần", "nhiều", "rất", "ngành", "xanh", "đâu", "năm", "tháng", "lần", "vân",
     "ba", "bốn", "mười", "đồng", "sang", "cao", "nhỏ", "to", "khác", "mau", "chầm", "khăng", "đăm", "tỉnh")
)  # fmt: skip
_DOUBLE = re.compile(
    r"(?<![\w/-])(?P<a>[^\W\d_]{2,})[ \u00a0]+(?P<b>(?P=a))(?![\w/-])", re.IGNORECASE
)


def doubled(paper: Paper) -> Iterator[Fault]:
    """VB-01: a word typed twice (``Ban Ban Tổ chức``)."""
    for para, found in _each(paper, _DOUBLE):
        first, second = found["a"], found["b"]
        proper = (
            first[:1].isupper() and second[:1].isupper() and first not in {"Ban", "Các", "Công"}
        )
        if fold(first) not in _DOUBLED_WELL and not (proper and not is_caps(first)):
            yield Fault("Từ bị gõ lặp.", where(para), found.group(), first)


@lru_cache(maxsize=1)
def _lost() -> re.Pattern[str]:
    keys = sorted(map(re.escape, _table("lost_d")), key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(keys)})(?![\w])")


def lost_stroke(paper: Paper) -> Iterator[Fault]:
    """VB-02: an abbreviation that lost the stroke of its Đ (``BCD``)."""
    table = _table("lost_d")
    boxes = [
        piece.para for piece in (paper.number, *paper.parent, *paper.issuer) if piece is not None
    ]
    boxes += [piece.para for block in paper.signers for piece in block.posts]
    for para in _once([*boxes, *prose(paper)]):
        for found in _lost().finditer(para.text):
            message = "Chữ viết tắt mất nét gạch của chữ Đ."
            yield Fault(message, where(para), found.group(), table[found.group()])


_AFTER_SEMICOLON = re.compile(
    r";[ \u00a0]+(?P<first>[^\W\d_]+)(?P<rest>[ \u00a0]+[^\W\d_]+)?(?P<more>[^;]{0,40})"
)
# After a semicolon these begin a name or a titled paper.
_PROPER = frozenset(
    ("ban", "công", "liên", "tổng", "ủy", "uỷ", "hội", "đảng", "nhà", "sở", "phòng", "trường", "điều", "mục", "chương",
     "luật", "bộ", "văn", "chủ", "phó", "giám", "ông", "bà", "đồng", "mặt", "thường", "trưởng", "chi", "tỉnh",
     "đoàn", "quân", "trung", "viện", "cục", "tập", "nghiệp", "hợp", "xí", "phụ", "phường", "bí")
)  # fmt: skip
_PAPERS = (
    "kế hoạch", "quyết định", "nghị quyết", "chỉ thị", "hướng dẫn", "công văn", "thông báo", "chương trình", "kết luận",
    "quy định", "quy chế", "thông tư", "nghị định", "báo cáo", "tờ trình", "đề án", "giấy",
)  # fmt: skip


def after_semicolon(paper: Paper) -> Iterator[Fault]:
    """VB-03: a capital after a semicolon where no name begins."""
    for para, found in _each(paper, _AFTER_SEMICOLON):
        first, rest = found["first"], (found["rest"] or "").strip()
        if not first[:1].isupper() or is_caps(first) or not rest or rest[:1].isupper():
            continue
        phrase = fold(f"{first} {rest}")
        titled = phrase.startswith(_PAPERS) and " số" in f"{rest}{found['more']}"
        if fold(first) not in _PROPER and not titled:
            yield Fault(
                "Sau dấu chấm phẩy viết chữ thường.",
                where(para),
                f"; {first} {rest}",
                f"; {first.lower()} {rest}",
            )


def broken(paper: Paper) -> Iterator[Fault]:
    """VB-04: a paragraph torn in two: no mark at its end, and the next begins small."""
    for one, two in pairwise(paper.body):
        text, following = one.text.rstrip(), two.text.lstrip()
        begins = following[:1].islower() and item_of(two).level is Level.TEXT
        if begins and not text.endswith((".", ";", ":", "!", "?", "/")) and not is_form_blank(text):
            message = "Đoạn văn bị ngắt đôi: dòng dưới là phần tiếp của đoạn trên."
            yield Fault(
                message, where(two), f"{text[-20:]} ¶ {following[:20]}", "nối thành một đoạn"
            )


_SPACES = (
    (
        re.compile(r"[^\W\d_][ \u00a0]+[,;:]|[^\W\d_)”][ \u00a0]+\.(?=\s*$)"),
        "Thừa dấu cách trước dấu câu.",
    ),
    (re.compile(r"\([ \u00a0]+\w|\w[ \u00a0]+\)"), "Thừa dấu cách trong ngoặc đơn."),
    (re.compile(r"[^\W\d_][,;][^\W\d_]"), "Thiếu dấu cách sau dấu câu."),
    (re.compile(r"[^\s.…_][ \u00a0]{2,}[^\s.…_/]"), "Thừa dấu cách giữa hai từ."),
)


def stray_spaces(paper: Paper) -> Iterator[Fault]:
    """VB-05: spaces before marks, inside brackets, doubled; a mark without the space after it."""
    for para in _once([*paper.bases, *paper.body]):
        if is_form_blank(para.text):
            continue
        for pattern, message in _SPACES:
            found = pattern.search(para.text.strip())
            if found:
                right = re.sub(r"\s+(?=[,;:.)])|(?<=\()\s+", "", found.group())
                right = re.sub(r"\s{2,}", " ", re.sub(r"([,;])(?=\w)", r"\1 ", right))
                yield Fault(message, where(para), found.group(), right)


_TONED = re.compile(
    r"(?i)\b[^\W\d_]*(?:[oO][àảãáạèẻẽéẹ]|(?<![qQ])[uU][ỳỷỹýỵ]|[òỏõóọ][ae]|[ùủũúụ]y)\b"
)


def tone_style(paper: Paper) -> Iterator[Fault]:
    """VB-06: old and new places of the tone mark mixed (``thoả``, ``hòa``)."""
    old: list[tuple[Para, str]] = []
    new: list[tuple[Para, str]] = []
    for para, found in _each(paper, _TONED):
        word = found.group()
        (old if modern_tone(word) != word else new).append((para, word))
    if old and new:
        fewer = old if len(old) <= len(new) else new
        message = "Kiểu đặt dấu thanh không thống nhất trong văn bản."
        for para, word in fewer[:_MOST]:
            right = modern_tone(word) if fewer is old else "kiểu đặt dấu như các chỗ khác"
            yield Fault(message, where(para), word, right)


_ALIKE = re.compile("[ÐƉð\u200b-\u200f\u00ad\ufeff\u2060\ufffd]")


def look_alikes(paper: Paper) -> Iterator[Fault]:
    """VB-07: Ð or ð for Đ, đ; invisible marks; damaged letters."""
    for para in paper.view.paras:
        found = _ALIKE.search(para.text)
        if found:
            mark = found.group()
            shown = mark if mark in "ÐƉð" else f"ký tự ẩn U+{ord(mark):04X}"
            yield Fault(
                "Có chữ cái trông giống hoặc ký tự ẩn.",
                where(para),
                shown,
                "Đ, đ" if mark in "ÐƉð" else "bỏ ký tự ẩn",
            )


@lru_cache(maxsize=1)
def _capitals() -> re.Pattern[str]:
    keys = sorted(map(re.escape, _table("capitals")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(keys)})(?!\w)")


def name_capitals(paper: Paper) -> Iterator[Fault]:
    """VB-08: names of bodies and places as ND30 PL II writes them."""
    table = _table("capitals")
    boxes = [paper.place_date.para] if paper.place_date is not None else []
    for para in _once([*boxes, *prose(paper)]):
        for found in _capitals().finditer(para.text):
            message = "Viết hoa chưa đúng tên cơ quan, tổ chức, địa danh."
            yield Fault(message, where(para), found.group(), table[found.group()])


@lru_cache(maxsize=1)
def _small() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _list("words")), key=len, reverse=True))
    before = "".join(rf"(?<!{re.escape(word)}\s)" for word in _list("except_before"))
    after = "|".join(map(re.escape, _list("except_after")))
    return re.compile(rf"(?<=\s){before}(?P<word>{words})(?!\w)(?!\s+(?:-|(?:{after})\b))")


def common_capitals(paper: Paper) -> Iterator[Fault]:
    """VB-09: a common word with a capital in the middle of a sentence (``các huyện, Thành phố``).

    A post keeps its capital after the name of the person who holds it, a word of a registered name within it (PL II).
    """
    posts = frozenset(_list("posts"))
    for para, found in _each(paper, _small()):
        before = para.text[: found.start()]
        ahead = before.rstrip()[-1:]
        if is_caps(para.text) or not (ahead == "," or ahead.islower()):
            continue
        if (found["word"] in posts and NAMED.search(before)) or IN_COMPANY.search(before):
            continue
        word = found["word"]
        right = word[:1].lower() + word[1:]
        yield Fault("Từ chung ở giữa câu viết chữ thường.", where(para), word, right)


@lru_cache(maxsize=1)
def _slips() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), right) for pattern, right in _table("slips").items())


def slips(paper: Paper) -> Iterator[Fault]:
    """VB-10: slips that spell another word, missing commas in set phrases."""
    for para in prose(paper):
        for pattern, right in _slips():
            found = pattern.search(para.text)
            if found:
                context = para.text[found.start() : found.end() + 12].strip()
                yield Fault(
                    "Nghi sai chính tả hoặc thiếu từ, thiếu dấu phẩy.",
                    where(para),
                    context,
                    right.strip(),
                )


# `Chức vụ: Chuyên viên`: a line of a form ends without a mark (models 1.7 to 1.9).
_LABELLED = re.compile(r"^[^.:;,]{2,40}:\s?[^.;]{1,200}$")


def unfinished(paper: Paper) -> Iterator[Fault]:
    """VB-11: a paragraph of text without a mark at its end."""
    for para, following in pairwise([*paper.body, None]):
        if para is None or is_form_blank(para.text):
            continue
        item = item_of(para)
        text = para.text.strip()
        if (
            (ends_sentence(text) and not text.endswith(")"))
            or item.level < Level.CLAUSE
            or item.level is Level.TITLE
        ):
            continue
        goes_on = following is not None and following.text.strip()[:1].islower()
        heading = item.level in {Level.CLAUSE, Level.POINT, Level.TEXT} and _heads(para, following)
        if text.endswith(("./.", ".)", ".”")) or goes_on or heading or _LABELLED.match(text):
            continue
        yield Fault("Cuối đoạn thiếu dấu câu.", where(para), text[-20:], f"{text[-12:]}.")


def _heads(para: Para, following: Para | None) -> bool:
    """Whether an unfinished line is the title of what comes below it."""
    if following is None:
        return False
    inked = [run for run in para.runs if any(char.isalnum() for char in run.text)]
    if all(run.look.bold for run in inked):
        return True
    short = len(para.text.strip()) < 70 and not para.text.strip().endswith(")")  # noqa: PLR2004
    return short and item_of(para).level in {Level.CLAUSE, Level.POINT}


_SHORT = re.compile(r"(?<![\w-])(?:[A-ZĐƯƠ]{3,}|CĐ|BTV|BCH)(?![\w-])")
_USUAL = frozenset(
    ("TNHH", "MTV", "III", "VII", "VIII", "XII", "XIII", "XIV", "HTX", "THPT", "THCS")
)


def abbreviated_summary(paper: Paper) -> Iterator[Fault]:
    """VB-12: an abbreviation in the summary, before it was ever written out."""
    for piece in (*paper.subject, *paper.letter_subject):
        if is_caps(piece.text):
            continue
        for found in _SHORT.finditer(piece.text):
            if found.group() not in _USUAL:
                message = "Trích yếu không viết tắt; chữ viết tắt phải được viết đủ ở lần đầu."
                yield Fault(message, piece.where, found.group(), "viết đủ")


_MARKUP = re.compile(
    r"\*\*|\{\{|\}\}|\{%|%\}|</?[bip]>|&nbsp;|&amp;|#REF!|Error! |MERGEFIELD|None\b"
)


def markup(paper: Paper) -> Iterator[Fault]:
    """VB-13: marks of another program left in the text (``**``, ``{{ }}``, ``&nbsp;``)."""
    for para in paper.view.paras:
        found = _MARKUP.search(para.text)
        if found:
            yield Fault(
                "Còn sót ký hiệu của chương trình khác.", where(para), found.group(), "xóa ký hiệu"
            )


_TARGET = re.compile(
    r"(?i)(?<![/\d.,-])\b\d+(?:\.\d{3})*(?:,\d+)?\s*(?:%|(?:\([^)]{1,30}\)\s*)?(?!tháng|năm|ngày|giờ|phút|của|và|đến|nêu|kèm|thì)"
    r"(?:đoàn viên|công đoàn|cđcs|người|đơn vị|doanh nghiệp|công nhân|lao động|cuộc|lượt|lớp|buổi|đồng|triệu|tỷ|"
    r"nghiệp đoàn|ngôi|suất|phần|cán bộ|mô hình|hội nghị|đợt|bài|tin|xã|phường|huyện|[a-zà-ỹđ]+ viên))"
)
_NO_TARGET = re.compile(r"(?i)(?:số|điều|khoản|điểm|mục|tháng|năm|ngày|quý|lần thứ)\s*$")


def plan_targets(paper: Paper) -> Iterator[Fault]:
    """PLAN-01: a plan fixes targets; without one figure it is none (QĐ 933 Điều 8)."""
    texts = [para.text for para in paper.body]
    texts += [para.text for annex in paper.annexes for para in annex.paras]
    for text in texts:
        for found in _TARGET.finditer(text):
            if not _NO_TARGET.search(text[: found.start()]):
                return
    if any(
        para.cell and para.text.strip().isdigit() for annex in paper.annexes for para in annex.paras
    ):
        return
    place = paper.type_line.where if paper.type_line else where(paper.body[0])
    message = "Kế hoạch chưa có chỉ tiêu: không nêu con số nào phải đạt trong văn bản hoặc phụ lục."
    yield Fault(
        message,
        place,
        "không có số liệu chỉ tiêu",
        "chỉ tiêu cụ thể, ví dụ “kết nạp 900 đoàn viên”",
    )


def _any(paper: Paper) -> bool:
    return bool(paper.body or paper.bases)


def _plan(paper: Paper) -> bool:
    return paper.type_abbreviation == "KH" and bool(paper.body)


def _summed(paper: Paper) -> bool:
    return bool(paper.subject or paper.letter_subject)


RULES = (
    Rule("VB-01", "W", "Lỗi gõ", "Từ lặp", doubled, _any),
    Rule("VB-02", "W", "Chữ viết tắt", "Chữ viết tắt mất nét Đ", lost_stroke, _any),
    Rule("VB-03", "W", "ND30 PL II I", "Chữ hoa sau dấu chấm phẩy", after_semicolon, _any),
    Rule("VB-04", "W", "Lỗi gõ", "Đoạn bị ngắt đôi", broken, _any),
    Rule("VB-05", "W", "Lỗi gõ", "Dấu cách thừa, thiếu", stray_spaces, _any),
    Rule("VB-06", "W", "Chính tả", "Kiểu đặt dấu thanh không thống nhất", tone_style, _any),
    Rule("VB-07", "W", "TCVN 6909:2001", "Chữ trông giống, ký tự ẩn", look_alikes, _any),
    Rule("VB-08", "W", "ND30 PL II III, IV", "Viết hoa tên cơ quan, địa danh", name_capitals, _any),
    Rule("VB-09", "W", "ND30 PL II", "Từ chung viết hoa giữa câu", common_capitals, _any),
    Rule("VB-10", "W", "Chính tả", "Lỗi chính tả thường gặp", slips, _any),
    Rule("VB-11", "W", "Dấu câu", "Cuối đoạn thiếu dấu câu", unfinished, _any),
    Rule(
        "VB-12", "W", "ND30 PL I II.6", "Chữ viết tắt trong trích yếu", abbreviated_summary, _summed
    ),
    Rule("VB-13", "W", "Lỗi gõ", "Ký hiệu còn sót", markup, _any),
    Rule("PLAN-01", "W", "QĐ 933/QĐ-TLĐ Điều 8", "Kế hoạch có chỉ tiêu", plan_targets, _plan),
)
