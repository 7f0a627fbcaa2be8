"""How much of one text another text says: sentences, content words, and where they are found. For tests.

Two papers say the same although one is mended: spelling, capitals, abbreviations written out, dates in long
form, a long paragraph cut into points. So sentences are folded, stripped of joining words and looked for,
in order, among the paragraphs of the other text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.dates import format_long, parse_date
from core.text import fold, nfc

#: Joining words that carry no statement of their own.
STOP = frozenset(
    (
        *(
            "và",
            "các",
            "của",
            "cho",
            "tại",
            "về",
            "việc",
            "được",
            "là",
            "để",
            "đến",
            "có",
            "theo",
            "với",
        ),
        *("trong", "trên", "như", "sau", "từ", "vào", "những", "một", "số", "./."),
    )
)

# Abbreviations are written out before the comparison; BCD is BCĐ with its stroke lost.
_SHORT = (
    ("BCD", "Ban Chỉ đạo"),
    ("BCĐ", "Ban Chỉ đạo"),
    ("PTĐV", "phát triển đoàn viên"),
    ("CĐCS", "công đoàn cơ sở"),
    ("LĐLĐ", "Liên đoàn Lao động"),
)
_DATE = re.compile(r"(?:ngày\s+)?\b(\d{1,2}/\d{1,2}/\d{4})\b")
_NUMBERED = re.compile(r"^(?:[IVX]+\.|\d+\.|[a-zđ]\)|-)\s+")
_WORD = re.compile(r"[^\s,;:()“”\"'*]+")
_SYMBOL_GAP = re.compile(r"(?<=\d)\s*([/-])\s*(?=[A-ZĐ]{2})")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a sentence was found: index of the first paragraph, and the share of its words that are there."""

    sentence: str
    place: int
    share: float


def paragraphs(text: str) -> list[str]:
    """Lines of a flattened paper; a line that goes on with a small letter is joined to the one before."""
    joined: list[str] = []
    for raw in nfc(text).splitlines():
        line = raw.strip().strip("*").strip()
        if not line:
            continue
        goes_on = line[0].islower() and joined and joined[-1][-1] not in ".;:,!?/"
        if goes_on:
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def sentences(paragraph: str) -> list[str]:
    """Statements of a paragraph: cut at full stops and semicolons, list marks taken off."""
    bare = _NUMBERED.sub("", paragraph)
    return [part.strip() for part in re.split(r"(?<=[.;])\s+", bare) if part.strip(" .;")]


def words(text: str, *, mends: Sequence[tuple[str, str]] = ()) -> list[str]:
    """Content words (syllables) in one spelling, without joining words. ``mends``: known slips, set right."""
    plain = _SYMBOL_GAP.sub(r"\1", _NUMBERED.sub("", text))
    for wrong, right in mends:
        plain = re.sub(wrong, right, plain)
    for short, full in _SHORT:
        plain = re.sub(rf"(?<![\w/-]){short}(?!\w)", full, plain)
    plain = _DATE.sub(lambda found: _long(found[1]), plain)
    folded = (fold(word.strip(".-–/")) for word in _WORD.findall(plain))
    return [word for word in folded if word and word not in _FOLDED_STOP]


_FOLDED_STOP = frozenset(fold(word) for word in STOP)


def _long(short: str) -> str:
    return format_long(parse_date(short))  # type: ignore[arg-type]


def share(wanted: Sequence[str], given: Counter[str]) -> float:
    """Share of the wanted words, counted with repetition, that are among the given ones."""
    counts = Counter(wanted)
    return sum(min(count, given[word]) for word, count in counts.items()) / max(len(wanted), 1)


def find_in_order(
    wanted: Sequence[str],
    ours: Sequence[str],
    *,
    threshold: float,
    mends: Sequence[tuple[str, str]] = (),
) -> list[Found]:
    """Find each sentence in one paragraph or two neighbours, never before the place of the sentence before it.

    The first place that reaches the threshold is taken, so if any order-keeping assignment exists this finds
    one. A sentence that reaches it nowhere is reported at its best place with that share, and leaves the
    place of the next one alone.
    """
    bags = [Counter(words(line)) for line in ours]
    pairs = [bag + (bags[i + 1] if i + 1 < len(bags) else Counter()) for i, bag in enumerate(bags)]
    at = 0
    result: list[Found] = []
    for sentence in wanted:
        need = words(sentence, mends=mends)
        if not need:
            continue
        shares = [(share(need, pairs[i]), i) for i in range(at, len(pairs))]
        hit = next((i for value, i in shares if value >= threshold), None)
        if hit is None:
            value, place = max(shares, key=lambda entry: (entry[0], -entry[1]))
            result.append(Found(sentence, place, value))
            continue
        result.append(Found(sentence, hit, shares[hit - at][0]))
        at = hit
    return result
