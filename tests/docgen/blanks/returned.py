"""Forms filled as their receivers fill them: made-up values of every kind, put into controls and named cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import openpyxl
from hypothesis import assume
from hypothesis import strategies as st
from lxml import etree

from core.errors import Unreadable
from core.ethnicity import ETHNIC_GROUPS, TRAPS
from core.forms import FormField, FormKind
from core.forms.shown import shown
from core.identifiers import read_tax_code
from core.schema import FieldKind
from docgen.blanks.excel import native
from docgen.blanks.imprint import Imprint

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
IMPRINT = Imprint(date(2024, 5, 2), code="")
NAMES = frozenset(
    [
        "full_name", "legal_rep_name", "contact_name", "surveyor_name", "signer_employer", "prepared_by",
        "signer_name", "head_teller", "chair", "secretary", "officer_in_charge",
    ]
)  # fmt: skip
WORDS = (
    "Công", "ty", "TNHH", "xây", "dựng", "Bình", "Lư", "A&B", "<Ánh", "Sao>", "H'Mông", "đường", "số", "12/3",
    "phường", "Đoàn", "Kết", "50%", "thủy", "điện", "“Mường”", "Thị", "trấn", "(MTV)", "nghề", "chè,", "gỗ;", "Ín",
    "kế", "hoạch", "2024", "ăn", "ca", "tổ", "nề", "mùa", "vụ", "=1+1", "Nậm", "Nhùn", "đề", "nghị", "giúp", "ở",
)  # fmt: skip
SYLLABLES = (
    "Lò",
    "Vàng",
    "A",
    "Thị",
    "Páo",
    "Dở",
    "Giàng",
    "Ín",
    "Mừ",
    "Đỗ",
    "Ưng",
    "Quỳnh",
    "Sùng",
    "Xá",
    "Chẻo",
)
DAYS = st.dates(date(1950, 1, 1), date(2029, 12, 31))


def texts(one: FormField) -> st.SearchStrategy[str]:
    """Ordinary words up to the length that the form states; nothing that only says “nothing”."""
    if one.key in NAMES:
        parts = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=7).map(" ".join)
        return parts.map(lambda name: fitted(name, one.room))
    if one.key == "ethnicity":  # a name such as Thổ may mean several and goes to a person
        names = [group.name for group in ETHNIC_GROUPS if group.name not in TRAPS]
        return st.sampled_from([name for name in names if len(name) <= one.room])
    if one.key == "contact_email":
        return st.from_regex(
            r"[a-z]{1,20}(\.[a-z0-9]{1,8})?@[a-z]{2,9}\.(example|com\.vn)", fullmatch=True
        )
    words = st.lists(st.sampled_from(WORDS), min_size=2, max_size=one.room // 4)
    return words.map(lambda found: fitted(" ".join(found), one.room))


def fitted(text: str, room: int) -> str:
    """The text cut at a word's end, without the comma there."""
    if len(text) > room:
        text = text[: room + 1].rpartition(" ")[0]
    return text.rstrip(" ,;=")


@st.composite
def tax_codes(draw: st.DrawFn) -> str:
    """A tax code with its right check digit, sometimes a branch."""
    first = draw(st.integers(10_000_000, 999_999_999))
    for digit in range(10):
        try:
            code = read_tax_code(f"{first:09d}{digit}").value
        except Unreadable:
            continue
        return draw(st.sampled_from([code, f"{code}-{draw(st.integers(1, 999)):03d}"]))
    assume(condition=False)
    return ""


PARTIAL = DAYS.flatmap(lambda day: st.sampled_from([day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}"]))
MOBILE = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True)
PERIODS = st.one_of(
    st.builds("{}-{:02d}".format, st.integers(2020, 2030), st.integers(1, 12)),
    st.builds("{}-Q{}".format, st.integers(2020, 2030), st.integers(1, 4)),
    st.builds("{}-{}".format, st.integers(2020, 2030), st.sampled_from(["H1", "H2", "9M"])),
    st.integers(2020, 2030).map(str),
    st.just("2023-12-01/2024-05-31"),
)
IDS = st.builds(
    "012{}{:02d}{:06d}".format, st.integers(0, 1), st.integers(60, 99), st.integers(0, 999_999)
)


def numbers(one: FormField) -> st.SearchStrategy[int]:
    """Counts of as many figures as the form has room for; the net growth may be negative."""
    low = -999 if one.minimum is None else one.minimum
    return st.integers(low, min(10**one.room - 1, 999_999))


_VALUES: dict[FieldKind, Callable[[FormField], st.SearchStrategy[Any]]] = {
    FieldKind.TEXT: texts,
    FieldKind.INTEGER: numbers,
    FieldKind.ENUM: lambda one: st.sampled_from([option.code for option in one.options]),
    FieldKind.BOOLEAN: lambda _: st.booleans(),
    FieldKind.MONEY: lambda _: st.integers(1, 100_000).map(lambda n: n * 1000),
    FieldKind.RATE: lambda _: st.integers(0, 20_000).map(
        lambda n: n // 100 if n % 100 == 0 else n / 100
    ),
    FieldKind.DATE: lambda _: DAYS.map(date.isoformat),
    FieldKind.PARTIAL_DATE: lambda _: PARTIAL,
    FieldKind.TIME: lambda _: st.builds(
        "{:02d}:{:02d}".format, st.integers(5, 21), st.integers(0, 59)
    ),
    FieldKind.TERM: lambda _: st.builds(
        lambda year, length: f"{year}-{year + length}", st.integers(2015, 2030), st.integers(1, 5)
    ),
    FieldKind.PERIOD: lambda _: PERIODS,
    FieldKind.TAX_CODE: lambda _: tax_codes(),
    FieldKind.ID_NUMBER: lambda _: IDS,
    FieldKind.PHONE: lambda _: st.lists(MOBILE, min_size=1, max_size=2, unique=True).map("; ".join),
}


def values_of(one: FormField) -> st.SearchStrategy[Any]:
    """Values of a field as contract §4 has them."""
    return _VALUES[one.kind](one)


@st.composite
def filled(draw: st.DrawFn, form: FormKind) -> dict[str, object]:
    """Values of a form: required ones always, others mostly; a list of no row to as many as are printed."""
    data = {
        one.key: draw(values_of(one)) for one in form.fields if one.required or draw(st.booleans())
    }
    if form.columns:
        rows = []
        for _ in range(draw(st.integers(0, 3))):
            first, *rest = form.columns
            row = {first.key: draw(values_of(first))}
            row |= {one.key: draw(values_of(one)) for one in rest if draw(st.booleans())}
            rows.append(row)
        data["rows"] = rows
    assume(any(data.get(one.key) is not None for one in form.fields))
    return data


# --- filling -----------------------------------------------------------------------------------------


def ruled(docx: bytes, *, grows: bool) -> bytes:
    """The same form with rows that may all grow, or none as on forms for the pen."""
    parts = unpacked(docx)
    rules = [b'w:hRule="exact"', b'w:hRule="atLeast"']
    old, new = rules if grows else reversed(rules)
    xml = parts["word/document.xml"].replace(old, new)
    return packed(parts | {"word/document.xml": xml})


def fill_word(docx: bytes, form: FormKind, data: Mapping[str, Any]) -> bytes:
    """Type into the controls as Word does: the text is exchanged, the placeholder's mark goes."""
    parts = unpacked(docx)
    root = etree.fromstring(parts["word/document.xml"])
    rows = list(data.get("rows", ()))
    met: dict[str, int] = {}
    for sdt in root.iter(f"{W}sdt"):
        key = sdt.find(f"{W}sdtPr/{W}tag").get(f"{W}val")
        if key.startswith("rows."):
            name = key.removeprefix("rows.")
            at = met[name] = met.get(name, -1) + 1
            one, value = form.column(name), rows[at].get(name) if at < len(rows) else None
        else:
            one, value = form.field(key), data.get(key)
        if value is not None:
            type_in(sdt, shown(one, value))
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return packed(parts)


def type_in(sdt: Any, text: str) -> None:
    """Put a text into one control."""
    mark = sdt.find(f"{W}sdtPr/{W}showingPlcHdr")
    if mark is not None:
        mark.getparent().remove(mark)
    runs = sdt.findall(f"{W}sdtContent/{W}r")
    for extra in runs[1:]:
        extra.getparent().remove(extra)
    runs[0].find(f"{W}t").text = text


def fill_excel(xlsx: bytes, form: FormKind, data: Mapping[str, Any]) -> bytes:
    """Type into the named cells, and into the list under its heading rows."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    sheet = book.worksheets[0]
    for one in form.fields:
        if data.get(one.key) is not None:
            place = book.defined_names[one.key].attr_text.rpartition("!")[2].replace("$", "")
            sheet[place].value = native(one, data[one.key])
            sheet[place].data_type = (
                "s" if isinstance(sheet[place].value, str) else sheet[place].data_type
            )
    rows = list(data.get("rows", ()))
    if rows:
        top = next(c.row for line in sheet.iter_rows(max_col=1) for c in line if c.value == 1)
        for down, row in enumerate(rows):
            for across, one in enumerate(form.columns, start=2):
                cell = sheet.cell(top + down, across)
                cell.value = native(one, row.get(one.key))
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An office file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
