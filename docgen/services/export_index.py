"""What goes into an export: a note for each paper (its number, unit, names, files), and the index from the notes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from types import TracebackType

from django.db.models import QuerySet

from core.errors import DocgenError, Outage, UserError
from core.long_sheets import write_long_sheet
from core.sheets import Column, ColumnKind, Value
from core.text import unaccent
from docgen.kinds import get_kind
from docgen.models import Document
from docgen.services.rendering import draft_of
from records.selectors.reporting import reporting_units

INDEX_NAME = "00_Danh-muc.xlsx"
PRINT_NAME = "00_Ban-in-gop.pdf"
#: Windows allows 260 characters for a whole path, and the ZIP will lie in some folder.
FOLDER_LENGTH = 60
NAME_LENGTH = 110
_CHUNK = 500
_ABBREVIATIONS = (
    ("về việc", ""),
    ("công đoàn cơ sở", "CĐCS"),
    ("ban chấp hành", "BCH"),
    ("ủy ban kiểm tra", "UBKT"),
    ("công ty", "Cty"),
)
_DEVICE = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")  # no folder may be called so on Windows
_COLUMNS = (
    Column("STT", ColumnKind.INTEGER, 6),
    Column("Số, ký hiệu", width=18),
    Column("Ngày", ColumnKind.DATE, 12),
    Column("Loại văn bản", width=24),
    Column("Trích yếu", width=60),
    Column("Đơn vị", width=40),
    Column("Cơ quan ban hành", width=40),
    Column("Người ký", width=24),
    Column("Trạng thái", width=16),
    Column("Tệp Word", width=60),
    Column("SHA-256 của tệp Word", width=66),
    Column("Tệp PDF", width=60),
    Column("SHA-256 của tệp PDF", width=66),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of an export. ``word`` and ``pdf`` are rows of stored files."""

    position: int
    code: str
    day: str
    kind: str
    subject: str
    unit: str
    issuer: str
    signer: str
    state: str
    folder: str
    name: str
    word: int | None
    word_sha256: str
    pdf: int | None
    pdf_sha256: str


def folder_name(name: str) -> str:
    """An organisation's name as a folder: no diacritics, nothing that a file system refuses.

    What is too long is cut and told apart by a few letters of its hash.
    """
    plain = _plain(name, length=FOLDER_LENGTH) or "khac"
    return f"{plain}-" if _DEVICE.fullmatch(plain) else plain


def _plain(text: str, *, length: int) -> str:
    plain = re.sub(r"[^A-Za-z0-9]+", "-", unaccent(text)).strip("-")
    if len(plain) <= length:
        return plain
    mark = hashlib.sha256(text.encode()).hexdigest()[:4]
    return f"{plain[: length - 5].rstrip('-')}-{mark}"


def entry_name(position: int, document: Document) -> str:
    """A paper's name in the ZIP without its ending: place in the index, number, day, what it is about.

    The place makes it unique and lets folders sort as the numbers run.
    """
    code = _plain(document.code, length=30) if document.code else "du-thao"
    day = document.issued_on or document.intended_on
    head = f"{position:05d}_{code}_{day.isoformat()}"
    about = _cut(_shorter(document.subject), NAME_LENGTH - len(head) - 1)
    return f"{head}_{about}" if about else head


def _shorter(subject: str) -> str:
    """A subject by its usual abbreviations: what tells papers apart stands at its end."""
    for words, short in _ABBREVIATIONS:
        subject = re.sub(rf"(?i)\b{words}\b", short, subject)
    return re.sub(r"[^A-Za-z0-9]+", "-", unaccent(subject)).strip("-")


def _cut(plain: str, length: int) -> str:
    """At most so long, cut between words where there are several."""
    if len(plain) <= length:
        return plain
    return plain[: length + 1].rpartition("-")[0] or plain[:length]


class Notes:
    """The entries of one export in a temporary file, in order; read as often as needed."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+", encoding="utf-8")

    def __enter__(self) -> Notes:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Entry]:
        """All entries; one loop at a time."""
        self._file.seek(0)
        for line in self._file:
            yield Entry(**json.loads(line))

    def take(self, documents: QuerySet[Document]) -> None:
        """Note these papers in their order. Drafts of batches get their files first, as far as they can be made."""
        _make_drafts(documents)
        rows = documents.select_related("issuer", "signer", "final_file", "draft_file", "pdf_file")
        chunk: list[Document] = []
        position = 1
        for document in rows.iterator(chunk_size=_CHUNK):
            chunk.append(document)
            if len(chunk) == _CHUNK:
                self._write(chunk, first=position)
                position += len(chunk)
                chunk = []
        self._write(chunk, first=position)
        self._file.flush()

    def _write(self, chunk: Sequence[Document], *, first: int) -> None:
        units = units_of(chunk)
        for position, document in enumerate(chunk, start=first):
            entry = _entry(position, document, units[position - first])
            self._file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")


def _make_drafts(documents: QuerySet[Document]) -> None:
    bare = documents.filter(number__isnull=True, draft_file__isnull=True)
    for pk in list(bare.values_list("pk", flat=True)):
        with contextlib.suppress(UserError, Outage):  # the index says which paper has no file
            draft_of(Document.objects.get(pk=pk))


def units_of(chunk: Sequence[Document]) -> list[str]:
    """The reporting unit of each paper on its day; the issuer's name for papers about no enterprise."""
    names: list[str] = []
    for day, same_day in groupby(chunk, key=_day):
        papers = list(same_day)
        units = reporting_units([paper.record for paper in papers], as_of=day)
        names += [
            units[paper.record].name if paper.record in units else paper.issuer.name
            for paper in papers
        ]
    return names


def _day(document: Document) -> date:
    return document.issued_on or document.intended_on


def _entry(position: int, document: Document, unit: str) -> Entry:
    word = document.final_file or document.draft_file
    pdf = document.pdf_file
    return Entry(
        position=position,
        code=document.code,
        day=_day(document).isoformat(),
        kind=_label(document.kind),
        subject=document.subject,
        unit=unit,
        issuer=document.issuer.name,
        signer=document.signer.full_name if document.signer else "",
        state=document.get_state_display(),
        folder=folder_name(unit),
        name=entry_name(position, document),
        word=word.pk if word else None,
        word_sha256=word.sha256 if word else "",
        pdf=pdf.pk if pdf else None,
        pdf_sha256=pdf.sha256 if pdf else "",
    )


def _label(kind: str) -> str:
    try:
        return get_kind(kind).schema.label_vi
    except DocgenError:  # a kind of an older program
        return kind


def write_index(notes: Notes, *, target: Path) -> None:
    """The index as a workbook, a row a paper."""
    write_long_sheet(target, name="Danh mục", columns=_COLUMNS, rows=(_row(e) for e in notes))


def _row(entry: Entry) -> tuple[Value, ...]:
    path = f"{entry.folder}/{entry.name}"
    return (
        entry.position,
        entry.code,
        date.fromisoformat(entry.day),
        entry.kind,
        entry.subject,
        entry.unit,
        entry.issuer,
        entry.signer,
        entry.state,
        f"{path}.docx" if entry.word else "(chưa có tệp)",
        entry.word_sha256,
        f"{path}.pdf" if entry.pdf else "(chưa có PDF)",
        entry.pdf_sha256,
    )
