"""Checks of the frame: every opening tag has its end, at the same level, alone where it must be. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docgen.engine.faults import Fault, at, did_you_mean, quoted
from docgen.engine.places import W
from docgen.engine.scan import Node, Tag

BLOCKS = {
    "for": "endfor",
    "if": "endif",
    "macro": "endmacro",
    "call": "endcall",
    "with": "endwith",
    "filter": "endfilter",
    "raw": "endraw",
    "set": "endset",
}
ENDS = {end: word for word, end in BLOCKS.items()}
MIDDLES = frozenset({"else", "elif"})
#: Of docxtpl: they change the cell they stand in.
CELL_WORDS = frozenset({"colspan", "cellbg", "vm", "hm"})
REFUSED_WORDS = frozenset(
    {"include", "import", "from", "extends", "block", "endblock", "autoescape", "endautoescape"}
)
KNOWN = (*BLOCKS, *ENDS, *sorted(MIDDLES), *sorted(CELL_WORDS))

_HOLDERS = {"tr": "tr", "tc": "tc", "p": "p", "r": "r"}
_HOLDERS_VI = {"tr": "hàng bảng", "tc": "ô bảng", "p": "đoạn"}
#: Borders that a tag and its end may not have between them, even if the elements would be balanced.
_BORDERS = frozenset(W + name for name in ("tbl", "tr", "tc", "txbxContent", "footnote", "endnote"))
_BORDERS_VI = {
    W + "tbl": "bảng",
    W + "tr": "hàng bảng",
    W + "tc": "ô bảng",
    W + "txbxContent": "hộp chữ",
    W + "footnote": "cước chú",
    W + "endnote": "chú thích cuối",
    W + "sdtContent": "ô điều khiển nội dung",
    W + "hyperlink": "liên kết",
    W + "fldSimple": "trường",
    W + "smartTag": "thẻ thông minh",
    W + "ins": "chỗ sửa có theo dõi",
}
_PICTURES = (W + "drawing", W + "pict", W + "object")


@dataclass(frozen=True, slots=True)
class Frame:
    """The tags of a part that count, with the ends that are missing put in and the stray ones left out.

    ``steps`` are pairs of a statement or expression to be parsed on, and its tag (None: put in).
    """

    steps: tuple[tuple[str, Tag | None], ...]
    faults: tuple[Fault, ...]


def opens(tag: Tag) -> bool:
    """Whether a tag begins a block."""
    return (
        tag.kind == "%" and tag.word in BLOCKS and not (tag.word == "set" and _has_equals(tag.rest))
    )


def _has_equals(rest: str) -> bool:
    return "=" in rest


def check_words(tags: Iterable[Tag]) -> list[Fault]:
    """Statements that do not exist, and row, cell or paragraph tags where they cannot work."""
    faults = []
    for tag in tags:
        if tag.kind == "%" and tag.word not in KNOWN and tag.word not in REFUSED_WORDS:
            faults.append(_unknown_word(tag))
        if tag.kind == "%" and tag.word in CELL_WORDS and _holder(tag, "tc") is None:
            message = f"Thẻ {{% {tag.word} %}} chỉ dùng được trong ô bảng; chuyển vào ô hoặc bỏ đi"
            faults.append(Fault("BLOCK-06", message, tag.place))
        if tag.prefix in ("p", "tr", "tc") and ("%" in tag.inner or "}" in tag.inner):
            message = (
                f"Trong thẻ {tag.text[:2]}{tag.prefix} không dùng được dấu % hay }}; "
                "tính sẵn bằng {% set %} ở trước, rồi dùng tên đó"
            )
            faults.append(Fault("TAG-09", message, tag.place))
    return faults


def _unknown_word(tag: Tag) -> Fault:
    if tag.word in _HOLDERS:
        message = (
            f"Thẻ {quoted(tag.text)} viết sai: gõ {tag.word} liền sau dấu mở, {{%{tag.word} … %}}"
        )
        return Fault("TAG-06", message, tag.place, tag.word)
    glued = next((p for p in ("tr", "tc", "p") if tag.word[len(p) :] in KNOWN), None)
    if glued is not None and tag.word.startswith(glued):
        message = (
            f"Thẻ viết dính: gõ dấu cách sau {glued}, {{%{glued} {tag.word[len(glued) :]} … %}}"
        )
        return Fault("TAG-06", message, tag.place, tag.word)
    if not tag.word:
        return Fault("TAG-07", "Thẻ {% %} trống; ghi nội dung thẻ hoặc xóa đi", tag.place)
    near = tuple(difflib.get_close_matches(tag.word.lower(), KNOWN, n=2, cutoff=0.6))
    message = f"Không có thẻ «{tag.word}»{did_you_mean(near)}"
    if not near:
        message += "; in một giá trị thì dùng {{ … }}"
    return Fault("TAG-06", message, tag.place, tag.word, near)


def check_alone(tags: Sequence[Tag]) -> list[Fault]:
    """Row, cell and paragraph tags: what else stands in their row, cell or paragraph is lost."""
    holders: dict[tuple[str, Node], list[Tag]] = {}
    faults = []
    for tag in tags:
        if tag.prefix not in _HOLDERS_VI or tag.paragraph is None:
            continue
        holder = _holder(tag, tag.prefix)
        if holder is None:
            message = (
                f"Thẻ {tag.text[:2]}{tag.prefix} chỉ dùng được trong bảng; "
                f"ngoài bảng dùng {tag.text[:2]}p"
            )
            faults.append(Fault("BLOCK-06", message, tag.place))
        else:
            holders.setdefault((tag.prefix, holder), []).append(tag)
    for (prefix, holder), found in holders.items():
        faults += _crowded(prefix, holder, found)
    return faults


def _crowded(prefix: str, holder: Node, found: Sequence[Tag]) -> list[Fault]:
    where = _HOLDERS_VI[prefix]
    if len(found) > 1:
        words = " và ".join(quoted(tag.text, 30) for tag in found[:3])
        message = (
            f"{words} ở cùng một {where}; mỗi thẻ {prefix} cần một {where} riêng: "
            f"một {where} cho thẻ mở, các {where} được lặp, rồi một {where} cho thẻ đóng"
        )
        return [Fault("BLOCK-05", message, found[1].place, related=found[0].place)]
    tag = found[0]
    text = "".join(node.text or "" for node in holder.iter(W + "t"))
    rest = text.replace(tag.text, "", 1).strip()
    if rest:
        message = (
            f"Thẻ {quoted(tag.text, 40)} phải đứng một mình trong {where} của nó; "
            f"{quoted(rest, 40)} ở cùng {where} sẽ mất. Chuyển thẻ sang một {where} riêng"
        )
        return [Fault("BLOCK-05", message, tag.place)]
    if next(holder.iter(*_PICTURES), None) is not None:
        message = (
            f"Hình hay hộp chữ ở cùng {where} với thẻ {quoted(tag.text, 40)} sẽ mất; chuyển đi"
        )
        return [Fault("BLOCK-07", message, tag.place)]
    return []


def _holder(tag: Tag, name: str) -> Node | None:
    if tag.paragraph is None:
        return None
    if name == "p":
        return tag.paragraph
    return next(tag.paragraph.iterancestors(W + name), None)


def frame(tags: Sequence[Tag]) -> Frame:
    """Match openings and ends; every fault is told at the tag that is wrong, and matching goes on."""
    return _Matcher(tags).run()


class _Matcher:
    def __init__(self, tags: Sequence[Tag]) -> None:
        self._tags = [tag for tag in tags if tag.kind != "#"]
        self._stack: list[tuple[str, Tag, bool]] = []  # end wanted, opening, has its else
        self._steps: list[tuple[str, Tag | None]] = []
        self._faults: list[Fault] = []
        self._used: set[int] = set()  # ends already taken by a crossing

    def run(self) -> Frame:
        for index, tag in enumerate(self._tags):
            if self._stack and self._stack[-1][0] == "endraw" and tag.word != "endraw":
                continue
            if tag.word == "raw" and self._later(index, "endraw") is None:
                self._faults.append(_missing_end(tag, "endraw"))
            elif opens(tag):
                self._stack.append((BLOCKS[tag.word], tag, False))
                self._steps.append((tag.word, tag))
            elif tag.kind == "%" and tag.word in ENDS:
                if index not in self._used:
                    self._end(index, tag)
            elif tag.kind == "%" and tag.word in MIDDLES:
                self._middle(tag)
            else:
                self._steps.append((tag.word, tag))
        while self._stack:
            self._unclosed()
        return Frame(tuple(self._steps), tuple(self._faults))

    def _middle(self, tag: Tag) -> None:
        wanted, opening, ended = self._stack[-1] if self._stack else ("", tag, False)
        fits = wanted == "endif" or (wanted == "endfor" and tag.word == "else")
        if not fits:
            message = f"Thẻ {quoted(tag.text)} không nằm trong một thẻ if; thêm thẻ if ở trước hoặc bỏ thẻ này"
            self._faults.append(Fault("BLOCK-02", message, tag.place))
            return
        if ended:
            message = f"Thẻ {quoted(tag.text)} đứng sau thẻ else; chỉ một else, và ở cuối cùng"
            self._faults.append(Fault("BLOCK-03", message, tag.place, related=opening.place))
            return
        if tag.word == "else":
            self._stack[-1] = (wanted, opening, True)
        self._steps.append((tag.word, tag))
        self._level(opening, tag)

    def _end(self, index: int, tag: Tag) -> None:
        wanted = [entry[0] for entry in self._stack]
        if tag.word in wanted:
            while self._stack[-1][0] != tag.word:
                self._skip(index, tag)
            _, opening, _ = self._stack.pop()
            self._steps.append((tag.word, tag))
            if tag.word != "endraw":  # what is raw is neither left out nor repeated
                self._level(opening, tag)
        elif self._stack and self._later(index, self._stack[-1][0]) is None:
            wanted_end, opening, _ = self._stack.pop()
            message = (
                f"Thẻ {quoted(tag.text)} đóng nhầm: {quoted(opening.text)} mở ở {at(opening.place)} "
                f"cần {{% {wanted_end} %}}; sửa một trong hai thẻ"
            )
            self._faults.append(Fault("BLOCK-03", message, tag.place, related=opening.place))
            self._steps.append((wanted_end, None))
        else:
            message = (
                f"Thẻ {quoted(tag.text)} không có thẻ {ENDS[tag.word]} nào mở ở trước; "
                "thêm thẻ mở hoặc bỏ thẻ này"
            )
            self._faults.append(Fault("BLOCK-02", message, tag.place))

    def _skip(self, index: int, tag: Tag) -> None:
        """The innermost open block is not the one that ends here: crossing, or never closed."""
        wanted, opening, _ = self._stack[-1]
        later = self._later(index, wanted)
        if later is None:
            self._unclosed(before=tag)
            return
        self._used.add(later)
        self._stack.pop()
        self._steps.append((wanted, None))
        message = (
            f"Thẻ {quoted(tag.text)} đóng chéo: {quoted(opening.text)} mở ở {at(opening.place)} phải đóng trước "
            f"bằng {{% {wanted} %}}; đổi chỗ hai thẻ đóng"
        )
        self._faults.append(Fault("BLOCK-03", message, tag.place, related=opening.place))

    def _later(self, index: int, wanted: str) -> int | None:
        """The end further on that no block opened in between takes."""
        depth = 0
        for position in range(index + 1, len(self._tags)):
            tag = self._tags[position]
            if position in self._used or tag.kind != "%":
                continue
            if opens(tag) and BLOCKS[tag.word] == wanted:
                depth += 1
            elif tag.word == wanted:
                if depth == 0:
                    return position
                depth -= 1
        return None

    def _unclosed(self, before: Tag | None = None) -> None:
        wanted, opening, _ = self._stack.pop()
        self._steps.append((wanted, None))
        self._faults.append(_missing_end(opening, wanted, before))

    def _level(self, opening: Tag, tag: Tag) -> None:
        fault = level_fault(opening, tag)
        if fault is not None:
            self._faults.append(fault)


def _missing_end(opening: Tag, wanted: str, before: Tag | None = None) -> Fault:
    message = f"Thẻ {quoted(opening.text)} chưa đóng, thiếu {{%{opening.prefix} {wanted} %}}"
    if before is not None:
        message += f" trước {quoted(before.text)} ở {at(before.place)}"
    related = None if before is None else before.place
    return Fault("BLOCK-01", message + "; thêm vào", opening.place, related=related)


def level_fault(opening: Tag, tag: Tag) -> Fault | None:
    """What is wrong if a tag and its end do not stand side by side in the structure of the document."""
    if opening.first is None or tag.first is None:
        return None
    one, other = _ancestors(opening), _ancestors(tag)
    if opening.prefix != tag.prefix:
        message = (
            f"Thẻ {quoted(tag.text)} không cùng kiểu với {quoted(opening.text)} ở {at(opening.place)}: "
            f"mở bằng {_shown(opening)} thì đóng bằng {_shown(opening, tag.word)}"
        )
        return Fault("BLOCK-04", message, tag.place, related=opening.place)
    mine, yours = _borders(one), _borders(other)
    if mine == yours and [node.tag for node in one] == [node.tag for node in other]:
        return None
    border = next(
        (
            node
            for node in reversed([*other, *one])
            if node.tag in _BORDERS_VI and (node in one) != (node in other)
        ),
        None,
    )
    what = "cấp" if border is None else _BORDERS_VI.get(str(border.tag), "cấp")
    advice = "đặt cả hai ở cùng một chỗ"
    if what in ("ô bảng", "hàng bảng", "bảng") and not opening.prefix:
        advice += "; để lặp hay bỏ cả hàng của bảng, dùng {%tr … %} ở hàng riêng"
    message = (
        f"Thẻ {quoted(tag.text)} và {quoted(opening.text)} ở {at(opening.place)} không cùng một {what}, "
        f"văn bản sẽ hỏng; {advice}"
    )
    return Fault("BLOCK-04", message, tag.place, related=opening.place)


def _shown(tag: Tag, word: str | None = None) -> str:
    return f"{{%{tag.prefix} {word or tag.word} %}}"


def _ancestors(tag: Tag) -> list[Node]:
    """The elements around a tag once docxtpl has lifted it out of its row, cell, paragraph or run."""
    if tag.first is None:
        return []
    chain = list(tag.first.iterancestors())
    if tag.prefix:
        wanted = W + tag.prefix
        index = next((i for i, node in enumerate(chain) if node.tag == wanted), -1)
        return chain[index + 1 :]
    return [tag.first, *chain]


def _borders(chain: Iterable[Node]) -> list[Node]:
    return [node for node in chain if node.tag in _BORDERS]
