"""Decision founding (c1) or recognising (c2) a grassroots union; the member list is its annex. Pure."""

from __future__ import annotations

from core.citations import Citation, cite
from core.dates import format_long
from core.errors import Problem
from core.numbers import format_count
from core.profiles import profile_on
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
from docgen.kinds import examples
from docgen.kinds.base import (
    COMMON_FIELDS,
    DECISION_FIELDS,
    REFERENCE_FIELDS,
    Context,
    Data,
    DocumentKind,
    Numbering,
)
from docgen.kinds.checks import count_problems, decided_before
from docgen.kinds.common import day, decision_context, group, number, rows, text
from docgen.kinds.people import (
    GENDERS,
    day_text,
    district_problems,
    duplicates,
    employer_side_problems,
    gender_label,
    union_name_problems,
    value,
)

_F = FieldSpec
_K = FieldKind

MEMBER_FIELDS: tuple[FieldSpec, ...] = (
    _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
    _F("dob", _K.PARTIAL_DATE, "Ngày sinh"),
    _F("gender", _K.ENUM, "Giới tính", choices=GENDERS),
    _F("ethnicity", _K.TEXT, "Dân tộc", max_length=50),
    _F("job", _K.TEXT, "Nghề nghiệp, bộ phận", max_length=150),
    _F("note", _K.TEXT, "Ghi chú", max_length=200),
)

_ACTS = (Choice("found", "Thành lập"), Choice("recognise", "Công nhận"))
_REQUEST = (
    _F("type_name", _K.TEXT, "Loại văn bản", max_length=50),  # left out: Tờ trình
    *REFERENCE_FIELDS,
)

_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("act", _K.ENUM, "Hình thức", required=True, choices=_ACTS),
    _F("union_name", _K.TEXT, "Tên công đoàn cơ sở", required=True, source="công đoàn cơ sở"),
    _F("enterprise_name", _K.TEXT, "Tên doanh nghiệp", required=True, source="doanh nghiệp"),
    _F(
        "direct_upper_org",
        _K.TEXT,
        "Công đoàn cấp trên",
        required=True,
        source="tổ chức tại ngày văn bản",
    ),
    _F("member_count", _K.INTEGER, "Số đoàn viên", required=True, minimum=1),
    _F("members", _K.ROWS, "Danh sách đoàn viên", required=True, minimum=1, item=MEMBER_FIELDS),
    _F("request_document", _K.GROUP, "Văn bản đề nghị", item=_REQUEST),
    _F("organising_group", _K.TEXT, "Ban vận động"),
    _F("congress_date", _K.DATE, "Ngày đại hội thành lập"),
    *DECISION_FIELDS,
    _F("effective_date", _K.DATE, "Ngày có hiệu lực (để trống: ngày ký)"),
)


def _recognises(data: Data) -> bool:
    return data.get("act") == "recognise"


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    act = "công nhận" if _recognises(data) else "thành lập"
    return f"Về việc {act} {text(data, 'union_name')}"


def _check(data: Data) -> tuple[Problem, ...]:
    members, count = rows(data, "members"), number(data, "member_count")
    problems = union_name_problems(text(data, "union_name"), text(data, "enterprise_name"))
    problems += count_problems(
        data, "member_count", of="members", label="Số đoàn viên", unit="người"
    )
    problems += duplicates(members, key="members")
    rules = profile_on(day(data, "intended_date"))
    least = rules.founding_members_min
    if count is not None and count < least:
        message = f"Cần ít nhất {least} đoàn viên để thành lập công đoàn cơ sở; mới có {count}."
        problems.append(Problem("too_few_members", message, ("member_count",)))
    problems += employer_side_problems(members, rules=rules, key="members")
    problems += district_problems(
        text(data, "direct_upper_org"), rules=rules, key="direct_upper_org"
    )
    return (*problems, *_path_problems(data), *_date_problems(data))


def _path_problems(data: Data) -> list[Problem]:
    """A recognition stands on a congress and its request; a founding on applications alone."""
    if not _recognises(data):
        return []
    needed = {
        "request_document": "văn bản đề nghị công nhận",
        "congress_date": "ngày đại hội thành lập",
    }
    return [
        Problem("missing_for_recognition", f"Quyết định công nhận phải có {label}.", (key,))
        for key, label in needed.items()
        if not data.get(key)
    ]


def _date_problems(data: Data) -> list[Problem]:
    request = Citation.of(group(data, "request_document")).date
    return decided_before(
        data,
        {
            "congress_date": ("ngày đại hội", day(data, "congress_date")),
            "request_document.date": ("ngày văn bản đề nghị", request),
        },
    )


def _basis_lines(data: Data) -> list[str]:
    lines = []
    request, congress = group(data, "request_document"), day(data, "congress_date")
    if _recognises(data) and congress:
        lines.append(
            f"Căn cứ kết quả Đại hội thành lập {text(data, 'union_name')} {format_long(congress)}"
        )
    if request:
        lines.append(f"Xét {cite(Citation.of(request, type_name='Tờ trình'))}")
    if not _recognises(data) and not request:
        by = text(data, "organising_group") or f"người lao động {text(data, 'enterprise_name')}"
        lines.append(f"Xét nguyện vọng và đơn gia nhập Công đoàn Việt Nam của {by}")
    return lines


def _context(data: Data, numbering: Numbering) -> Context:
    effective = day(data, "effective_date")
    union = text(data, "union_name")
    common = decision_context(data, numbering, subject=subject(data), lines=_basis_lines(data))
    return common | {
        "ten_cong_doan_co_so": union,
        "ten_cong_doan_co_so_in_hoa": union.upper(),
        "cong_doan_cap_tren": text(data, "direct_upper_org"),
        "so_doan_vien": format_count(number(data, "member_count") or 0),
        "don_vi_thi_hanh": text(data, "executing_units"),
        "ngay_hieu_luc": format_long(effective) if effective else "ngày ký",
        "ds_doan_vien": [
            {
                "ho_ten": value(row, "full_name"),
                "ngay_sinh": day_text(row, "dob"),
                "gioi_tinh": gender_label(row.get("gender")),
                "dan_toc": value(row, "ethnicity"),
                "cong_viec": value(row, "job"),
                "ghi_chu": value(row, "note"),
            }
            for row in rows(data, "members")
        ],
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="founding_decision",
        label_vi="Quyết định thành lập, công nhận công đoàn cơ sở",
        symbol_type="QĐ",
        annexes=("Danh sách đoàn viên",),
        fields=_FIELDS,
        example=examples.FOUNDING_DECISION,
    ),
    template=lambda data: f"founding_decision/{'cong_nhan' if _recognises(data) else 'thanh_lap'}",
    check=_check,
    context=_context,
    register_subject=subject,
)
