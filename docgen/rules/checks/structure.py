"""ND-05 to ND-12: levels of the body and their numbers (ND30 PL I II.6c to 6đ, V row 6b)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from docgen.rules.finding import Fault, Rule
from docgen.rules.paper import Paper
from docgen.rules.pieces import is_caps, is_form_blank, where
from docgen.rules.structure import POINT_LETTERS, Item, Level, ends_sentence, item_of
from docgen.rules.view.model import Para, Run

_BIG = (Level.PART, Level.CHAPTER)
_MIDDLE = (Level.SECTION, Level.SUBSECTION)


def items(paper: Paper) -> list[Item]:
    """The body with levels."""
    return [item_of(para) for para in paper.body]


def _having(*levels: Level) -> Callable[[Paper], bool]:
    return lambda paper: any(item_of(para).level in levels for para in paper.body)


def _inked(para: Para) -> list[Run]:
    return [run for run in para.runs if any(char.isalnum() for char in run.text)]


def _bold(para: Para) -> bool:
    runs = _inked(para)
    return bool(runs) and all(run.look.bold for run in runs)


def _bold_letters(para: Para, count: int) -> bool:
    """Whether the first ``count`` letters and digits are bold."""
    seen = 0
    for run in para.runs:
        inked = sum(char.isalnum() for char in run.text)
        if inked and not run.look.bold and seen < count:
            return False
        seen += inked
    return True


def level_order(paper: Paper) -> Iterator[Fault]:
    """ND-05: from large to small; a point stands under a clause, a section under a chapter if there are chapters."""
    seen: set[Level] = set()
    parents = {Level.ROMAN, Level.ARTICLE, Level.CLAUSE}
    found = items(paper)
    chapters = any(item.level is Level.CHAPTER for item in found)
    for item in found:
        if item.level is Level.POINT and not seen & parents and item.mark == ")":
            message = "Điểm a), b) phải nằm trong khoản, điều hoặc mục."
            yield Fault(message, where(item.para), item.para.text[:20], "khoản trước, điểm sau")
            return
        if item.level is Level.SECTION and chapters and Level.CHAPTER not in seen:
            yield Fault(
                "Mục phải nằm trong chương.",
                where(item.para),
                item.para.text[:20],
                "chương trước, mục sau",
            )
            return
        if item.level is Level.CHAPTER and Level.ARTICLE in seen and Level.CHAPTER not in seen:
            message = "Bố cục không thống nhất: có điều đứng ngoài chương."
            yield Fault(message, where(item.para), item.para.text[:20], "mọi điều nằm trong chương")
            return
        seen.add(item.level)


def big_heads(paper: Paper) -> Iterator[Fault]:
    """ND-06: Phần, Chương: word and Roman number centred, bold; title below in capitals, bold."""
    yield from _heads(paper, _BIG, roman=True)


def middle_heads(paper: Paper) -> Iterator[Fault]:
    """ND-07: Mục, Tiểu mục: word and Arabic number centred, bold; title below in capitals, bold."""
    yield from _heads(paper, _MIDDLE, roman=False)


def _heads(paper: Paper, levels: Sequence[Level], *, roman: bool) -> Iterator[Fault]:
    found = items(paper)
    for at, item in enumerate(found):
        if item.level not in levels:
            continue
        text = item.para.text.strip()
        form = "số La Mã" if roman else "số Ả Rập"
        if item.number.isdigit() == roman and "thứ" not in item.number.casefold():
            yield Fault(
                f"“{text[:20]}” phải đánh bằng {form}.", where(item.para), item.number, form
            )
        if item.para.layout.align != "center":
            yield Fault(
                f"“{text[:20]}” phải canh giữa.", where(item.para), "không canh giữa", "canh giữa"
            )
        if not _bold(item.para):
            yield Fault(
                f"“{text[:20]}” phải là chữ đậm.", where(item.para), "chữ không đậm", "chữ đậm"
            )
        if is_caps(text.split()[0]):
            yield Fault(
                f"“{text[:20]}” viết chữ thường, chỉ tiêu đề in hoa.",
                where(item.para),
                text[:20],
                text[:20].capitalize(),
            )
        title = found[at + 1] if at + 1 < len(found) else None
        yield from _head_title(item, title)


def _head_title(item: Item, title: Item | None) -> Iterator[Fault]:
    if item.rest:
        message = "Tiêu đề phải ở dòng dưới, chữ in hoa."
        yield Fault(message, where(item.para), item.rest[:30], "tiêu đề ở dòng riêng")
        return
    if title is None or title.level not in {Level.TITLE, Level.TEXT} or ends_sentence(title.rest):
        return  # without a title: ND-12
    if not is_caps(title.para.text):
        yield Fault(
            "Tiêu đề phải là chữ in hoa.", where(title.para), title.para.text[:30], "chữ in hoa"
        )
    if not _bold(title.para):
        yield Fault("Tiêu đề phải là chữ đậm.", where(title.para), "chữ không đậm", "chữ đậm")
    if title.para.layout.align != "center":
        yield Fault("Tiêu đề phải canh giữa.", where(title.para), "không canh giữa", "canh giữa")


def articles(paper: Paper) -> Iterator[Fault]:
    """ND-08: ``Điều 1.`` upright bold, Arabic, counted without a gap."""
    last = 0
    for item in items(paper):
        if item.level is not Level.ARTICLE or is_form_blank(item.para.text[:14]):
            continue
        place = where(item.para)
        shown = item.para.text.strip()[:14]
        if not item.number.isdigit():
            yield Fault("Điều đánh bằng số Ả Rập.", place, shown, "Điều 1.")
            continue
        if item.mark != ".":
            yield Fault("Sau số thứ tự của điều là dấu chấm.", place, shown, f"Điều {item.number}.")
        if not item.para.text.strip().startswith("Điều"):
            yield Fault(
                "Từ “Điều” viết chữ thường, chữ cái đầu in hoa.",
                place,
                shown,
                f"Điều {item.number}.",
            )
        letters = 4 + len(item.number)
        if not _bold_letters(item.para, letters):
            yield Fault(
                "“Điều” và số thứ tự phải là chữ đậm.", place, "chữ không đậm", "chữ đứng, đậm"
            )
        if int(item.number) != last + 1:
            yield Fault(
                "Số thứ tự của điều không liên tục.",
                place,
                f"Điều {item.number}",
                f"Điều {last + 1}",
            )
        last = int(item.number)


def clauses(paper: Paper) -> Iterator[Fault]:
    """ND-09: Arabic number and ``.``; with a title its own line in bold, else upright plain."""
    found = items(paper)
    titled = 0
    inline: Item | None = None
    for at, item in enumerate(found):
        if item.level is not Level.CLAUSE or is_form_blank(item.para.text):
            continue
        place = where(item.para)
        if item.mark != ".":
            yield Fault(
                "Sau số thứ tự của khoản là dấu chấm.",
                place,
                item.para.text.strip()[:6],
                f"{item.number}.",
            )
        following = found[at + 1] if at + 1 < len(found) else None
        if _is_title(item, following):
            titled += 1
            if not _bold(item.para):
                yield Fault(
                    "Khoản có tiêu đề: tiêu đề ở dòng riêng, chữ đậm.",
                    place,
                    "chữ không đậm",
                    "chữ đậm",
                )
        elif _bold(item.para) and item.rest.rstrip().endswith((".", ";")) and len(item.rest) > 80:  # noqa: PLR2004
            yield Fault(
                "Khoản không có tiêu đề phải là chữ thường, không đậm.",
                place,
                "chữ đậm",
                "chữ đứng, không đậm",
            )
        elif titled > 1 and ": " in item.rest[:80]:
            inline = item
    if inline is not None and titled > 1:
        message = (
            "Tiêu đề khoản viết liền dòng, trong khi các khoản khác viết tiêu đề ở dòng riêng."
        )
        yield Fault(message, where(inline.para), inline.rest[:40], "tiêu đề ở dòng riêng", "W")


def _is_title(item: Item, following: Item | None) -> bool:
    """A clause is a title when it ends without a mark and something smaller follows."""
    if following is None or not item.rest or ends_sentence(item.rest) or len(item.rest) > 100:  # noqa: PLR2004
        return False
    if following.level in {Level.POINT, Level.BULLET}:
        return True
    text = following.rest.strip()
    return following.level is Level.TEXT and not text[:1].islower()


def point_letters(paper: Paper) -> Iterator[Fault]:
    """ND-10: a) b) c) d) đ) e) g) h) i) k) ...: Vietnamese order, with a closing bracket."""
    last = 0
    for item in items(paper):
        if item.level is not Level.POINT:
            if item.level < Level.POINT:
                last = 0
            continue
        place = where(item.para)
        shown = f"{item.number}{item.mark}"
        if item.mark != ")":
            yield Fault(
                "Điểm ghi bằng chữ cái và dấu đóng ngoặc đơn.", place, shown, f"{item.number})"
            )
        if item.value is None:
            yield Fault(
                "Thứ tự điểm theo bảng chữ cái tiếng Việt, không có f, j, w, z.",
                place,
                shown,
                _next(last),
            )
            last += 1
            continue
        if item.value != last + 1 and item.value != 1:
            message = (
                "Thứ tự các điểm không theo bảng chữ cái tiếng Việt (a, b, c, d, đ, e, g ...)."
            )
            yield Fault(message, place, shown, _next(last))
        last = item.value


def _next(last: int) -> str:
    return f"{POINT_LETTERS[min(last, len(POINT_LETTERS) - 1)]})"


_PLANNED = {"KH", "BC", "CTr", "ĐA", "PA"}


def roman_sections(paper: Paper) -> Iterator[Fault]:
    """ND-11: ``I. TIÊU ĐỀ`` in bold capitals, counted without a gap; content numbered, not dashed."""
    found = items(paper)
    last = 0
    romans = [item for item in found if item.level is Level.ROMAN]
    if paper.type_abbreviation == "KH" and not any(
        "mục đích" in one.rest.casefold() for one in romans
    ):
        message = "Kế hoạch chưa có mục nêu mục đích, yêu cầu."
        yield Fault(message, where(romans[0].para), romans[0].rest, "I. MỤC ĐÍCH, YÊU CẦU", "W")
    for at, item in enumerate(found):
        if item.level is not Level.ROMAN or is_form_blank(item.para.text):
            continue
        place = where(item.para)
        if item.mark != ".":
            yield Fault(
                "Sau số La Mã là dấu chấm.", place, item.para.text.strip()[:6], f"{item.number}."
            )
        if item.rest and not is_caps(item.rest):
            yield Fault(
                "Tiêu đề mục số La Mã phải in hoa.", place, item.rest[:30], item.rest[:30].upper()
            )
        if not _bold(item.para):
            yield Fault(
                "Tiêu đề mục số La Mã phải là chữ đậm.", place, "chữ không đậm", "chữ in hoa, đậm"
            )
        if item.value is not None and item.value != last + 1:
            yield Fault("Số thứ tự của mục không liên tục.", place, item.number, f"mục {last + 1}")
        last = item.value or last + 1
        inner = _inner(found[at + 1 :])
        if len(inner) > 1 and all(one.level is Level.BULLET for one in inner):
            message = "Các ý trong mục phải đánh số (1., a)), không chỉ gạch đầu dòng."
            yield Fault(
                message, place, f"{len(inner)} gạch đầu dòng", "1., 2., 3. hoặc a), b), c)", "W"
            )


def _inner(following: Sequence[Item]) -> list[Item]:
    inner = []
    for item in following:
        if item.level is Level.ROMAN:
            break
        inner.append(item)
    return inner


def titles(paper: Paper) -> Iterator[Fault]:
    """ND-12: phần, chương, mục, tiểu mục, điều have a title."""
    found = items(paper)
    for item, following in pairwise([*found, None]):
        if item is None or is_form_blank(item.para.text):
            continue
        big = item.level in (*_BIG, *_MIDDLE)
        bare = big and not item.rest and not (following and _titles(following))
        if bare or (item.level in {Level.ARTICLE, Level.ROMAN} and not item.rest):
            name = item.para.text.strip()[:20]
            yield Fault(
                f"“{name}” chưa có tiêu đề.", where(item.para), "không có tiêu đề", "tiêu đề"
            )


def _titles(item: Item) -> bool:
    return item.level in {Level.TITLE, Level.TEXT} and not ends_sentence(item.rest)


_NUMBERED = (*_BIG, *_MIDDLE, Level.ROMAN, Level.ARTICLE, Level.CLAUSE, Level.POINT)

RULES = (
    Rule(
        "ND-05", "W", "ND30 PL I II.6c", "Bố cục từ lớn đến nhỏ", level_order, _having(*_NUMBERED)
    ),
    Rule("ND-06", "E", "ND30 PL I II.6đ", "Phần, chương", big_heads, _having(*_BIG)),
    Rule("ND-07", "E", "ND30 PL I II.6đ", "Mục, tiểu mục", middle_heads, _having(*_MIDDLE)),
    Rule("ND-08", "E", "ND30 PL I II.6đ", "Điều", articles, _having(Level.ARTICLE)),
    Rule("ND-09", "E", "ND30 PL I II.6đ", "Khoản", clauses, _having(Level.CLAUSE)),
    Rule("ND-10", "E", "ND30 PL I II.6đ", "Điểm", point_letters, _having(Level.POINT)),
    Rule(
        "ND-11",
        "E",
        "ND30 PL I V dòng 6b",
        "Mục đánh số La Mã",
        roman_sections,
        _having(Level.ROMAN),
    ),
    Rule(
        "ND-12",
        "W",
        "ND30 PL I II.6d",
        "Tiêu đề phần, chương, mục, điều",
        titles,
        _having(*_BIG, *_MIDDLE, Level.ARTICLE, Level.ROMAN),
    ),
)
