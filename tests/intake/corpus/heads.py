"""Labels and heads that people change: a slip of the finger, the birth date in a column of men or of women."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from core.forms import FormField

BIRTH = "Ngày, tháng, năm sinh"
#: Labels from this length on get a slip of the finger.
_LONG = 14


def by_gender(columns: Sequence[FormField]) -> list[FormField]:
    """The birth date in one of two columns, which says the gender (domain brief §5.c)."""
    keys = {column.key for column in columns}
    if not {"dob", "gender"} <= keys:
        return list(columns)
    made: list[FormField] = []
    for column in columns:
        if column.key == "dob":
            made += [
                replace(column, label_vi=label, labels=(), header=BIRTH) for label in ("Nam", "Nữ")
            ]
        elif column.key != "gender":
            made.append(column)
    return made


def typo(label: str, random: Random) -> str:
    """One letter left out or typed twice, in labels long enough to be known still."""
    words = label.split(" ")
    places = [at for at, word in enumerate(words) if len(word) > 3]
    if len(label) < _LONG or not places:
        return label
    at = random.choice(places)
    letter = random.randrange(1, len(words[at]))
    word = words[at]
    words[at] = word[:letter] + random.choice(("", word[letter] * 2)) + word[letter + 1 :]
    return " ".join(words)
