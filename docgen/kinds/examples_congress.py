# ruff: noqa: E501 (a table reads best with one entry a line)
"""Complete example data of the papers of a founding congress and its launch. Everything here is made up."""

from __future__ import annotations

from docgen.kinds.examples import FOUNDING_DECISION, LAUNCH_MINUTES

_Json = dict[str, object]

_UNION = "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư"
_ENTERPRISE = "Công ty TNHH Xây dựng Bình Lư"
_DISTRICT = "Liên đoàn Lao động huyện Tam Đường"
_CONGRESS = (
    "Đại hội Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư lần thứ nhất, nhiệm kỳ 2024 - 2028"
)
_VENUE = "Hội trường Công ty TNHH Xây dựng Bình Lư, xã Bình Lư, huyện Tam Đường"
_HALL: _Json = {
    "union_name": _UNION,
    "enterprise_name": _ENTERPRISE,
    "term_start": 2024,
    "term_end": 2028,
}


def _names() -> list[str]:
    rows = FOUNDING_DECISION["members"]
    assert isinstance(rows, list)  # noqa: S101 - our own data
    return [str(row["full_name"]) for row in rows]


_ROWS: list[_Json] = [
    {"full_name": "Nguyễn Văn An", "votes": 9},
    {"full_name": "Giàng A Chứ", "votes": 4},
    {"full_name": "Vàng Thị Sao", "votes": 9},
    {"full_name": "Lò Văn Tâm", "votes": 10},
]
_BALLOT: _Json = {
    "voted": 11,
    "self_nominated": 1,
    "nominated": 3,
    "ballots_issued": 11,
    "ballots_collected": 11,
    "ballots_valid": 11,
    "ballots_invalid": 0,
    "rows": _ROWS,
}
_CHAIR: _Json = {"full_name": "Đèo Văn Ơn", "post": "Trưởng Ban Vận động thành lập công đoàn cơ sở"}
_SECRETARY: _Json = {"full_name": "Lý Thị Mỷ", "post": "thành viên Ban Vận động"}

CONGRESS_MINUTES: _Json = {
    "issuing_org_name": _CONGRESS.upper(),
    "issuing_org_short": _CONGRESS,
    "doc_symbol": "BB-ĐH",
    "intended_date": "2024-05-04",
    **_HALL,
    "event_date": "2024-05-04",
    "start_time": "08:00",
    "end_time": "10:30",
    "venue": _VENUE,
    "members_total": 12,
    "member_names": _names(),
    "summoned": 12,
    "present": 11,
    "guests": [
        {"full_name": "Lò Thị Ánh", "post": f"Chủ tịch {_DISTRICT}", "side": "union"},
        {"full_name": "Vàng A Páo", "post": f"Giám đốc {_ENTERPRISE}", "side": "employer"},
    ],
    "chair": _CHAIR,
    "presidium": ["Hoàng Văn Thắng"],
    "secretary": _SECRETARY,
    "report": "Từ ngày 08 tháng 4 năm 2024 đến ngày 26 tháng 4 năm 2024, Ban Vận động đã tuyên truyền, vận động được 12 người lao động tự nguyện làm đơn gia nhập Công đoàn Việt Nam",
    "votes_for": 11,
    "votes_against": 0,
    "votes_abstain": 0,
    "directions": [
        "Xây dựng quy chế hoạt động của Ban Chấp hành, phân công nhiệm vụ các ủy viên",
        "Vận động thêm người lao động gia nhập công đoàn",
        "Phối hợp với người sử dụng lao động tổ chức đối thoại, tiến tới ký kết thỏa ước lao động tập thể",
    ],
    "seats": 3,
    **_BALLOT,
    "head_teller": "Tao Văn Dung",
    "tellers": ["Trần Thị Bưởi", "Phùng Gì Xó"],
    "opinions": [
        {
            "speaker": f"Ông Vàng A Páo, Giám đốc {_ENTERPRISE}",
            "side": "employer",
            "summary": "Chúc mừng đại hội, cam kết tạo điều kiện về thời gian, nơi làm việc để công đoàn cơ sở hoạt động",
        },
        {
            "speaker": f"Đồng chí Lò Thị Ánh, Chủ tịch {_DISTRICT}",
            "side": "upper",
            "summary": "Đề nghị Ban Chấp hành sớm hoàn thiện hồ sơ đề nghị công nhận và xây dựng chương trình hoạt động",
        },
    ],
    "resolution_for": 11,
    "copies": 2,
    "recipients": [f"{_DISTRICT} (để báo cáo)"],
}

VOTE_COUNT_MINUTES: _Json = {
    "parent_org_name": _CONGRESS.upper(),
    "issuing_org_name": "BAN KIỂM PHIẾU",
    "issuing_org_short": "Ban kiểm phiếu",
    "doc_symbol": "BB-BKP",
    "intended_date": "2024-05-04",
    **_HALL,
    "body": "executive_committee",
    "meeting": "congress",
    "meeting_date": "2024-05-04",
    "end_time": "09:45",
    "venue": _VENUE,
    "summoned": 12,
    "present": 11,
    "union_members_total": 12,
    "seats": 3,
    "candidates_total": 4,
    **_BALLOT,
    "head_teller": "Tao Văn Dung",
    "secretary": "Trần Thị Bưởi",
    "tellers": ["Phùng Gì Xó"],
    "presiding": "Đèo Văn Ơn",
    "copies": 2,
    "recipients": [f"{_DISTRICT} (để báo cáo)"],
}

_POST_ROWS: list[_Json] = [
    {"full_name": "Lò Văn Tâm", "post": "chair", "votes": 3},
    {"full_name": "Vàng Thị Sao", "post": "vice_chair", "votes": 2},
]
_POST_BALLOT: _Json = {
    "voted": 3,
    "self_nominated": 0,
    "nominated": 2,
    "ballots_issued": 3,
    "ballots_collected": 3,
    "ballots_valid": 3,
    "ballots_invalid": 0,
    "rows": _POST_ROWS,
}

#: Form 4d: the posts that the committee elects at its first meeting.
VOTE_COUNT_MINUTES_POSTS: _Json = {
    **{
        key: value
        for key, value in VOTE_COUNT_MINUTES.items()
        if key not in {"union_members_total", "candidates_total"}
    },
    "parent_org_name": f"HỘI NGHỊ BAN CHẤP HÀNH {_UNION.upper()} LẦN THỨ NHẤT, NHIỆM KỲ 2024 - 2028",
    "body": "posts",
    "meeting": "conference",
    "end_time": "11:15",
    "summoned": 3,
    "present": 3,
    "seats": 2,
    **_POST_BALLOT,
    "head_teller": "Nguyễn Văn An",
    "secretary": "Lý Thị Mỷ",
    "tellers": [],
    "presiding": "",
}

FIRST_MEETING_MINUTES: _Json = {
    "parent_org_name": _DISTRICT.upper(),
    "issuing_org_name": _UNION.upper(),
    "issuing_org_short": _UNION,
    "doc_symbol": "BB-CĐCS",
    "intended_date": "2024-05-04",
    **_HALL,
    "event_date": "2024-05-04",
    "congress_date": "2024-05-04",
    "start_time": "10:45",
    "end_time": "11:30",
    "venue": _VENUE,
    "committee_members": ["Lò Văn Tâm", "Vàng Thị Sao", "Nguyễn Văn An"],
    "summoned": 3,
    "present": 3,
    "guests": [{"full_name": "Lò Thị Ánh", "post": f"Chủ tịch {_DISTRICT}", "side": "union"}],
    "chair": {"full_name": "Lò Văn Tâm", "post": "Ủy viên Ban Chấp hành"},
    "secretary": {"full_name": "Nguyễn Văn An", "post": "Ủy viên Ban Chấp hành"},
    **_POST_BALLOT,
    "duties": [
        {
            "full_name": "Lò Văn Tâm",
            "duty": "Phụ trách chung; công tác tổ chức, đối thoại với người sử dụng lao động",
        },
        {"full_name": "Vàng Thị Sao", "duty": "Công tác tài chính, nữ công"},
        {
            "full_name": "Nguyễn Văn An",
            "duty": "Công tác kiểm tra, tuyên truyền, phát triển đoàn viên",
        },
    ],
    "conclusions": [
        f"Hoàn thiện hồ sơ đề nghị công nhận, gửi {_DISTRICT} trước ngày 10 tháng 5 năm 2024",
    ],
    "copies": 2,
    "recipients": [f"{_DISTRICT} (để báo cáo)"],
}

_COMMITTEE: list[_Json] = [
    {
        "full_name": "Lò Văn Tâm",
        "dob": "1988-03-15",
        "job": "Phó phòng Kỹ thuật",
        "union_post": "chair",
    },
    {
        "full_name": "Vàng Thị Sao",
        "dob": "1994-02-09",
        "job": "Kế toán",
        "union_post": "vice_chair",
    },
    {"full_name": "Nguyễn Văn An", "dob": "1985", "job": "Lái máy xúc", "union_post": "member"},
]
_DOSSIER = [
    "Danh sách đoàn viên và 12 đơn gia nhập Công đoàn Việt Nam",
    "Biên bản Đại hội thành lập công đoàn cơ sở",
    "Biên bản kiểm phiếu bầu cử Ban Chấp hành và các chức danh",
    "Biên bản họp Ban Chấp hành lần thứ nhất",
    "Danh sách trích ngang Ban Chấp hành",
    "Bản sao Giấy chứng nhận đăng ký doanh nghiệp",
    "Báo cáo tình hình sử dụng lao động kỳ gần nhất",
]

#: From the new union to its upper union: the request that the sample decisions cite.
SUBMISSION: _Json = {
    "parent_org_name": _DISTRICT.upper(),
    "issuing_org_name": _UNION.upper(),
    "issuing_org_short": _UNION,
    "doc_symbol": "TTr-CĐCS",
    "place_name": "Bình Lư",
    "intended_date": "2024-05-05",
    "signing_mode": "TM",
    "signing_collective": "BAN CHẤP HÀNH",
    "signer_post": "CHỦ TỊCH",
    "signer_name": "Lò Văn Tâm",
    "recipients": [f"Ban lãnh đạo {_ENTERPRISE}"],
    "archive_units": ["VT"],
    "sender": "union",
    "addressees": [f"Ban Thường vụ {_DISTRICT}"],
    "new_union": True,
    "union_name": _UNION,
    "enterprise_name": _ENTERPRISE,
    "congress_date": "2024-05-04",
    "first_meeting_date": "2024-05-04",
    "member_count": 12,
    "member_names": _names(),
    "term_start": 2024,
    "term_end": 2028,
    "members": _COMMITTEE,
    "attachments": _DOSSIER,
}

#: The same by the organising group, which asks while the union is not yet recognised.
SUBMISSION_BY_ORGANISING_GROUP: _Json = {
    **SUBMISSION,
    "issuing_org_name": f"BAN VẬN ĐỘNG THÀNH LẬP {_UNION.upper()}",
    "issuing_org_short": f"Ban Vận động thành lập {_UNION}",
    "doc_symbol": "TTr-BVĐ",
    "signing_collective": "BAN VẬN ĐỘNG",
    "signer_post": "TRƯỞNG BAN",
    "signer_name": "Đèo Văn Ơn",
    "sender": "organising_group",
    "new_union": None,
}

#: An upper union asks its own upper body.
SUBMISSION_BY_UPPER_UNION: _Json = {
    "parent_org_name": "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
    "issuing_org_name": _DISTRICT.upper(),
    "issuing_org_short": _DISTRICT,
    "doc_symbol": "TTr-LĐLĐ",
    "place_name": "Tam Đường",
    "intended_date": "2024-05-10",
    "signing_mode": "TM",
    "signing_collective": "BAN THƯỜNG VỤ",
    "signer_post": "CHỦ TỊCH",
    "signer_name": "Lò Thị Ánh",
    "recipients": ["Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh"],
    "archive_units": ["VT"],
    "sender": "upper",
    "addressees": ["Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu"],
    "matter": "đề nghị hỗ trợ kinh phí tổ chức lễ ra mắt công đoàn cơ sở năm 2024",
    "reasons": [
        "Thực hiện chỉ tiêu phát triển đoàn viên, thành lập công đoàn cơ sở năm 2024, Liên đoàn Lao động huyện dự kiến tổ chức lễ ra mắt 03 công đoàn cơ sở trong tháng 5 và tháng 6 năm 2024",
        "Nguồn tài chính công đoàn của huyện chưa bố trí được kinh phí cho các buổi lễ này",
    ],
    "request_items": [
        "Hỗ trợ 15.000.000 đồng tổ chức lễ ra mắt 03 công đoàn cơ sở",
        "Cử lãnh đạo Liên đoàn Lao động tỉnh dự và phát biểu chỉ đạo tại các buổi lễ",
    ],
    "attachments": ["Dự toán kinh phí tổ chức lễ ra mắt"],
}

_OWN = (
    "presented", "decisions", "guests", "members_present", "members_total", "provisional", "gifts", "speeches",
    "employer_representative", "secretary",
)  # fmt: skip
LAUNCH_PROGRAMME: _Json = {
    **{key: value for key, value in LAUNCH_MINUTES.items() if key not in _OWN},
    "place_name": "Tam Đường",
    "doc_symbol": "CTr-LĐLĐ",
    "intended_date": "2024-05-10",
    "signing_mode": "TM",
    "signing_collective": "BAN THƯỜNG VỤ",
    "signer_post": "CHỦ TỊCH",
    "signer_name": "Lò Thị Ánh",
    "recipients": ["Liên đoàn Lao động tỉnh (để báo cáo)", f"Ban lãnh đạo {_ENTERPRISE}", _UNION],
    "archive_units": ["VT"],
    "act": "found",
    "chair": f"Đồng chí Lò Thị Ánh, Chủ tịch {_DISTRICT}",
    "items": [
        {
            "start_time": "14:00",
            "content": "Văn nghệ chào mừng",
            "performer": "Đoàn viên, người lao động Công ty",
        },
        {
            "start_time": "14:10",
            "content": "Chào cờ, hát Quốc ca và bài hát truyền thống Công đoàn Việt Nam",
            "performer": "Người dẫn chương trình",
        },
        {
            "start_time": "14:15",
            "content": "Tuyên bố lý do, giới thiệu đại biểu, thư ký",
            "performer": "Người dẫn chương trình",
        },
        {
            "start_time": "14:25",
            "content": "Công bố các quyết định",
            "performer": "Văn phòng Liên đoàn Lao động huyện",
        },
        {
            "start_time": "14:30",
            "content": "Trao quyết định và thẻ đoàn viên",
            "performer": "Đồng chí Lò Thị Ánh",
        },
        {
            "start_time": "14:40",
            "content": "Ra mắt Ban Chấp hành lâm thời, phát biểu nhận nhiệm vụ",
            "performer": "Đồng chí Lò Văn Tâm",
        },
        {
            "start_time": "14:50",
            "content": "Phát biểu của đại diện người sử dụng lao động",
            "performer": "Ông Vàng A Páo, Giám đốc Công ty",
        },
        {
            "start_time": "15:00",
            "content": "Phát biểu chỉ đạo của công đoàn cấp trên",
            "performer": "Đồng chí Lò Thị Ánh",
        },
        {"start_time": "15:20", "content": "Bế mạc buổi lễ", "performer": "Người dẫn chương trình"},
    ],
    "preparing_units": "Văn phòng Liên đoàn Lao động huyện",
}
