"""Which form this is: by its code, by the keys of its controls, by its title and labels."""

from __future__ import annotations

from dataclasses import dataclass

from core.forms import FORMS, FormKind, form_of_code
from core.forms.identity import PROPERTY, FormCode, find_codes
from core.letters import clean_line
from intake.extract.labels import index_of
from intake.extract.tables import find_list
from intake.extract.words import words_key
from intake.readers.raw import Cell, Line, RawForm
from intake.reading import Certainty

#: So much of a form's labels or keys must be there for its layout to speak for it.
_LIKELY = 0.45
#: With the title, or when a person said which form it is, this much is enough.
_ENOUGH = 0.2
#: The best must be so much better than the second.
_LEAD = 0.1
_TITLE_POINTS = 0.35


@dataclass(frozen=True, slots=True)
class Identity:
    """The form of a page, how sure that is, and its code."""

    form: FormKind | None
    certainty: Certainty
    version: int = 0
    code: str | None = None
    foreign: bool = False  # carries a code that this store did not make


def identify(raw: RawForm, *, expect: str | None = None, ignore_codes: bool = False) -> Identity:
    """Recognise a form. ``expect`` is what a person said it is; ``ignore_codes``: its store disowns the code.

    Never raises. Codes of no form of ours are foreign and ignored.
    """
    codes = [
        (code, form) for code in codes_of(raw) if (form := form_of_code(code.form)) is not None
    ]
    if codes and not ignore_codes:
        code, form = codes[0]
        return Identity(form, Certainty.KNOWN, code.version, str(code))
    foreign = bool(codes)
    titled = _titles(raw)
    if len(titled) == 1 and (expect is None or expect in titled):
        # The usual case: one title of ours, and the labels to go with it.
        form = FORMS[next(iter(titled))]
        if _score(raw, form, titled=True) >= _LIKELY:
            return Identity(form, Certainty.LIKELY, form.version, foreign=foreign)
    scores = sorted(
        ((_score(raw, form, titled=form.kind in titled), form) for form in FORMS.values()),
        key=lambda one: -one[0],
    )
    best, form = scores[0]
    second = scores[1][0]
    said = next((one for one in scores if one[1].kind == expect), None)
    if said is not None and said[0] >= _ENOUGH and said[0] >= best - _LEAD:
        return Identity(said[1], Certainty.LIKELY, said[1].version, foreign=foreign)
    if best >= _LIKELY and best - second >= _LEAD:
        return Identity(form, Certainty.LIKELY, form.version, foreign=foreign)
    return Identity(None, Certainty.UNKNOWN, foreign=foreign)


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
    letters = [c for c in text if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < _CAPITALS * len(letters):
        return None
    words = words_key(clean_line(text))
    for length in range(min(len(words), _LONGEST_TITLE), 0, -1):
        kind = _TITLES.get(words[:length])
        if kind is not None:
            return FORMS[kind]
    return None


_CAPITALS = 0.8
_TITLES = {words_key(title): form.kind for form in FORMS.values() for title in form.titles}
_LONGEST_TITLE = max(map(len, _TITLES))


def _titles(raw: RawForm) -> set[str]:
    """Kinds of the forms whose title stands somewhere."""
    found = set()
    for one in _places(raw):
        for text in dict.fromkeys((one.text, *one.text.split("\n"))):
            form = title_of(text)
            if form is not None:
                found.add(form.kind)
    return found


def _score(raw: RawForm, form: FormKind, *, titled: bool) -> float:
    """From 0 to about 1.35: the share of labels or keys found, and the title."""
    keys = {field.key for field in form.everything()}
    controlled = {
        control.key.removeprefix("rows.") for one in _places(raw) for control in one.controls
    } & keys
    if len(controlled) >= max(2, len(keys) // 3):
        return 1.0 + len(controlled) / (10 * len(keys))
    lists = find_list(raw, form)
    # A list's columns weigh like the fields; a form with a list lives by it.
    index = index_of(form.kind)
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
