"""Tax codes and personal identity numbers (domain brief §6.2, corrections §7).

A wrong shape or check digit raises Unreadable; what merely looks odd is a warning on the result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.vn import mst

from core.errors import Unreadable
from core.letters import clean_line

# --- tax codes ---------------------------------------------------------------------------------------


class TaxCodeKind(StrEnum):
    """Who holds a tax code: an enterprise, its branch, or a person or household business."""

    ENTERPRISE = "enterprise"
    BRANCH = "branch"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class TaxCode:
    """A valid tax code: ``0123456789``, ``0123456789-001`` or twelve digits (contract §4)."""

    value: str
    kind: TaxCodeKind
    warnings: tuple[str, ...] = ()


_TAX_LEAD = re.compile(
    r"^\D*?(?:mst|mã số (?:thuế|dn|doanh nghiệp)|msdn)\s*[:.]?\s*", re.IGNORECASE
)
_FLOAT_TAIL = re.compile(r"^(\d{8,12})[.,]0$")
_BRANCH = 13


def _tax_digits(text: str) -> str:
    line = _TAX_LEAD.sub("", clean_line(text)).lstrip("'’").replace("–", "-")
    line = _FLOAT_TAIL.sub(r"\1", line)  # a spreadsheet number: 6299900012.0
    compact = mst.compact(line)
    if not re.fullmatch("[0-9]+", compact):
        raise Unreadable(f"Mã số thuế “{line}” có ký tự không phải chữ số.", code="bad_tax_code")
    return compact


def _check_tax_digits(digits: str) -> None:
    if len(digits) not in {10, _BRANCH}:
        raise Unreadable(
            f"Mã số thuế “{digits}” có {len(digits)} chữ số; cần 10 số, 10 số và 3 số chi nhánh,"
            " hoặc 12 số của cá nhân, hộ kinh doanh.",
            code="bad_tax_code",
        )
    # stdnum 2.2 knows neither the unused range 00 nor the 12-digit codes; both are handled here.
    if digits.startswith("00") or not mst.is_valid(digits):
        raise Unreadable(
            f"Mã số thuế “{digits}” không hợp lệ (sai chữ số kiểm tra hoặc dãy số).",
            code="bad_tax_code",
        )


def read_tax_code(text: str, *, allow_personal: bool = True) -> TaxCode:
    """Read ``6299900012``, ``62 999 000 12``, ``6299900012.001``, ``MST: 6299900012``, ``6299900012.0``.

    Ten digits with check digit, branches 10-3, and (unless ``allow_personal`` is off) the twelve-digit
    personal number that replaced tax codes of persons and household businesses on 01/7/2025. Nine digits
    are taken as a spreadsheet's lost zero only if the check digit then fits. Raises Unreadable.
    """
    digits = _tax_digits(text)
    if len(digits) == 12 and allow_personal:
        return TaxCode(digits, TaxCodeKind.PERSONAL, read_id_number(digits).warnings)
    warnings: tuple[str, ...] = ()
    if len(digits) == 9 and mst.is_valid(f"0{digits}"):
        digits = f"0{digits}"
        warnings = ("Đã thêm số 0 ở đầu mã số thuế (bảng tính bỏ mất).",)
    _check_tax_digits(digits)
    kind = TaxCodeKind.BRANCH if len(digits) == _BRANCH else TaxCodeKind.ENTERPRISE
    return TaxCode(mst.format(digits), kind, warnings)


def parse_tax_code(text: str) -> str:
    """The stored value of `read_tax_code`. Raises Unreadable."""
    return read_tax_code(text).value


# --- identity numbers --------------------------------------------------------------------------------

#: First three digits of a personal number: province of birth registration. Old codes stay valid.
ID_PROVINCES = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang",
    "010": "Lào Cai", "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái",
    "017": "Hòa Bình", "019": "Thái Nguyên", "020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang",
    "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh", "030": "Hải Dương", "031": "Hải Phòng",
    "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định", "037": "Ninh Bình",
    "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình", "045": "Quảng Trị",
    "046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi",
    "052": "Bình Định", "054": "Phú Yên", "056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận",
    "062": "Kon Tum", "064": "Gia Lai", "066": "Đắk Lắk", "067": "Đắk Nông", "068": "Lâm Đồng",
    "070": "Bình Phước", "072": "Tây Ninh", "074": "Bình Dương", "075": "Đồng Nai",
    "077": "Bà Rịa - Vũng Tàu", "079": "TP Hồ Chí Minh", "080": "Long An", "082": "Tiền Giang",
    "083": "Bến Tre", "084": "Trà Vinh", "086": "Vĩnh Long", "087": "Đồng Tháp", "089": "An Giang",
    "091": "Kiên Giang", "092": "Cần Thơ", "093": "Hậu Giang", "094": "Sóc Trăng", "095": "Bạc Liêu",
    "096": "Cà Mau",
}  # fmt: skip
#: Luật Căn cước 2023 Điều 46 k2: no nine-digit card is valid after this day.
LAST_DAY_OF_CMND = date(2024, 12, 31)


class IdKind(StrEnum):
    """Twelve-digit personal number (CCCD, thẻ căn cước) or the old nine-digit card (CMND)."""

    PERSONAL = "cccd"
    OLD_CARD = "cmnd"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """An identity number and what its digits say. ``province`` is None for codes of other countries."""

    value: str
    kind: IdKind
    province: str | None = None
    gender: str | None = None
    birth_year: int | None = None
    warnings: tuple[str, ...] = ()


_ID_LEAD = re.compile(r"^[^\d'’]*")
_ID_GAPS = re.compile(r"[\s.\-–]")


def _id_digits(text: str) -> str:
    line = clean_line(text)
    rest = _FLOAT_TAIL.sub(r"\1", _ID_LEAD.sub("", line).lstrip("'’"))
    digits = _ID_GAPS.sub("", rest)
    if not re.fullmatch("[0-9]+", digits):
        raise Unreadable(f"Số căn cước “{line}” có ký tự không phải chữ số.", code="bad_id_number")
    return digits


def _restore_zeros(digits: str) -> tuple[str, tuple[str, ...]]:
    """Put back the zeros a spreadsheet dropped: 12345678901 -> 012345678901, if a province then fits."""
    if digits.startswith("0"):
        return digits, ()  # a spreadsheet that drops zeros drops all of them: this is a digit short
    lost_of_cccd = len(digits) in {10, 11} and digits.zfill(12)[:3] in ID_PROVINCES
    if lost_of_cccd:
        return digits.zfill(12), ("Đã thêm số 0 ở đầu số căn cước (bảng tính bỏ mất).",)
    if len(digits) == 8:
        return digits.zfill(9), ("Đã thêm số 0 ở đầu số CMND (bảng tính bỏ mất).",)
    return digits, ()


def read_id_number(
    text: str,
    *,
    gender: str | None = None,
    birth_year: int | None = None,
    on: date | None = None,
) -> IdNumber:
    """Read a CCCD of 12 digits or a CMND of 9 (lead words and gaps aside).

    ``gender`` (``male``, ``female``) and ``birth_year`` are what the same form says; ``on`` is the date of
    the form. Disagreement is a warning, for a person to look at. Raises Unreadable for another shape.
    """
    digits, warnings = _restore_zeros(_id_digits(text))
    if len(digits) == 9:
        late = on is not None and on > LAST_DAY_OF_CMND
        note = (
            ("Số CMND 9 số không còn giá trị từ ngày 01/01/2025; cần số căn cước 12 số.",)
            if late
            else ()
        )
        return IdNumber(digits, IdKind.OLD_CARD, warnings=(*warnings, *note))
    if len(digits) != 12:
        raise Unreadable(
            f"Số căn cước “{digits}” có {len(digits)} chữ số; cần 12 số (hoặc 9 số của CMND cũ).",
            code="bad_id_number",
        )
    sign = int(
        digits[3]
    )  # Thông tư 59/2021/TT-BCA Điều 4: 0/1 1900s, 2/3 2000s; even male, odd female
    found = IdNumber(
        digits,
        IdKind.PERSONAL,
        province=ID_PROVINCES.get(digits[:3]),
        gender="female" if sign % 2 else "male",
        birth_year=1900 + 100 * (sign // 2) + int(digits[4:6]),
    )
    return IdNumber(
        found.value,
        found.kind,
        found.province,
        found.gender,
        found.birth_year,
        (*warnings, *_id_warnings(found, gender, birth_year)),
    )


def _id_warnings(found: IdNumber, gender: str | None, birth_year: int | None) -> tuple[str, ...]:
    warnings: list[str] = []
    if found.province is None and found.value[0] == "0":
        warnings.append(f"Không có mã tỉnh {found.value[:3]} ở đầu số căn cước.")
    if gender is not None and gender != found.gender:
        said = "nữ" if found.gender == "female" else "nam"
        warnings.append(f"Theo số căn cước thì giới tính là {said}.")
    if birth_year is not None and birth_year != found.birth_year:
        warnings.append(f"Theo số căn cước thì năm sinh là {found.birth_year}.")
    return tuple(warnings)


def parse_id_number(text: str) -> str:
    """The digits of `read_id_number`. Raises Unreadable."""
    return read_id_number(text).value


_SHOWN = 3


def mask_id(number: str) -> str:
    """Hide a personal number but for its last three digits: ``•••••••••789``."""
    digits = clean_line(number)
    if len(digits) <= _SHOWN:
        return "•" * len(digits)
    return "•" * (len(digits) - _SHOWN) + digits[-_SHOWN:]
