"""Secret ballots: the figures of a count, their sums, and who is elected (Điều lệ Điều 10; domain brief §5.f). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from core.errors import Problem, Unreadable
from core.numbers import format_percent, parse_percent
from core.schema import FieldKind, FieldSpec
from docgen.kinds.base import Data
from docgen.kinds.common import number, rows
from docgen.kinds.congress_rules import CongressRules, of_whole
from docgen.kinds.people import COMMITTEE_POSTS, UNION_POSTS, Row, same_name, value

_F = FieldSpec
_K = FieldKind

#: Posts that one person alone holds.
SOLE_POSTS = frozenset({"chair", "inspection_chair"})
_TOLERANCE = Fraction(1, 10)  # percent: rates are written with one or two decimals

#: Figures of one ballot in the order in which minutes give them.
BALLOT_FIELDS: tuple[FieldSpec, ...] = (
    _F("voted", _K.INTEGER, "Số người tham gia bỏ phiếu", required=True, minimum=1),
    _F("self_nominated", _K.INTEGER, "Số người ứng cử", required=True, minimum=0),
    _F("nominated", _K.INTEGER, "Số người được đề cử", required=True, minimum=0),
    _F("ballots_issued", _K.INTEGER, "Số phiếu phát ra", required=True, minimum=1),
    _F("ballots_collected", _K.INTEGER, "Số phiếu thu về", required=True, minimum=1),
    _F("ballots_valid", _K.INTEGER, "Số phiếu hợp lệ", required=True, minimum=0),
    _F("ballots_invalid", _K.INTEGER, "Số phiếu không hợp lệ", required=True, minimum=0),
)
_RESULT = (
    _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
    _F("votes", _K.INTEGER, "Số phiếu bầu", required=True, minimum=0),
    _F("rate", _K.TEXT, "Tỷ lệ so với số phiếu thu về (%)", max_length=10),
    _F("elected", _K.BOOLEAN, "Trúng cử (để trống: theo số phiếu)"),
)
RESULTS_FIELD = _F("rows", _K.ROWS, "Kết quả bầu cử", required=True, minimum=1, item=_RESULT)
POST_RESULTS_FIELD = _F(
    "rows",
    _K.ROWS,
    "Kết quả bầu cử",
    required=True,
    minimum=1,
    item=(*_RESULT, _F("post", _K.ENUM, "Chức danh bầu", choices=UNION_POSTS)),
)
#: Posts whose holders sit in the executive committee.
EXECUTIVE_POSTS = frozenset(choice.code for choice in COMMITTEE_POSTS)


def rate(votes: int, whole: int) -> str:
    """Share in percent with two decimals, none when whole: ``91,67%``, ``100%``."""
    share = Decimal(votes * 100) / Decimal(whole) if whole else Decimal(0)
    return format_percent(share.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP").normalize() + 0)


def by_votes(results: Sequence[Row]) -> list[Row]:
    """Most votes first; candidates with as many votes stay in the order of the ballot."""
    return sorted(results, key=lambda row: -_votes(row))


def elected_of(
    results: Sequence[Row], *, collected: int, seats: int, rules: CongressRules
) -> list[Row]:
    """Those elected, most votes first: over half of the ballots collected, as many as there are seats.

    Where the minutes mark who is elected, the marks decide between candidates with as many votes.
    """
    over = [row for row in by_votes(results) if _votes(row) > rules.elected_over * collected]
    if any(row.get("elected") is not None for row in results):
        over.sort(key=lambda row: (-_votes(row), not row.get("elected")))
    return over[:seats]


def result_line(row: Row, *, collected: int) -> str:
    """``Đồng chí Lò Văn Tâm: 11/12 phiếu, đạt tỷ lệ 91,67%``."""
    votes = _votes(row)
    return (
        f"Đồng chí {value(row, 'full_name')}: {of_whole(votes, collected)} phiếu, "
        f"đạt tỷ lệ {rate(votes, collected)}"
    )


def _votes(row: Row) -> int:
    return number(row, "votes") or 0


def ballot_problems(data: Data, *, present_key: str = "present") -> list[Problem]:
    """The sums of the count: who was there, voted, and what became of the ballots."""
    problems: list[Problem] = []

    def at_most(part: str, whole: str, words: str) -> None:
        small, big = number(data, part), number(data, whole)
        if small is not None and big is not None and small > big:
            problems.append(Problem("ballots", f"{words} ({small} > {big}).", (part, whole)))

    at_most("voted", present_key, "Số người bỏ phiếu nhiều hơn số người có mặt")
    at_most("ballots_issued", present_key, "Số phiếu phát ra nhiều hơn số người có mặt")
    at_most("voted", "ballots_issued", "Số người bỏ phiếu nhiều hơn số phiếu phát ra")
    at_most("ballots_collected", "ballots_issued", "Số phiếu thu về nhiều hơn số phiếu phát ra")
    at_most("ballots_collected", "voted", "Số phiếu thu về nhiều hơn số người bỏ phiếu")
    collected, valid, invalid = (
        number(data, key) for key in ("ballots_collected", "ballots_valid", "ballots_invalid")
    )
    if None not in (collected, valid, invalid) and (valid or 0) + (invalid or 0) != collected:
        message = (
            f"Số phiếu hợp lệ ({valid}) và không hợp lệ ({invalid}) cộng lại phải bằng số phiếu thu về "
            f"({collected})."
        )
        keys = ("ballots_valid", "ballots_invalid", "ballots_collected")
        problems.append(Problem("ballot_sum", message, keys))
    return problems


def candidate_problems(data: Data, *, seats: int | None) -> list[Problem]:
    """The list: as many as stood and were nominated, enough for the seats, nobody twice, votes within the ballots."""
    results, problems = rows(data, "rows"), []
    stood, named = number(data, "self_nominated"), number(data, "nominated")
    if stood is not None and named is not None and stood + named != len(results):
        message = (
            f"Ứng cử {stood} và đề cử {named} cộng lại là {stood + named} người, nhưng danh sách bầu cử có "
            f"{len(results)} người."
        )
        problems.append(Problem("candidates", message, ("self_nominated", "nominated", "rows")))
    if seats is not None and results and len(results) < seats:
        message = f"Danh sách bầu cử có {len(results)} người, ít hơn số lượng cần bầu ({seats})."
        problems.append(Problem("candidates", message, ("rows", "seats")))
    problems += _twice(results)
    valid, collected = number(data, "ballots_valid"), number(data, "ballots_collected")
    for index, row in enumerate(results):
        votes = number(row, "votes")
        if votes is not None and valid is not None and votes > valid:
            message = f"{value(row, 'full_name')} được {votes} phiếu, nhiều hơn số phiếu hợp lệ ({valid})."
            problems.append(Problem("votes", message, (f"rows[{index}].votes",)))
        if collected:
            problems += _rate_problems(row, index, collected=collected, valid=valid)
    return problems


def _twice(results: Sequence[Row]) -> list[Problem]:
    """The same person twice for one post."""
    problems = []
    for index, row in enumerate(results):
        name, post = value(row, "full_name"), value(row, "post")
        for earlier in results[:index]:
            if (
                name
                and same_name(name, value(earlier, "full_name"))
                and post == value(earlier, "post")
            ):
                message = f"{name} có hai dòng trong danh sách bầu cử. Hãy bỏ một dòng."
                problems.append(Problem("duplicate_person", message, (f"rows[{index}].full_name",)))
                break
    return problems


def _rate_problems(row: Row, index: int, *, collected: int, valid: int | None) -> list[Problem]:
    """A rate that was given is that of the ballots collected; one that fits another base is told so."""
    given = value(row, "rate")
    if not given:
        return []
    votes, key = _votes(row), f"rows[{index}].rate"
    try:
        stated = Fraction(parse_percent(given))
    except Unreadable:
        message = f"Tỷ lệ “{given}” không phải là số phần trăm."
        return [Problem("rate", message, (key,))]
    if abs(stated - Fraction(votes * 100, collected)) <= _TOLERANCE:
        return []
    message = (
        f"{value(row, 'full_name')}: {votes}/{collected} phiếu là {rate(votes, collected)}, "
        f"đang ghi {given}."
    )
    if valid and abs(stated - Fraction(votes * 100, valid)) <= _TOLERANCE:
        message += " Tỷ lệ phải tính trên số phiếu thu về, không tính trên số phiếu hợp lệ."
    return [Problem("rate", message, (key,))]


def vote_sum_problems(
    results: Sequence[Row], *, valid: int | None, seats: int | None, key: str = "rows"
) -> list[Problem]:
    """A valid ballot names at most as many people as there are seats."""
    total = sum(_votes(row) for row in results)
    if valid is None or seats is None or total <= valid * seats:
        return []
    message = (
        f"Tổng số phiếu bầu ({total}) nhiều hơn số phiếu hợp lệ nhân số lượng cần bầu "
        f"({valid} x {seats} = {valid * seats})."
    )
    return [Problem("vote_sum", message, (key,))]


def elected_problems(
    results: Sequence[Row],
    *,
    collected: int | None,
    seats: int | None,
    rules: CongressRules,
    listed: Sequence[Row] = (),
) -> list[Problem]:
    """Who is marked as elected is who the votes elect; as many votes at the last seat need a mark.

    ``listed``: all rows of the table where ``results`` are those of one post.
    """
    if not collected or seats is None or not results:
        return []
    right = elected_of(results, collected=collected, seats=seats, rules=rules)
    if any(row.get("elected") is not None for row in results):
        places = {id(row): index for index, row in enumerate(listed or results)}
        return [
            problem
            for row in results
            for problem in _wrong_mark(
                row, place=places[id(row)], right=right, collected=collected, rules=rules
            )
        ]
    votes = [_votes(row) for row in by_votes(results)]
    tied = len(right) == seats and seats < len(votes) and votes[seats - 1] == votes[seats]
    if not tied:
        return []
    names = ", ".join(
        value(row, "full_name") for row in by_votes(results) if _votes(row) == votes[seats - 1]
    )
    message = (
        f"{names} có số phiếu bằng nhau ở vị trí trúng cử cuối cùng. Hãy ghi rõ ai trúng cử theo kết quả "
        "biểu quyết hoặc bầu lại."
    )
    return [Problem("tie", message, ("rows",))]


def _wrong_mark(
    row: Row, *, place: int, right: Sequence[Row], collected: int, rules: CongressRules
) -> list[Problem]:
    is_right, is_marked = any(row is one for one in right), bool(row.get("elected"))
    if is_right == is_marked:
        return []
    name, votes = value(row, "full_name"), _votes(row)
    half = f"{rules.elected_over.numerator}/{rules.elected_over.denominator}"
    if is_marked and votes <= rules.elected_over * collected:
        message = f"{name} được {votes}/{collected} phiếu, không quá {half} số phiếu thu về nên không trúng cử."
    elif is_marked:
        message = f"{name} không trúng cử: đã đủ số lượng với những người có số phiếu cao hơn."
    else:
        message = f"{name} được {votes}/{collected} phiếu, theo số phiếu thì trúng cử nhưng không được ghi trúng cử."
    return [Problem("elected", message, (f"rows[{place}].elected",))]


def by_post(results: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Results post by post, in the order of the posts."""
    order = [choice.code for choice in UNION_POSTS]
    named = [row for row in results if value(row, "post") in order]
    ranked = sorted(named, key=lambda row: order.index(value(row, "post")))
    return [(post, list(group)) for post, group in groupby(ranked, lambda row: value(row, "post"))]


def seats_of_post(post: str, results: Sequence[Row]) -> int:
    """How many are elected to a post: one chair; else those marked, or all where nobody is marked."""
    if post in SOLE_POSTS:
        return 1
    marked = sum(bool(row.get("elected")) for row in results)
    return marked if any(row.get("elected") is not None for row in results) else len(results)


def post_problems(data: Data, *, rules: CongressRules) -> list[Problem]:
    """Results post by post: each row has its post, the sums and who is elected."""
    results, problems = rows(data, "rows"), []
    for index, row in enumerate(results):
        if value(row, "full_name") and not value(row, "post"):
            message = f"Chưa ghi chức danh bầu của {value(row, 'full_name')}."
            problems.append(Problem("missing_post", message, (f"rows[{index}].post",)))
    collected, valid = number(data, "ballots_collected"), number(data, "ballots_valid")
    for post, group in by_post(results):
        seats = seats_of_post(post, group)
        problems += vote_sum_problems(group, valid=valid, seats=seats)
        problems += elected_problems(
            group, collected=collected, seats=seats, rules=rules, listed=results
        )
    return problems


def elected_by_post(
    results: Sequence[Row], *, collected: int, rules: CongressRules
) -> list[tuple[str, Row]]:
    """Post and who is elected to it, in the order of the posts."""
    return [
        (post, row)
        for post, group in by_post(results)
        for row in elected_of(
            group, collected=collected, seats=seats_of_post(post, group), rules=rules
        )
    ]
