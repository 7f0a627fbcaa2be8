"""Which form this is: by its code, by the keys of its controls, by its title and labels."""

from __future__ import annotations

from dataclasses import dataclass

from core.forms import FORMS, FormKind, form_of_code
from core.forms.identity import PROPERTY, FormCode, find_codes
from core.letters import clean_line
from intake.extract.labels import LabelIndex
from intake.extract.tables import find_list
from intake.extract.words import words_key
from intake.readers.raw import Cell, Line, RawForm
from intake.reading import Certainty, FormLookup, Issued, RecordRef

#: So much of a form's labels or keys must be there for its layout to speak for it.
_LIKELY = 0.45
#: With the title, or when a person said which form it is, this much is enough.
_ENOUGH = 0.2
#: The best must be so much better than the second.
_LEAD = 0.1
_TITLE_POINTS = 0.35


@dataclass(frozen=True, slots=True)
class Identity:
    """The form of a page, how sure that is, and its code and record where a code says so."""

    form: FormKind | None
    certainty: Certainty
    version: int = 0
    code: str | None = None
    record: RecordRef | None = None
    foreign: bool = False  # carries a code that this store did not make


def identify(
    raw: RawForm, *, expect: str | None = None, store: FormLookup | None = None
) -> Identity:
    """Recognise a form. ``expect`` is what a person said it is. Never raises."""
    codes = codes_of(raw)
    for code in codes:
        form = form_of_code(code.form)
        issued = store.issued(code) if store is not None else None
        if form is None or (store is not None and issued is None):
            continue
        return _known(form, code, issued)
    foreign = bool(codes) and store is not None
    scores = sorted(((_score(raw, form), form) for form in FORMS.values()), key=lambda one: -one[0])
    best, form = scores[0]
    second = scores[1][0]
    said = next((one for one in scores if one[1].kind == expect), None)
    if said is not None and said[0] >= _ENOUGH and said[0] >= best - _LEAD:
        return Identity(said[1], Certainty.LIKELY, said[1].version, foreign=foreign)
    if best >= _LIKELY and best - second >= _LEAD:
        return Identity(form, Certainty.LIKELY, form.version, foreign=foreign)
    return Identity(None, Certainty.UNKNOWN, foreign=foreign)


def _known(form: FormKind, code: FormCode, issued: Issued | None) -> Identity:
    record = issued.record if issued is not None else None
    return Identity(form, Certainty.KNOWN, code.version, str(code), record)


def codes_of(raw: RawForm) -> tuple[FormCode, ...]:
    """Codes in the properties, then those printed or drawn, each once."""
    texts = [raw.properties.get(PROPERTY, ""), *(code.text for code in raw.codes)]
    texts += [line.text for line in raw.lines]
    texts += [cell.text for table in raw.tables for cell in table.cells() if "." in cell.text]
    found: dict[FormCode, None] = {}
    for text in texts:
        found.update(dict.fromkeys(find_codes(text)))
    return tuple(found)


def title_of(text: str) -> FormKind | None:
    """The form whose title a line is: the same words, in capitals; the longest title wins."""
    line = clean_line(text)
    letters = [c for c in line if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return None
    words = words_key(line)
    best: tuple[int, FormKind] | None = None
    for form in FORMS.values():
        for title in form.titles:
            key = words_key(title)
            if words[: len(key)] == key and (best is None or len(key) > best[0]):
                best = (len(key), form)
    return best[1] if best else None


def _score(raw: RawForm, form: FormKind) -> float:
    """From 0 to about 1.35: the share of labels or keys found, and the title."""
    keys = {field.key for field in form.everything()}
    controlled = {
        control.key.removeprefix("rows.") for one in _places(raw) for control in one.controls
    } & keys
    if len(controlled) >= max(2, len(keys) // 3):
        return 1.0 + len(controlled) / (10 * len(keys))
    titled = any(
        title_of(text) is form for one in _places(raw) for text in (one.text, *one.text.split("\n"))
    )
    lists = find_list(raw, form)
    # A list's columns weigh like the fields; a form with a list lives by it.
    index = LabelIndex(form.fields)
    seen = set()
    for one in _places(raw):
        for piece in one.text.split("\n"):
            whole = index.whole(piece)
            if whole is not None:
                seen.add(whole.key)
            seen.update(hit.field.key for hit in index.scan(piece) if hit.strong)
    share = len(seen) / max(len(form.fields), 1)
    if form.columns:
        columns = len(set().union(*(part.keys for part in lists)) if lists else set())
        share = (share + 2 * columns / len(form.columns)) / 3
    return share + (_TITLE_POINTS if titled else 0.0)


def _places(raw: RawForm) -> list[Line | Cell]:
    return [*raw.lines, *(cell for table in raw.tables for cell in table.cells())]
