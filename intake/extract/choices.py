"""Closed lists and yes or no: by their words, by ticked boxes, by a control's stored value."""

from __future__ import annotations

import re
from functools import lru_cache

from core.forms import FormField, Option
from core.letters import clean_line, fold, unaccent
from intake.extract.found import Found
from intake.extract.values import Doubt, Meaning
from intake.extract.words import words_key

_TICKED = "☒☑✓✔✗✘🗹■"
_BOX = re.compile(r"(?P<box>[☒☑✓✔✗✘🗹■☐□]|\[\s*[xX✓vV]?\s*\]|\(\s*[xX✓]\s*\))\s*")
_YES = frozenset(
    [
        "có",
        "x",
        "✓",
        "✔",
        "v",
        "đã có",
        "rồi",
        "đã",
        "đúng",
        "yes",
        "true",
        "1",
        "☒",
        "☑",
        "đủ",
        "đạt",
        "trúng cử",
        "đắc cử",
        "đã thành lập",
        "có rồi",
        "đủ điều kiện",
    ]
)
_NO = frozenset(
    [
        "không",
        "chưa",
        "chưa có",
        "không có",
        "ko",
        "no",
        "false",
        "0",
        "☐",
        "□",
        "chưa thành lập",
        "không đủ",
        "chưa đủ",
        "không đạt",
        "không trúng cử",
        "không đủ điều kiện",
        "chưa đủ điều kiện",
    ]
)
_YES_BARE, _NO_BARE = (frozenset(map(unaccent, words)) for words in (_YES, _NO))


def _ticks(raw: str) -> list[tuple[bool, str]] | None:
    """``☐ Nam ☒ Nữ`` as pairs of ticked and words; None where there are no boxes."""
    marks = list(_BOX.finditer(raw))
    if not marks:
        return None
    pairs = []
    for at, mark in enumerate(marks):
        stop = marks[at + 1].start() if at + 1 < len(marks) else len(raw)
        ticked = bool(re.search(rf"[{_TICKED}xXvV]", mark["box"]))
        pairs.append((ticked, raw[mark.end() : stop].strip(" ;,.:")))
    if not pairs[0][1] and raw[: marks[0].start()].strip():
        # The box stands after its words: Nam ☐ Nữ ☒
        words = [
            raw[(marks[at - 1].end() if at else 0) : mark.start()] for at, mark in enumerate(marks)
        ]
        pairs = [
            (ticked, word.strip(" ;,.:")) for (ticked, _), word in zip(pairs, words, strict=True)
        ]
    return pairs


def has_boxes(text: str) -> bool:
    """Whether a text has boxes to tick."""
    return bool(_BOX.search(text))


def only_offers(text: str) -> bool:
    """Whether a text is nothing but choices to tick, none of them ticked: ``☐ Nam ☐ Nữ``."""
    pairs = _ticks(text)
    return pairs is not None and all(word and not ticked for ticked, word in pairs)


def read_enum(field: FormField, found: Found, raw: str) -> Meaning:
    """The code that a control holds, that a box is ticked for, or that the words name."""
    codes = {option.code for option in field.options}
    if found.choice in codes:
        return Meaning(found.choice, raw or str(found.choice))
    pairs = _ticks(raw)
    if pairs is not None:
        ticked = [word for chosen, word in pairs if chosen]
        if not ticked:
            return Meaning(None, "")
        if len(ticked) > 1:
            return Meaning(
                None, raw, (Doubt("several_ticked", f"Đánh dấu nhiều ô: {', '.join(ticked)}."),)
            )
        raw = ticked[0]
    code = option_of(field.options, raw)
    if code is None:
        return Meaning(
            None, raw, (Doubt("not_in_list", f"“{raw}” không có trong danh mục của mục này."),)
        )
    return Meaning(code, raw)


def option_of(options: tuple[Option, ...], text: str) -> str | None:
    """The code of the option that a text names, by its words with marks, then without; None for none or two."""
    line = clean_line(text).strip(" .;,:")
    if line in {option.code for option in options}:
        return line
    for key in (_marked, _plain_words, _together):
        wanted = key(line)
        hits = {
            option.code
            for option in options
            for word in (option.label_vi, *option.variants)
            if wanted and key(word) == wanted
        }
        if len(hits) == 1:
            return hits.pop()
    return _beginning(options, line)


@lru_cache(maxsize=5_000)
def _marked(text: str) -> str:
    return fold(text, fold_iy=True)


def _plain_words(text: str) -> str:
    return " ".join(words_key(text))


def _together(text: str) -> str:
    return "".join(words_key(text))


def _beginning(options: tuple[Option, ...], line: str) -> str | None:
    """``Đang hoạt động bình thường, có mở rộng``: the label of one option, then more words."""
    lengths: dict[str, int] = {}
    for option in options:
        for word in (option.label_vi, *option.variants):
            if _begins(line, word):
                lengths[option.code] = max(lengths.get(option.code, 0), len(words_key(word)))
    longest = max(lengths.values(), default=0)
    best = [code for code, length in lengths.items() if length == longest]
    return best[0] if len(best) == 1 and longest > 1 else None


def _begins(text: str, label: str) -> bool:
    words, wanted = words_key(text), words_key(label)
    return bool(wanted) and words[: len(wanted)] == wanted


def read_boolean(_field: FormField, found: Found, raw: str) -> Meaning:
    """Yes or no by a check box, a workbook's own value, a ticked box or a word."""
    if found.checked is not None:
        return Meaning(found.checked, raw)
    if isinstance(found.native, bool):
        return Meaning(found.native, raw)
    pairs = _ticks(raw)
    if pairs is not None:
        return _ticked_boolean(pairs, raw)
    key = fold(raw).strip(" .;,:")
    key = re.sub(r"^[-–+•]\s*(?=\w)", "", key)
    if key in _YES or unaccent(key) in _YES_BARE:
        return Meaning(value=True, raw=raw)
    if key in _NO or unaccent(key) in _NO_BARE:
        return Meaning(value=False, raw=raw)
    if key in {"-", "–", "//"}:
        return Meaning(None, raw)
    first = re.split(r"[,;.(]|\s-\s", key)[0].strip()
    if first in _YES or first in _NO:
        return Meaning(first in _YES, raw)
    return Meaning(None, raw, (Doubt("not_yes_no", f"“{raw}” không rõ là có hay không."),))


def _ticked_boolean(pairs: list[tuple[bool, str]], raw: str) -> Meaning:
    if len(pairs) == 1 and not pairs[0][1]:
        return Meaning(pairs[0][0], raw)
    ticked = [word for chosen, word in pairs if chosen]
    if not ticked:
        return Meaning(None, "")
    if len(ticked) > 1:
        return Meaning(None, raw, (Doubt("several_ticked", "Đánh dấu cả hai ô có và không."),))
    key = fold(ticked[0])
    if key in _YES or key in _NO:
        return Meaning(key in _YES, raw)
    return Meaning(None, raw, (Doubt("not_yes_no", f"“{ticked[0]}” không rõ là có hay không."),))
