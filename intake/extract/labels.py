"""Finding the labels of a form in text: which field a printed label names, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from core.forms import FormField, get_form
from core.letters import clean_line, unaccent
from intake.extract.words import Word, marked_key, words_key, words_of

#: A label may be this alike and still be the same (measured: partial ratio 90 for text, 78 for OCR).
FUZZY_TEXT, FUZZY_SCAN = 90.0, 80.0
#: Shorter labels must be equal: too much looks like them.
_FUZZY_LENGTH = 9
_REMARK = re.compile(r"[%)\]]?\s*\([^()]{0,60}\)")
#: The same in another language, as foreign firms print it: “Mã số thuế / Tax code”.
_FOREIGN = re.compile(r"\s*[/|]\s*[A-Za-z][A-Za-z .,'’-]*$")
#: The words before a colon, from the beginning of the line or from what separates two labels.
_BEFORE_COLON = re.compile(r"(?:^|[;\t]|[.…_]{2,}| {2,})\s*(?P<label>[^:：;\t…]{9,90}?)\s*[:：]")
#: What ends a label: no label goes on behind it, but for those that are printed with a colon (“Trong đó: nữ”).
_END = re.compile(r"[:：\t]|[.…_]{2,}|…")
_AFTER = re.compile(r"[%)\]*]{0,2}\s*(?:(?:là|gồm)\s*(?=[:：]))?(?:[:：]|[.…_]{2,}|…|\t)")
#: A letter is a number only before a gap: ``D.tộc`` and ``Q.quán`` are labels.
NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,2}[.)]|(?:\(?[a-zđ]|[IVX]{1,5})(?:\)|\.(?=\s|$))|[-–+*•▪○])\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A label in a text: its field and the span from the label's first letter to where its value begins."""

    field: FormField
    start: int
    end: int
    strong: bool  # followed by a colon, leader dots or the end


class LabelIndex:
    """All labels of some fields, for whole-text and running-text look-up. Immutable once made."""

    def __init__(self, fields: Iterable[FormField]) -> None:
        self._exact: dict[tuple[str, ...], list[tuple[FormField, str]]] = {}
        for field in fields:
            for label in (field.label_vi, *field.labels):
                entry = (field, marked_key(label))
                self._exact.setdefault(words_key(label), []).append(entry)
        self._longest = max((len(key) for key in self._exact), default=0)

    def whole(self, text: str, *, fuzzy: float = FUZZY_TEXT) -> FormField | None:
        """The field whose label the text is, numbering, unit in brackets and colon aside."""
        line = _bare(text)
        if not line:
            return None
        found = self._choose(words_key(line), line)
        if found is None:
            shorter = _REMARK.sub("", line)
            found = self._choose(words_key(shorter), shorter) if shorter != line else None
        if found is None and (own := _FOREIGN.sub("", line)) != line:
            found = self._choose(words_key(own), own)
        return found or self._alike(line, fuzzy)

    def exact(self, text: str) -> FormField | None:
        """The field whose label the text is in so many words, numbering and colon aside."""
        line = _bare(text)
        return self._choose(words_key(line), line) if line else None

    def scan(self, text: str) -> list[Hit]:
        """The labels in a running line, left to right, the longest first at each place."""
        words = words_of(text)
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            hit = self._at(text, words, at)
            if hit is None:
                at += 1
                continue
            hits.append(hit)
            while at < len(words) and words[at].start < hit.end:
                at += 1
        return self._with_misspelt(text, hits)

    def _with_misspelt(self, text: str, hits: list[Hit]) -> list[Hit]:
        """What stands before a colon and is nearly a label, where no label was found."""
        for match in _BEFORE_COLON.finditer(text):
            start, end = match.span("label")
            over = [hit for hit in hits if hit.start < match.end() and start < hit.end]
            if any(hit.strong for hit in over):
                continue
            field = self._alike(_bare(text[start:end]), FUZZY_TEXT)
            if field is not None:
                # “Người đại diện theo pháp lut:” is more than the “Người đại diện” that it begins with.
                kept = [hit for hit in hits if hit not in over and hit.field is not field]
                hits = [*kept, Hit(field, start, match.end(), strong=True)]
        return sorted(hits, key=lambda hit: hit.start)

    def _at(self, text: str, words: Sequence[Word], at: int) -> Hit | None:
        if at and words[at].start == words[at - 1].start:
            return None  # in the middle of an abbreviation
        for length in range(min(self._longest, len(words) - at), 0, -1):
            last = words[at + length - 1]
            if at + length < len(words) and words[at + length].start == last.start:
                continue
            key = tuple(word.key for word in words[at : at + length])
            start = words[at].start
            field = self._choose(key, text[start : last.end])
            if field is None or (_END.search(text, start, last.end) and not _has_colon(field)):
                continue
            hit = _placed(text, field, start, last.end)
            if hit is not None:
                return hit
        return None

    def _choose(self, key: tuple[str, ...], written: str) -> FormField | None:
        """The field of a key. Where marks alone tell fields apart, they decide; without marks the first declared."""
        entries = self._exact.get(key)
        if not entries:
            return None
        marked = marked_key(written)
        for field, label in entries:
            if label == marked:
                return field
        if len(entries) > 1 or len(unaccent(marked)) <= 2:  # noqa: PLR2004 - DT is not ĐT
            return next((field for field, label in entries if unaccent(label) == marked), None)
        return entries[0][0]

    def _alike(self, line: str, least: float) -> FormField | None:
        """The one field whose label is nearly the text; None where two are as near."""
        text = " ".join(words_key(line))
        if len(text) < _FUZZY_LENGTH:
            return None
        best: list[tuple[float, FormField]] = []
        for key, entries in self._exact.items():
            label = " ".join(key)
            if len(label) >= _FUZZY_LENGTH:
                best.append((fuzz.ratio(text, label), entries[0][0]))
        best.sort(key=lambda one: -one[0])
        if not best or best[0][0] < least:
            return None
        rivals = {
            id(field) for score, field in best if score > best[0][0] - 3 and field is not best[0][1]
        }
        return None if rivals else best[0][1]


@lru_cache(maxsize=64)
def index_of(form: str) -> LabelIndex:
    """The labels of a form kind's fields, made once."""
    return LabelIndex(get_form(form).fields)


def _has_colon(field: FormField) -> bool:
    return any(":" in label for label in (field.label_vi, *field.labels))


def _bare(text: str) -> str:
    line = NUMBERING.sub("", clean_line(text))
    return re.sub(r"[\s:：.…_*]+$", "", line)


def _placed(text: str, field: FormField, start: int, end: int) -> Hit | None:
    """A label counts at the beginning of a line or after a separator, or anywhere with a colon after it."""
    remark = _REMARK.match(text, end)
    closed = remark.end() if remark else end
    after = _AFTER.match(text, closed)
    before = text[:start]
    opens = not before.strip() or bool(NUMBERING.fullmatch(before))
    separated = opens or bool(re.search(r"(?:[;,|]|[.…_]{2,}|\t| {2,}|\s[-–])\s*$", before))
    at_end = not text[closed:].strip()
    if after is not None:
        colon = after.group()[-1] in {":", "："}
        if separated or (colon and text[start].isupper()):
            return Hit(field, start, after.end() if colon else closed, strong=True)
        return None
    if at_end and opens:
        return Hit(field, start, len(text), strong=True)
    return Hit(field, start, closed, strong=False) if opens else None
