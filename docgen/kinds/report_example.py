# ruff: noqa: E501 (a sentence reads best whole)
"""Complete example data of the result report. Every figure, union and decision is made up."""

from __future__ import annotations

from docgen.kinds.letter_examples import REMINDER_LETTER, REMINDER_LETTER_REPORT
from docgen.kinds.sample_campaign import PROVINCE_2024, sample_campaign

_Json = dict[str, object]

_KEYS = (
    "period_joined",
    "period_left",
    "period_unions",
    "cum_joined",
    "cum_left",
    "cum_unions",
)
#: In the order of the sample's quota: in the third quarter, then since the beginning of the year.
_DONE = (
    (62, 4, 2, 148, 11, 4),
    (28, 2, 1, 71, 5, 2),
    (19, 3, 0, 52, 8, 1),
    (9, 0, 0, 31, 2, 1),
    (0, 1, 0, 12, 3, 0),
    (17, 2, 1, 34, 4, 1),
    (31, 0, 1, 83, 6, 2),
    (36, 5, 1, 90, 9, 2),
    (14, 2, 0, 39, 5, 0),
)


def _rows() -> list[_Json]:
    quota = sample_campaign()["quota"]
    return [
        {
            "org_name": asked["org_name"],
            "target_members": asked["new_members"],
            "target_net": asked["net_increase"],
            "target_unions": asked["new_unions"],
            **dict(zip(_KEYS, done, strict=True)),
        }
        for asked, done in zip(quota, _DONE, strict=True)
    ]


def _union(name: str, org: str, decision: str, founded_on: str, members: int) -> _Json:
    return {
        "union_name": f"Công đoàn cơ sở {name}",
        "org_name": org,
        "decision": decision,
        "founded_on": founded_on,
        "members": members,
    }


_CITY, _DISTRICT = "Liên đoàn Lao động thành phố Lai Châu", "Liên đoàn Lao động huyện"
_NEW = [
    _union("Công ty TNHH A&B Lai Châu", _CITY, "52/QĐ-LĐLĐ", "2024-07-12", 21),
    _union("Công ty Cổ phần Dược liệu Pu Ta Leng", _CITY, "58/QĐ-LĐLĐ", "2024-08-16", 18),
    _union("Công ty TNHH Xây dựng Bình Lư", f"{_DISTRICT} Tam Đường", "33/QĐ-LĐLĐ", "2024-08-16", 12),
    _union("Hợp tác xã Dệt thổ cẩm H'Mông Nậm Manh", f"{_DISTRICT} Mường Tè", "26/QĐ-LĐLĐ", "2024-09-13", 9),
    _union("Công ty TNHH Chè Thân Thuộc", f"{_DISTRICT} Tân Uyên", "31/QĐ-LĐLĐ", "2024-07-12", 16),
    _union("Công ty TNHH Mắc ca Mường Cang", f"{_DISTRICT} Than Uyên", "37/QĐ-LĐLĐ", "2024-09-13", 14),
]  # fmt: skip

RESULT_REPORT: _Json = {
    **PROVINCE_2024,
    "doc_symbol": "BC-LĐLĐ",
    "intended_date": "2024-10-04",
    "addressees": ["Tổng Liên đoàn Lao động Việt Nam"],
    "recipients": [
        "Thường trực LĐLĐ tỉnh",
        "Thành viên Ban Chỉ đạo phát triển đoàn viên",
        "LĐLĐ các huyện, thành phố",
    ],
    "bases": REMINDER_LETTER["bases"],
    "period": "2024-Q3",
    "cut_off_date": "2024-09-30",
    "counted_from": "2024-01-01",
    "targets": dict(sample_campaign()["targets"]),
    "rows": _rows(),
    "new_unions": _NEW,
    "cum_unions_nonstate": 12,
    "cum_unions_25plus": 5,
    "survey": {"enterprises": 34, "workers": 1184, "visits": 7, "applications": 203},
    "leadership": [
        "Ban hành Kế hoạch số 70/KH-LĐLĐ, Quyết định số 133/QĐ-LĐLĐ giao chỉ tiêu cho 09 đơn vị và phân công thành viên Ban Chỉ đạo phụ trách địa bàn",
        "Ban hành công văn đôn đốc các đơn vị có kết quả đạt thấp; tổ chức giao ban hằng tháng với Liên đoàn Lao động các huyện, thành phố",
    ],
    "propaganda": [
        "Tuyên truyền trực tiếp về quyền, lợi ích khi gia nhập Công đoàn Việt Nam tại 34 đơn vị, doanh nghiệp"
    ],
    "strengths": [
        "Các cấp công đoàn bám sát kế hoạch, tập trung vào doanh nghiệp ngoài nhà nước; Liên đoàn Lao động huyện Tam Đường, Liên đoàn Lao động huyện Tân Uyên đạt trên 70% chỉ tiêu kết nạp mới"
    ],
    "weaknesses": [
        "Liên đoàn Lao động huyện Nậm Nhùn mới đạt 20% chỉ tiêu kết nạp mới, chưa thành lập được công đoàn cơ sở",
        "Doanh nghiệp trên địa bàn chủ yếu có quy mô nhỏ, lao động thời vụ; một số chủ doanh nghiệp chưa tạo điều kiện",
    ],
    "directions": [
        "Tập trung vận động tại những doanh nghiệp đã đủ điều kiện, phấn đấu hoàn thành chỉ tiêu trước ngày 10 tháng 12 năm 2024",
        "Tiếp tục đôn đốc, hỗ trợ các đơn vị có kết quả đạt thấp",
    ],
    "proposals": [
        "Đề nghị Tổng Liên đoàn Lao động Việt Nam hỗ trợ tài liệu tuyên truyền bằng tiếng dân tộc thiểu số"
    ],
}

_COMMUNES = (
    ("Phường Tân Phong", 21, 0, 1),
    ("Xã Bình Lư", 12, 0, 1),
    ("Xã Tả Lèng", 0, 0, 0),
)

#: After 01/7/2025: the province alone has a quota, its lines are communes and wards; to nobody above.
RESULT_REPORT_COMMUNES: _Json = {
    **{
        key: value
        for key, value in RESULT_REPORT.items()
        if key not in {"addressees", "proposals", "propaganda"}
    },
    "intended_date": "2025-11-25",
    "recipients": ["Thường trực LĐLĐ tỉnh", "Ban Công tác Công đoàn"],
    "bases": REMINDER_LETTER_REPORT["bases"],
    "period": "2025-11",
    "cut_off_date": "2025-11-20",
    "counted_from": "2025-07-01",
    "targets": {
        "new_members": 260,
        "net_increase": 150,
        "new_unions": 10,
        "new_unions_nonstate": 10,
        "new_unions_25plus": 4,
    },
    "rows": [
        {"org_name": name, **dict(zip(_KEYS, (joined, left, unions) * 2, strict=True))}
        for name, joined, left, unions in _COMMUNES
    ],
    "new_unions": [
        _union("Công ty TNHH A&B Lai Châu", "Phường Tân Phong", "214/QĐ-LĐLĐ", "2025-11-14", 21),
        _union("Công ty TNHH Xây dựng Bình Lư", "Xã Bình Lư", "216/QĐ-LĐLĐ", "2025-11-14", 12),
    ],
    "cum_unions_nonstate": 2,
    "cum_unions_25plus": 0,
    "survey": {"enterprises": 9},
    "leadership": ["Ban hành Kế hoạch số 42/KH-LĐLĐ, phân công cán bộ phụ trách từng xã, phường"],
    "strengths": ["Đã thành lập mới 02 công đoàn cơ sở tại 02 xã, phường"],
    "weaknesses": ["Nhiều xã, phường chưa có công đoàn cơ sở thành lập mới"],
    "directions": ["Tiếp tục khảo sát, vận động tại các xã, phường"],
}

#: A month without a new union has no second annex.
RESULT_REPORT_NO_UNION: _Json = {
    **RESULT_REPORT,
    "period": "2024-09",
    "rows": [{**row, "period_joined": 0, "period_left": 0, "period_unions": 0} for row in _rows()],
    "new_unions": [],
    "survey": {"enterprises": 0},
}
