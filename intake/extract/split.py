"""Several forms in one file: each page by its code, a Word file by the titles in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.forms.identity import find_codes
from core.letters import unaccent
from intake.extract.fields import collect_fields
from intake.extract.identify import title_of
from intake.extract.tables import find_list
from intake.readers.raw import Block, Channel, Line, RawForm


@dataclass(frozen=True, slots=True)
class Piece:
    """One form of a file, with its pages counted from 1."""

    raw: RawForm
    pages: tuple[int, ...]


def split(raw: RawForm) -> tuple[Piece, ...]:
    """The forms of a file in order; one piece where only one is found."""
    if raw.scanned and not raw.blocks:
        return (Piece(raw, tuple(range(1, raw.pages + 1))),)
    if any(block.page is not None for block in raw.blocks):
        return _by_pages(raw)
    return tuple(Piece(one, (1,)) for one in _by_titles(raw))


def _by_pages(raw: RawForm) -> tuple[Piece, ...]:
    """Pages with the same code belong together, wherever they lie; a page without one goes on with the one before."""
    pages = list(range(1, raw.pages + 1))
    groups: dict[str, list[int]] = {}
    current = ""
    for page in pages:
        blocks = [block for block in raw.blocks if block.page == page]
        code = _page_code(raw, page, blocks)
        if code:
            current = code
        elif current.startswith("title:") or not current:
            title = _page_title(blocks)
            current = f"title:{title}:{page}" if title else current or "title:"
        groups.setdefault(current, []).append(page)
    return tuple(Piece(_of_pages(raw, set(group)), tuple(group)) for group in groups.values()) or (
        Piece(raw, ()),
    )


def _page_code(raw: RawForm, page: int, blocks: Sequence[Block]) -> str:
    texts = [code.text for code in raw.codes if code.page == page]
    texts += [block.text for block in blocks if isinstance(block, Line)]
    for text in texts:
        for code in find_codes(text):
            return str(code)
    return ""


def _page_title(blocks: Sequence[Block]) -> str:
    for block in blocks:
        if isinstance(block, Line):
            form = title_of(block.text)
            if form is not None:
                return form.kind
    return ""


def _of_pages(raw: RawForm, pages: set[int]) -> RawForm:
    return replace(
        raw,
        blocks=tuple(block for block in raw.blocks if block.page in pages),
        codes=tuple(code for code in raw.codes if code.page is None or code.page in pages),
    )


def _by_titles(raw: RawForm) -> Iterator[RawForm]:
    """A Word file or workbook is cut where the letterhead before a second title begins."""
    starts = [at for at, block in enumerate(raw.blocks) if _titled(block)]
    cuts = [0]
    for before, at in pairwise(starts):
        if raw.blocks[at] is not raw.blocks[before] and not _same_title(raw, before, at):
            cuts.append(_letterhead(raw, before, at))
    parts = [raw.blocks[at:stop] for at, stop in pairwise([*cuts, len(raw.blocks)])]
    for blocks in _with_lists(parts):
        yield replace(raw, blocks=blocks) if len(blocks) < len(raw.blocks) else raw


def _with_lists(parts: Sequence[tuple[Block, ...]]) -> list[tuple[Block, ...]]:
    """A part that is only the list of the form before it (on the next sheet, as an annex) belongs to that form."""
    joined: list[tuple[Block, ...]] = []
    for part in parts:
        if joined and _is_list_of(part, joined[-1]):
            joined[-1] = joined[-1] + part
        else:
            joined.append(part)
    return joined


def _is_list_of(part: tuple[Block, ...], before: tuple[Block, ...]) -> bool:
    form = next(
        (form for block in part for text in _texts(block) if (form := title_of(text))), None
    )
    if form is None or not form.columns:
        return False
    titles = {one.kind for block in before for text in _texts(block) if (one := title_of(text))}
    here, there = RawForm(Channel.DOCX, part), RawForm(Channel.DOCX, before)
    listed = find_list(here, form)
    if titles != {form.kind} or not listed or find_list(there, form):
        return False
    own = collect_fields(here, form, lists={id(one.table): one.top for one in listed}).found
    return not own and bool(collect_fields(there, form).found)


def _texts(block: Block) -> list[str]:
    if isinstance(block, Line):
        return block.text.split("\n")
    # A title in a table stands in its first lines: a layout table, the head of a sheet.
    return [cell.text for row in block.grid[:3] for cell in row[:4] if cell is not None]


def _titled(block: Block) -> bool:
    return any(title_of(text) is not None for text in _texts(block))


def _same_title(raw: RawForm, before: int, at: int) -> bool:
    """Two lines of one title: nothing but such lines between them."""
    return at - before == 1 and isinstance(raw.blocks[before], Line)


def _letterhead(raw: RawForm, before: int, at: int) -> int:
    for place in range(at - 1, before, -1):
        if any(
            "cong hoa xa hoi chu nghia" in unaccent(text).casefold()
            for text in _texts(raw.blocks[place])
        ):
            return place
    return at
