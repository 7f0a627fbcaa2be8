"""Measures and words that many rules share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.rules.finding import Fault, Where
from docgen.rules.paper import Paper
from docgen.rules.pieces import Piece, is_form_blank, lines_of, rules_below
from docgen.rules.view.model import Drawn

#: Every measure may be off by so much: Word rounds, and people drag margins (1.5 pt).
TOLERANCE = 30  # twips
#: Lengths of drawn rules may be off by this share.
RULE_TOLERANCE = 0.10
#: A row of underscores comes in whole signs, raised by many: the decree's own models miss by up to 30 %.
TYPED_TOLERANCE = 0.35
MM = 56.69  # twips


@dataclass(frozen=True, slots=True)
class Want:
    """How a line has to look; None leaves an aspect free. Sizes in points."""

    label: str
    low: float
    high: float
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    centred: bool = False


def always(paper: Paper) -> bool:
    """For rules that hold for every paper."""
    del paper
    return True


def millimetres(twips: int) -> str:
    """``30 mm``; one decimal with a comma where needed."""
    return f"{twips / MM:.1f}".rstrip("0").rstrip(".").replace(".", ",") + " mm"


def points(value: float) -> str:
    """``13,5``."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def size_range(low: float, high: float) -> str:
    """``13-14`` or ``12``."""
    return points(low) if low == high else f"{points(low)}-{points(high)}"


def look_faults(pieces: Sequence[Piece], want: Want) -> Iterator[Fault]:
    """Size, weight, slant, capitals and place of the lines of one box; each aspect is told once."""
    inked = [piece for piece in pieces if piece.inked]
    tests = (_size_fault, _weight_fault, _slant_fault, _capitals_fault, _centre_fault)
    for test in tests:
        for piece in inked:
            fault = test(piece, want)
            if fault is not None:
                yield fault
                break


def _size_fault(piece: Piece, want: Want) -> Fault | None:
    wrong = sorted(size for size in piece.sizes if not want.low <= size <= want.high)
    if not wrong:
        return None
    expected = f"cỡ {size_range(want.low, want.high)}"
    found = f"cỡ {', '.join(map(points, wrong))}"
    return Fault(f"{want.label} phải có {expected}, đang là {found}.", piece.where, found, expected)


def _weight_fault(piece: Piece, want: Want) -> Fault | None:
    if want.bold is None or (piece.bold if want.bold else not piece.any_bold):
        return None
    expected = "chữ đậm" if want.bold else "chữ không đậm"
    found = "chữ không đậm" if want.bold else "chữ đậm"
    if want.bold and piece.any_bold:
        found = "chỉ đậm một phần"
    return Fault(f"{want.label} phải là {expected}.", piece.where, found, expected)


def _slant_fault(piece: Piece, want: Want) -> Fault | None:
    if want.italic is None or (piece.italic if want.italic else not piece.any_italic):
        return None
    expected = "chữ nghiêng" if want.italic else "chữ đứng"
    found = "chữ đứng" if want.italic else "chữ nghiêng"
    return Fault(f"{want.label} phải là {expected}.", piece.where, found, expected)


def _capitals_fault(piece: Piece, want: Want) -> Fault | None:
    if want.caps is None or piece.caps == want.caps:
        return None
    if not want.caps and (is_form_blank(piece.text) or is_short_caps(piece.text)):
        return None
    expected = "chữ in hoa" if want.caps else "chữ thường (in hoa chữ cái đầu)"
    found = "chữ in hoa" if piece.caps else "chữ thường"
    return Fault(f"{want.label} phải là {expected}.", piece.where, found, expected)


def is_short_caps(text: str) -> bool:
    """Abbreviations alone on a line of a wrapped text are no sign of capitals."""
    return all(len(word) <= 5 for word in text.split()) and len(text.split()) <= 2  # noqa: PLR2004


def _centre_fault(piece: Piece, want: Want) -> Fault | None:
    if not want.centred or piece.centred is not False:
        return None
    layout = piece.para.layout
    if layout.align == "center" or _looks_centred(piece):
        return None
    return Fault(f"{want.label} phải canh giữa.", piece.where, "không canh giữa", "canh giữa")


def _looks_centred(piece: Piece) -> bool:
    """Pushed to the middle by an indent or spaces, or filling its room: the eye sees a centred line."""
    layout = piece.para.layout
    lead = piece.para.text[: len(piece.para.text) - len(piece.para.text.lstrip())]
    left = (layout.left + layout.first) / 20 + len(lead) * 3.5
    room = piece.para.room / 20
    middle = left + piece.width / 2
    return piece.width <= room and abs(middle - room / 2) <= room * 0.06


def rule_faults(
    paper: Paper, group: Sequence[Piece], *, label: str, low: float, high: float, required: bool
) -> Iterator[Fault]:
    """The drawn rule under a box: solid, and between two shares of the longest line above it."""
    if not group:
        return
    place = group[-1].where
    drawn = rules_below(paper.pieces, group)
    longest = max(lines_of(group))
    share = "bằng độ dài dòng chữ" if low == high else "từ 1/3 đến 1/2 độ dài dòng chữ"
    expected = f"đường kẻ nét liền, {share}"
    if not drawn:
        if required:
            yield Fault(f"Thiếu đường kẻ dưới {label}.", place, "không có đường kẻ", expected)
        return
    best = min(drawn, key=lambda line: _outside(line, longest, low, high))
    found = f"dài {points(best.length)} pt, dòng chữ dài {points(longest)} pt"
    if best.how == "dashes":
        message = f"Đường kẻ dưới {label} gõ bằng ký tự; hãy kẻ nét liền."
        yield Fault(message, place, "hàng dấu gõ tay", expected, "W")
    elif _outside(best, longest, low, high) > 0 and not is_form_blank(group[-1].text):
        yield Fault(f"Đường kẻ dưới {label} phải dài {share}.", place, found, expected)


def _outside(line: Drawn, longest: float, low: float, high: float) -> float:
    """By how many points a rule is too short or too long; the tolerances taken off."""
    slack = TOLERANCE / 20
    share = TYPED_TOLERANCE if line.how == "typed" else RULE_TOLERANCE
    shortest = longest * low * (1 - share) - slack
    most = longest * high * (1 + share) + slack
    return max(shortest - line.length, line.length - most, 0.0)


def whole(paper: Paper) -> Where:
    """A place for what is missing: the document as such."""
    return Where(paper.view.main)
