"""SO, DD: number and symbol, place and date (ND30 PL I II.3, II.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from core.letters import fold, nfc
from docgen.rules.checks.measures import Want, look_faults, whole
from docgen.rules.finding import Fault, Rule
from docgen.rules.paper import Paper
from docgen.rules.papertypes import TYPES
from docgen.rules.pieces import Piece, is_form_blank, where


def _numbered(paper: Paper) -> bool:
    return paper.is_numbered


_WORD = re.compile(r"^Số\s?:")
_TAKEN = re.compile(
    r"(?i)^s\S*\s*[:.]?\s*(?P<number>[\d.…_\s]*[a-zđ]{0,2}?)\s*(?P<mark>[/–-])(?P<symbol>.*)$"
)


def number_word(paper: Paper) -> Iterator[Fault]:
    """SO-01: ``Số:`` in sentence letters, 13, upright, centred under the issuing body."""
    piece = paper.number
    if piece is None:
        yield Fault("Thiếu số, ký hiệu văn bản.", whole(paper), "không có", "Số: .../...")
        return
    if not _WORD.match(nfc(piece.text)):
        yield Fault(
            "Từ “Số” viết chữ thường, sau có dấu hai chấm.", piece.where, piece.text[:12], "Số:"
        )
    want = Want("Số, ký hiệu", 13, 13, bold=False, italic=False, centred=True)
    yield from look_faults([piece], want)


def _number_parts(paper: Paper) -> tuple[Piece, str, str, str] | None:
    if paper.number is None:
        return None
    found = _TAKEN.match(nfc(paper.number.text))
    if found is None:
        return None
    return paper.number, found["number"], found["mark"], found["symbol"]


def number_digits(paper: Paper) -> Iterator[Fault]:
    """SO-02: Arabic digits, 01 to 09 with their zero, from 10 on without."""
    parts = _number_parts(paper)
    if parts is None:
        return
    piece, number, _, _ = parts
    digits = re.sub(r"\D", "", number)
    if not digits or is_form_blank(number):
        return
    right = f"{int(digits):02d}"
    if digits != right:
        yield Fault(
            "Số dưới 10 thêm số 0 phía trước, từ 10 trở lên ghi như cũ.", piece.where, digits, right
        )


_SYMBOL = re.compile(r"^[A-ZĐƯƠÂÊÔĂ][A-ZĐƯƠÂÊÔĂ0-9&.]*$")
_MIXED = frozenset(("TTr", "CTr", "QyĐ", "TrS"))


def symbol_form(paper: Paper) -> Iterator[Fault]:
    """SO-03: capitals, ``/`` after the number, ``-`` between groups, no spaces anywhere."""
    if paper.number is not None and not is_form_blank(paper.number.text):
        yield from _own_symbol(paper.number, _number_parts(paper))
    yield from _cited_symbols(paper)


def _own_symbol(piece: Piece, parts: tuple[Piece, str, str, str] | None) -> Iterator[Fault]:
    right = "Số: 70/KH-LĐLĐ"
    if parts is None:
        yield Fault("Số, ký hiệu không đúng dạng.", piece.where, piece.text, right)
        return
    _, number, mark, symbol = parts
    if mark != "/":
        yield Fault("Giữa số và ký hiệu phải là dấu gạch chéo (/).", piece.where, piece.text, right)
        return
    trailing = bool(number.strip()) and number != number.rstrip()
    if trailing or symbol != symbol.strip() or re.search(r"\s", symbol):
        message = "Số, ký hiệu không được có dấu cách ở trong."
        yield Fault(message, piece.where, piece.text, tidy_symbol(piece.text))
    groups = [group.strip() for group in re.split(r"[-–/]", symbol)]
    if "–" in symbol or "—" in symbol:
        yield Fault(
            "Giữa các nhóm của ký hiệu là dấu gạch nối ngắn (-).",
            piece.where,
            symbol,
            symbol.replace("–", "-"),
        )
    bad = [
        group for group in groups if not (group in _MIXED or _SYMBOL.match(group.replace(" ", "")))
    ]
    if bad and not all(group.isdigit() for group in bad):
        yield Fault(
            "Ký hiệu văn bản phải là chữ in hoa.", piece.where, ", ".join(bad), "chữ in hoa"
        )


def tidy_symbol(text: str) -> str:
    """A line of number and symbol without its stray spaces."""
    return re.sub(r"(?<=\d)\s+(?=/)|(?<=/)\s+|\s+(?=-)|(?<=-)\s+", "", text)


STRAY_SYMBOL = re.compile(
    r"(?<![\w/])\d{1,4}[a-z]?(?:\s+/\s*|\s*/\s+|\s+-\s*(?=[A-ZĐ]{2}[\w]*\s*/)|-\s+(?=[A-ZĐ]{2}\w*/))[A-ZĐ]{2}[\w-]*(?:\s?/\s?[A-ZĐ]+)?"
    r"|(?<![\w/])\d{1,4}/[A-ZĐ][\wĐđ]*(?:\s+-\s*|\s*-\s+)[A-ZĐ]{2,}\b"
)


def _cited_symbols(paper: Paper) -> Iterator[Fault]:
    for para in (*paper.bases, *paper.body):
        for found in STRAY_SYMBOL.finditer(para.text):
            right = re.sub(r"\s*([/-])\s*", r"\1", found.group())
            message = "Số, ký hiệu của văn bản được dẫn có dấu cách thừa."
            yield Fault(message, where(para), found.group(), right, "W")


_YEAR = re.compile(r"/\s*(?:19|20)\d\d\b")


def symbol_makeup(paper: Paper) -> Iterator[Fault]:
    """SO-04: type - body for typed papers; body - unit for a công văn, without a type."""
    parts = _number_parts(paper)
    if parts is None or is_form_blank(parts[3]):
        return
    piece, _, _, symbol = parts
    if _YEAR.search(piece.text):
        yield Fault(
            "Ký hiệu của văn bản hành chính không ghi năm.", piece.where, piece.text, "bỏ năm"
        )
        return
    groups = [group.strip() for group in re.split(r"[-–]", symbol.strip())]
    wanted = paper.type_abbreviation
    if paper.is_letter:
        if len(groups) > 1 and groups[0] in _LETTER_TYPES:
            message = "Ký hiệu công văn không có tên loại: chữ viết tắt cơ quan - đơn vị soạn thảo."
            yield Fault(message, piece.where, symbol, "-".join(groups[1:]))
    elif wanted is not None and groups[0] != wanted and not paper.is_congress:
        message = f"Ký hiệu phải bắt đầu bằng chữ viết tắt tên loại ({wanted})."
        yield Fault(message, piece.where, symbol, f"{wanted}-...")
    elif wanted is not None and groups[0] == wanted and not any(groups[1:]):
        message = "Ký hiệu thiếu chữ viết tắt tên cơ quan ban hành."
        yield Fault(message, piece.where, symbol, f"{wanted}-LĐLĐ")


_LETTER_TYPES = frozenset(("CV", *(name for name in TYPES.values() if name)))
_CONSULTING = re.compile(
    r"^(?:BAN CHỈ ĐẠO|BCĐ|HỘI ĐỒNG|TIỂU BAN|TỔ CÔNG TÁC|BAN TỔ CHỨC HỘI|BAN VẬN ĐỘNG)"
)
_HOSTS = frozenset(("LĐLĐ", "TLĐ", "CĐCS", "UBND", "CĐN"))


def _is_consulting(paper: Paper) -> bool:
    return bool(_CONSULTING.match(paper.issuer_name.upper())) and paper.number is not None


def consulting_series(paper: Paper) -> Iterator[Fault]:
    """SO-05: a committee that issues in its own name has its own symbol and series."""
    parts = _number_parts(paper)
    if parts is None:
        return
    piece, _, _, symbol = parts
    body = re.split(r"[-–]", symbol.strip())[-1].strip()
    if body in _HOSTS:
        message = "Văn bản của ban chỉ đạo, hội đồng, tiểu ban lấy số và ký hiệu riêng của ban."
        yield Fault(message, piece.where, symbol, "chữ viết tắt tên ban (ví dụ BCĐ)")


def _placed(paper: Paper) -> bool:
    return paper.is_dated


_PLACE = re.compile(r"^(?P<place>[^,]*?)(?P<comma>\s*,\s*|\s+)(?=ngày|\d)", re.IGNORECASE)
_UNITS = frozenset(
    ("tỉnh", "huyện", "xã", "phường", "thị", "trấn", "thành", "phố", "quận", "đặc", "khu", "tp.")
)


def place(paper: Paper) -> Iterator[Fault]:
    """DD-01: the name with a capital on each syllable, then a comma."""
    piece = paper.place_date
    if piece is None:
        yield Fault(
            "Thiếu địa danh và thời gian ban hành.",
            whole(paper),
            "không có",
            "Lai Châu, ngày ... tháng ... năm ...",
        )
        return
    text = nfc(piece.text)
    found = _PLACE.match(text)
    name = found["place"].strip() if found else ""
    if not name:
        yield Fault("Thiếu địa danh trước ngày tháng.", piece.where, text, "Lai Châu, ngày ...")
        return
    if is_form_blank(name):
        return
    small = [word for word in name.split() if word[:1].islower() and word not in _UNITS]
    if small:
        right = " ".join(word[:1].upper() + word[1:] for word in name.split())
        message = "Địa danh viết hoa chữ cái đầu mỗi âm tiết của tên riêng."
        yield Fault(message, piece.where, name, right)
    if found and "," not in found["comma"]:
        yield Fault("Sau địa danh phải có dấu phẩy.", piece.where, text, f"{name}, ngày ...")


# Names of people, events: the kind of unit is written before them (ND30 PL II III.1b). Met in practice.
_PERSONS = frozenset(
    ("điện biên phủ", "hồ chí minh", "trần phú", "lê lợi", "hai bà trưng", "quang trung", "nguyễn trãi",
     "trần hưng đạo", "lý thường kiệt")
)  # fmt: skip


def place_unit(paper: Paper) -> Iterator[Fault]:
    """DD-02: names from persons, numbers, events carry the kind of unit (``Phường 1``)."""
    piece = paper.place_date
    found = _PLACE.match(nfc(piece.text)) if piece is not None else None
    if piece is None or found is None:
        return
    name = fold(found["place"])
    if name.strip().isdigit() or name in _PERSONS:
        message = "Địa danh theo tên người, chữ số, sự kiện phải ghi cả tên loại đơn vị hành chính."
        yield Fault(message, piece.where, found["place"], f"Phường {found['place']}")


_DAY = re.compile(
    r"(?i)ngày\s*(?P<day>[^\W\d_]+|[\d\s.…_]*?)\s*tháng\s*(?P<month>[^\W\d_]+|[\d\s.…_]*?)\s*năm\s*(?P<year>[\d.…_]*)"
)


def date_form(paper: Paper) -> Iterator[Fault]:
    """DD-03: ``ngày 02 tháng 5 năm 2024``: zero for days under 10 and for January, February only."""
    piece = paper.place_date
    if piece is None:
        return
    found = _DAY.search(nfc(piece.text))
    if found is None:
        yield Fault(
            "Thời gian ban hành phải viết đủ ngày, tháng, năm bằng chữ.",
            piece.where,
            piece.text,
            "ngày 02 tháng 5 năm 2024",
        )
        return
    day, month, year = (found[key].strip() for key in ("day", "month", "year"))
    wrong = _wrong_parts(day, month, year)
    if wrong:
        right = right_date(day, month, year)
        message = f"Thời gian ban hành viết sai: {'; '.join(wrong)}."
        yield Fault(message, piece.where, found.group(), right)


def _wrong_parts(day: str, month: str, year: str) -> list[str]:
    wrong = []
    if day.isdigit() and len(day) == 1:
        wrong.append("ngày dưới 10 phải thêm số 0")
    if month.isdigit():
        if int(month) in {1, 2} and len(month) == 1:
            wrong.append("tháng 1, 2 phải thêm số 0")
        elif int(month) > 2 and month.startswith("0"):  # noqa: PLR2004
            wrong.append("tháng 3 đến 9 không thêm số 0")
    if any(part.isalpha() for part in (day, month)):
        wrong.append("ngày, tháng phải viết bằng chữ số")
    if year.isdigit() and len(year) != 4:  # noqa: PLR2004
        wrong.append("năm phải đủ bốn chữ số")
    if (
        not wrong
        and all(part.isdigit() for part in (day, month, year))
        and not _exists(day, month, year)
    ):
        wrong.append("không có ngày này trong lịch")
    return wrong


def _exists(day: str, month: str, year: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def right_date(day: str, month: str, year: str) -> str:
    """``ngày 02 tháng 5 năm 2024`` of three parts in digits."""
    if not all(part.isdigit() for part in (day, month, year)):
        return "ngày 02 tháng 5 năm 2024"
    padded = f"{int(month):02d}" if int(month) in {1, 2} else str(int(month))
    return f"ngày {int(day):02d} tháng {padded} năm {year}"


def place_style(paper: Paper) -> Iterator[Fault]:
    """DD-04: 13-14, italic, centred under the Tiêu ngữ, on the line of Số."""
    piece = paper.place_date
    if piece is None:
        return
    yield from look_faults(
        [piece],
        Want(
            "Địa danh và thời gian ban hành",
            13,
            14,
            bold=False,
            italic=True,
            caps=False,
            centred=True,
        ),
    )
    if paper.number is not None and not _same_line(paper.number, piece):
        message = "Địa danh, thời gian ban hành phải ở cùng dòng với số, ký hiệu."
        yield Fault(message, piece.where, "khác dòng với Số", "cùng dòng, canh giữa dưới Tiêu ngữ")


def _same_line(number: Piece, place: Piece) -> bool:
    here, there = number.para.cell, place.para.cell
    if number.para is place.para:
        return True
    if here is None or there is None:
        # With tabs both stand in one paragraph. A flattened header has no columns: nothing to compare.
        return here is None and there is None and number.column == place.column
    return here.table == there.table and here.row == there.row


RULES = (
    Rule("SO-01", "E", "ND30 PL I II.3c", "Từ “Số”", number_word, _numbered),
    Rule("SO-02", "E", "ND30 PL I II.3c", "Số văn bản", number_digits, _numbered),
    Rule("SO-03", "E", "ND30 PL I II.3c", "Cách viết ký hiệu", symbol_form, _numbered),
    Rule("SO-04", "E", "ND30 PL I II.3b", "Cấu tạo ký hiệu", symbol_makeup, _numbered),
    Rule(
        "SO-05",
        "W",
        "ND30 PL I II.3a",
        "Ký hiệu riêng của ban chỉ đạo",
        consulting_series,
        _is_consulting,
    ),
    Rule("DD-01", "E", "ND30 PL I II.4a, 4c", "Địa danh", place, _placed),
    Rule(
        "DD-02",
        "W",
        "ND30 PL I II.4a; PL II III.1b",
        "Địa danh kèm tên loại đơn vị",
        place_unit,
        _placed,
    ),
    Rule("DD-03", "E", "ND30 PL I II.4b", "Ngày, tháng, năm", date_form, _placed),
    Rule("DD-04", "E", "ND30 PL I II.4c", "Trình bày địa danh, thời gian", place_style, _placed),
)
