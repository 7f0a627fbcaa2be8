"""Invented records for the corpus of filled forms: names of Lai Châu's peoples, hard letters, figures that agree.

Everything follows the rules across fields of core.forms, so that a form read rightly has nothing open.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

Data = dict[str, Any]

_PEOPLES = {
    "Thái": (("Lò", "Vì", "Quàng", "Cà", "Điêu", "Đèo", "Lường"), ("Văn", "Thị")),
    "Mông": (("Giàng", "Vàng", "Sùng", "Thào", "Hảng", "Cứ", "Mùa", "Lầu", "Ly"), ("A", "Thị")),
    "Hà Nhì": (("Pờ", "Lý", "Khoàng", "Chang", "Sừng"), ("Xá", "Hừ", "Gió", "Lòng", "Phì")),
    "Dao": (("Tẩn", "Chẻo", "Phàn", "Lò", "Vàng"), ("A", "Mẩy", "Láo", "Lở")),
    "Giáy": (("Lù", "Vàng", "Phan", "Hoàng"), ("Văn", "Thị")),
    "La Hủ": (("Phùng", "Vàng", "Giàng", "Lỳ"), ("Xè", "Gô", "Hừ")),
    "Lự": (("Tao", "Vàng", "Lò", "Mào"), ("Văn", "Thị")),
    "Kinh": (("Nguyễn", "Trần", "Đặng", "Phạm", "Võ", "Bùi"), ("Văn", "Thị Ngọc", "Đức", "Thị")),
    "Khơ Mú": (("Lò", "Quàng", "Hoàng"), ("Văn", "Thị")),
}
_GIVEN = [
    "Mẫu",
    "Páo",
    "Dở",
    "Ín",
    "Mừ",
    "Cà",
    "Phẩu",
    "Sử",
    "Dua",
    "Chía",
    "Ý",
    "Ửng",
    "Quỳnh",
    "Đương",
    "Thúy",
    "Hòa",
    "Khuyên",
    "Nghiệp",
    "Lứ",
    "Pó",
    "Xuân",
    "Vỹ",
    "Kỷ",
    "H'Nga",
]
_FEMALE_MIDDLES = frozenset({"Thị", "Thị Ngọc", "Mẩy", "Lở"})
PLACES = (
    "xã Bình Lư, huyện Tam Đường",
    "xã Sùng Phài, thành phố Lai Châu",
    "thị trấn Than Uyên, huyện Than Uyên",
    "xã Pa Ủ, huyện Mường Tè",
    "xã Tủa Sín Chải, huyện Sìn Hồ",
    "phường Đoàn Kết, thành phố Lai Châu",
    "xã Dào San, huyện Phong Thổ",
    "xã Hua Bum, huyện Nậm Nhùn",
    "xã Pắc Ta, huyện Tân Uyên",
)
_HAMLETS = (
    "Bản Nà Đa",
    "Bản Hợp Nhất",
    "Tổ 5",
    "Số nhà 12, tổ 3",
    "Bản Sì Thâu Chải",
    "Km 12, QL 4D",
)
_FIRMS = (
    "Công ty TNHH Xây dựng {0}",
    "Công ty TNHH MTV {0}",
    "Công ty Cổ phần Thủy điện {0} 2A",
    "Công ty CP Chè A&B <{0}>",
    "Hợp tác xã Nông nghiệp và Dịch vụ {0}",
    "Doanh nghiệp tư nhân {0} 68",
    "Công ty TNHH Đ&Đ {0} (chi nhánh Lai Châu)",
    "Công ty TNHH Thương mại - Dịch vụ {0}",
)
_FIRM_NAMES = (
    "Bình Lư",
    "Đông Pao",
    "Hưng Thịnh",
    "Nậm Mu",
    "Ý Thắng",
    "Hoàng Liên",
    "Phìn Hồ",
    "Ánh Dương",
)
_TOWNS = ("Tam Đường", "Than Uyên", "Sìn Hồ", "Phong Thổ", "Mường Tè", "Tân Uyên", "Nậm Nhùn")
SECTORS = (
    "Xây dựng công trình, thủy điện",
    "Chế biến chè",
    "Khai thác đá, cát, sỏi",
    "Thương mại tổng hợp; vận tải",
    "Nuôi cá nước lạnh (cá hồi, cá tầm)",
)
SORROWS = (
    "Nhiều lao động ở xa, phải thuê nhà trọ",
    "Thiếu nhà ở cho công nhân; giá điện cao",
    "Lao động biến động theo mùa vụ, từ tháng 9 đến tháng 3",
    "Chưa có người làm công tác công đoàn",
    "Chủ doanh nghiệp bận, chưa bố trí được thời gian làm việc với đoàn khảo sát của Liên đoàn Lao động huyện",
)
WISHES = (
    "Đề nghị hướng dẫn thủ tục thành lập công đoàn cơ sở",
    "Kiến nghị xây dựng nhà ở cho công nhân",
    "Hỗ trợ tập huấn nghiệp vụ công đoàn trong năm 2024",
    "Tạo điều kiện vay vốn; giảm thủ tục",
)
JOBS = (
    "Công nhân, Tổ nề",
    "Lái xe",
    "Kế toán, Phòng Hành chính",
    "Thủ kho",
    "Trưởng ca",
    "Công nhân chế biến chè",
)
NOTES = ("Lao động mùa vụ", "Tổ trưởng", "đang rà soát", "mới", "tái cử")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class Maker:
    """Draws invented values from one seed."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self._ids: set[str] = set()

    def pick(self, choices: Any) -> Any:
        return self.random.choice(choices)

    def maybe(self, value: object, share: float = 0.8) -> object:
        return value if self.random.random() < share else None

    def upto(self, most: int) -> int:
        return self.random.randint(0, max(most, 0))

    def person(self) -> Data:
        people = self.pick(list(_PEOPLES))
        surnames, middles = _PEOPLES[people]
        middle = self.pick(middles)
        name = f"{self.pick(surnames)} {middle} {self.pick(_GIVEN)}"
        female = middle in _FEMALE_MIDDLES
        born = date(1965, 1, 1) + timedelta(days=self.random.randint(0, 38 * 365))
        return {
            "full_name": name,
            "gender": "female" if female else "male",
            "dob": self.pick([born.isoformat()] * 4 + [f"{born:%Y}", f"{born:%Y-%m}"]),
            "ethnicity": people,
            "id_number": self.id_number(born.year, female=female),
            "phone": self.phone(),
        }

    def name(self) -> str:
        return str(self.person()["full_name"])

    def id_number(self, year: int, *, female: bool) -> str:
        century = (2 if year >= 2000 else 0) + female
        while True:
            number = f"012{century}{year % 100:02d}9{self.random.randint(0, 99999):05d}"
            if number not in self._ids:
                self._ids.add(number)
                return number

    def phone(self) -> str:
        mobile = (
            self.pick(("091", "098", "034", "086", "070"))
            + f"{self.random.randint(0, 9999999):07d}"
        )
        return self.pick(
            [mobile] * 6 + [f"0213387{self.random.randint(0, 9999):04d}", f"{mobile}; 02133876543"]
        )

    def tax_code(self) -> str:
        while True:
            stem = f"62999{self.random.randint(0, 9999):04d}"
            check = 10 - sum(int(d) * w for d, w in zip(stem, _TAX_WEIGHTS, strict=True)) % 11
            if check < 10:
                return f"{stem}{check}" + self.pick(["", "", "", "", "-001"])

    def firm(self) -> str:
        return self.pick(_FIRMS).format(self.pick(_FIRM_NAMES))

    def place(self) -> str:
        return f"{self.pick(_HAMLETS)}, {self.pick(PLACES)}"

    def address(self) -> str:
        return f"{self.place()}, tỉnh Lai Châu"

    def day(self, first: date = date(2024, 4, 1), days: int = 60) -> date:
        return first + timedelta(days=self.random.randint(0, days))

    def union(self) -> str:
        return f"Công đoàn cơ sở {self.firm()}"

    def district(self) -> str:
        return f"Liên đoàn Lao động huyện {self.pick(_TOWNS)}"
