"""Line breaks for names and summaries, by the width of text in Times New Roman. Pure.

A clerk breaks `LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU` before `TỈNH`, not where the column ends. The functions
here choose such a break and keep the longest line within two to three times the rule drawn under it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, combinations, pairwise

from core.typeface import text_width
from docgen.kinds.layout import (
    HEADER_LEFT,
    LETTER_SUBJECT_SIZE,
    ORG_RULE,
    ORG_SIZE,
    SIGNER_SIZE,
    SIGNER_WIDTH,
    SUBJECT_RULE,
    SUBJECT_SIZE,
)

# A line may well begin with these ...
_GOOD_STARTS = (
    "tỉnh", "huyện", "thành phố", "xã", "phường", "thị trấn", "công ty", "hợp tác xã", "doanh nghiệp",
    "công đoàn cơ sở", "nhiệm kỳ", "việt nam", "phát triển", "ngành", "chi nhánh", "trực thuộc", "và ra mắt",
    "thành lập", "chủ tịch", "thường trực", "liên đoàn", "năm", "khóa", "lần thứ", "trường", "bệnh viện",
)  # fmt: skip
# ... and must not fall apart inside these.
_PHRASES = (
    "công đoàn cơ sở", "công đoàn", "công ty tnhh mtv", "công ty tnhh", "công ty cổ phần", "công ty",
    "một thành viên", "ban chấp hành", "nông lâm nghiệp", "lâm nghiệp", "nông nghiệp", "du lịch", "dược liệu",
    "ban thường vụ", "ban chỉ đạo", "tổng liên đoàn lao động", "liên đoàn lao động",
    "lao động", "lâm thời", "việt nam", "về việc", "thành lập",
    "công nhận", "chỉ định", "quyết định", "chủ tịch", "phó chủ tịch", "ủy ban kiểm tra", "đoàn viên", "phát triển",
    "thường trực", "trưởng ban", "phó trưởng ban", "chính sách pháp luật", "quan hệ lao động", "tuyên giáo - nữ công",
    "tổ chức - kiểm tra",
    "hợp tác xã", "thành phố", "thương mại", "xây dựng", "dịch vụ", "nhiệm kỳ", "giới thiệu", "lễ công bố", "ra mắt",
    "công đoàn việt nam", "chủ nhiệm", "phó chủ nhiệm", "kết nạp", "giải thể", "sáp nhập", "chuyển giao", "tiếp nhận",
    "khảo sát", "đoàn khảo sát", "tổ khảo sát", "vận động", "công nhân lao động",
    "giáo dục", "y tế", "lai châu", "tam đường", "ban vận động", "chỉ tiêu", "phân công", "doanh nghiệp",
)  # fmt: skip


_GOOD_STARTS_WHOLE = tuple(f"{start} " for start in _GOOD_STARTS)
_GOOD_FIRST_WORDS = frozenset(start.split()[0] for start in _GOOD_STARTS)
_PHRASES_BY_WORD: dict[str, list[list[str]]] = {}
for _phrase in _PHRASES:
    _PHRASES_BY_WORD.setdefault(_phrase.split()[0], []).append(_phrase.split())

_DATE_WORDS = 6  # ngày 02 tháng 5 năm 2024


def _is_number(words: list[str], index: int) -> bool:
    return index < len(words) and words[index].isdigit()


def _inner_breaks(words: list[str]) -> set[int]:
    """Positions (before word i) that would tear a fixed phrase, a year range or a proper name's dash."""
    low = [word.strip(",;.").casefold() for word in words]
    torn: set[int] = set()
    for start, first in enumerate(low):
        for parts in _PHRASES_BY_WORD.get(first, ()):
            if low[start : start + len(parts)] == parts:
                torn.update(range(start + 1, start + len(parts)))
    for index, word in enumerate(words):
        if word in {"-", "–"}:
            torn.update({index, index + 1})
        if low[index] in {"tỉnh", "huyện", "xã", "phường", "năm", "kỳ"}:
            torn.add(index + 1)
        if low[index] == "ngày" and _is_number(low, index + 1):
            torn.update(range(index + 1, index + _DATE_WORDS))
    return torn


def _starts_well(words: list[str], index: int) -> bool:
    if words[index].casefold() not in _GOOD_FIRST_WORDS:
        return False
    rest = " ".join(words[index : index + 4]).casefold() + " "
    return rest.startswith(_GOOD_STARTS_WHOLE)


def _lines(words: list[str], breaks: Iterable[int]) -> list[str]:
    edges = [0, *breaks, len(words)]
    return [" ".join(words[a:b]) for a, b in pairwise(edges)]


#: What a line more costs, against the faults of a break.
_BREAK = 150


class _Costs:
    """Cost of a set of breaks; widths are summed once, since a long summary has thousands of sets."""

    def __init__(
        self, words: list[str], *, rule: float, least: float, size: float, bold: bool
    ) -> None:
        space = text_width(" ", size=size, bold=bold)
        ends = accumulate(text_width(word, size=size, bold=bold) + space for word in words)
        self._edges = [0.0, *ends]
        self._space = space
        self._rule = rule
        self._least = least
        self.torn = _inner_breaks(words)
        self._count = len(words)
        self._faults = [
            (index in self.torn) * 400 + (not _starts_well(words, index)) * 60
            for index in range(len(words))
        ]

    def __call__(self, breaks: tuple[int, ...]) -> tuple[float, float]:
        """How far the longest line is outside the range, then how ill the break reads."""
        edges = (0, *breaks, self._count)
        widths = [self._edges[b] - self._edges[a] - self._space for a, b in pairwise(edges)]
        longest = max(widths)
        outside = max(0.0, longest - 3 * self._rule) * 10 + max(0.0, self._least - longest)
        faults = sum([self._faults[index] for index in breaks])
        return outside, len(breaks) * _BREAK + faults + (longest - min(widths)) * 0.3

    def best(self, positions: list[int], lines: int) -> tuple[int, ...]:
        """The cheapest breaks at these positions into at most so many lines; of equals the first and fewest.

        No trial with more breaks once they alone would cost more than the best so far.
        """
        chosen: tuple[int, ...] = ()
        least = self(chosen)
        for count in range(1, min(lines, len(positions) + 1)):
            if least < (0.0, count * _BREAK):
                break
            cheapest = min(combinations(positions, count), key=self)
            if (cost := self(cheapest)) < least:
                chosen, least = cheapest, cost
        return chosen

    def filled(self) -> tuple[int, ...]:
        """Breaks of a text too long for any trial: no line over three times the rule, else the same costs.

        Empty for a text with a word that is too long by itself.
        """
        room = 3 * self._rule
        ends: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
        for end in range(1, self._count + 1):
            reached = [
                (before + self._line_cost(start, room - width), (*breaks, start))
                for start, (before, breaks) in enumerate(ends)
                if (width := self._edges[end] - self._edges[start] - self._space) <= room
            ]
            ends.append(min(reached, default=(float("inf"), ())))
        total, breaks = ends[-1]
        return breaks[1:] if total < float("inf") else ()

    def _line_cost(self, start: int, left: float) -> float:
        """Cost of a line that begins at a word and leaves so much room."""
        return _BREAK + (self._faults[start] if start else 0) + left * 0.3


#: With more places than these a fifth line would cost too many trials.
_MOST_PLACES = 36


@lru_cache(maxsize=4096)
def wrap_for_rule(
    text: str,
    *,
    rule: float,
    size: float,
    bold: bool = True,
    most: int = 4,
    least: float | None = None,
) -> str:
    """Break ``text`` with line feeds so that its longest line is two to three times ``rule`` (points).

    Fewest lines win, then whole phrases, good line starts and even lengths. A text that cannot be
    brought into the range (a single short name, one endless word) comes back as near to it as it goes.
    ``least`` is the width that the longest line must have, where it isn't twice the rule.
    """
    words = text.split()
    if not words:
        return ""
    shortest = 2 * rule if least is None else least
    cost = _Costs(words, rule=rule, least=shortest, size=size, bold=bold)

    whole = [index for index in range(1, len(words)) if index not in cost.torn]
    chosen = cost.best(whole, most)
    if cost(chosen)[0] > 0 and len(whole) <= _MOST_PLACES:
        chosen = cost.best(whole, most + 1)  # a line more rather than a torn phrase
    if cost(chosen)[0] > 0:
        chosen = cost.best(list(range(1, len(words))), most)
    if cost(chosen)[0] > 0:
        chosen = cost.filled() or chosen  # as many lines as it takes
    return "\n".join(_lines(words, chosen))


def wrap_org_name(name: str, *, bold: bool = True) -> str:
    """Name of a body for box 2 of the header, broken where a clerk would (ND30 PL I II.2b)."""
    return wrap_for_rule(name, rule=ORG_RULE, size=ORG_SIZE, bold=bold)


def wrap_signing_line(line: str) -> str:
    """A post too long for the signer's column, broken in whole phrases (``TRƯỞNG BAN`` / ``TỔ CHỨC - KIỂM TRA``)."""
    if text_width(line, size=SIGNER_SIZE, bold=True) <= SIGNER_WIDTH:
        return line
    return wrap_for_rule(line, rule=SIGNER_WIDTH / 3, size=SIGNER_SIZE, least=0)


def wrap_subject(subject: str) -> str:
    """Trích yếu under the type name, broken for the fixed rule below it (ND30 PL I II.5b)."""
    return wrap_for_rule(subject, rule=SUBJECT_RULE, size=SUBJECT_SIZE)


#: Stands for the space after `V/v` while lines are chosen: it is as wide, and no line ends there.
_GLUE = "\N{MIDDLE DOT}"


def wrap_letter_subject(subject: str) -> str:
    """Trích yếu of a công văn under its symbol, broken in whole phrases within the left column (II.5b).

    One too long for a handful of lines comes back unbroken: the column breaks it where it ends.
    """
    lead = f"V/v{_GLUE}"
    lines = wrap_for_rule(
        f"{lead}{subject.strip()}",
        rule=HEADER_LEFT / 3,
        size=LETTER_SUBJECT_SIZE,
        bold=False,
        least=0,
    )
    widths = [text_width(line, size=LETTER_SUBJECT_SIZE) for line in lines.split("\n")]
    return lines.removeprefix(lead) if max(widths) <= HEADER_LEFT else subject.strip()
