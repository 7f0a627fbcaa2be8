"""Minutes of the ceremony where the decisions are announced and the union starts (d1, ND30 model 1.9). Pure."""

from __future__ import annotations

from core.citations import Citation, as_date, cite
from core.dates import format_long
from core.errors import Problem
from core.numbers import count_with_words, format_count
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
from docgen.kinds import examples
from docgen.kinds.base import (
    HEADER_FIELDS,
    REFERENCE_FIELDS,
    Context,
    Data,
    DocumentKind,
    Numbering,
)
from docgen.kinds.common import (
    archive_units,
    day,
    group,
    header_context,
    number,
    recipients,
    rows,
    text,
)
from docgen.kinds.meeting import (
    GUEST_FIELDS,
    PERSON_FIELDS,
    clock,
    guest_groups,
    person_line,
    start_line,
    time_problems,
)
from docgen.kinds.people import (
    COMMITTEE_POSTS,
    Row,
    committee_name,
    committee_problems,
    post_label,
    union_name_problems,
    value,
)

_F = FieldSpec
_K = FieldKind

_ROLES = (
    Choice("new_chair", "phát biểu nhận nhiệm vụ"),
    Choice("employer", "đại diện người sử dụng lao động phát biểu"),
    Choice("upper", "phát biểu chỉ đạo"),
    Choice("guest", "phát biểu"),
)
_ACTS = (Choice("found", "Quyết định thành lập"), Choice("recognise", "Quyết định công nhận"))
_PRESENTED = (
    _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
    _F("post", _K.ENUM, "Chức danh", required=True, choices=COMMITTEE_POSTS),
)
_SPEECH = (
    _F("speaker", _K.TEXT, "Người phát biểu (họ tên, chức vụ)", required=True),
    _F("role", _K.ENUM, "Tư cách", required=True, choices=_ROLES),
    _F("summary", _K.TEXT, "Nội dung chính", max_length=2000),
)

_FIELDS: tuple[FieldSpec, ...] = (
    *(field for field in HEADER_FIELDS if field.key != "place_name"),
    _F("union_name", _K.TEXT, "Tên công đoàn cơ sở", required=True, source="công đoàn cơ sở"),
    _F("enterprise_name", _K.TEXT, "Tên doanh nghiệp", required=True, source="doanh nghiệp"),
    _F("act", _K.ENUM, "Quyết định được công bố (để trống: thành lập)", choices=_ACTS),
    _F("event_date", _K.DATE, "Ngày tổ chức", required=True),
    _F("start_time", _K.TIME, "Giờ bắt đầu", required=True),
    _F("end_time", _K.TIME, "Giờ kết thúc", required=True),
    _F("venue", _K.TEXT, "Địa điểm", required=True),
    _F("chair", _K.GROUP, "Chủ trì", required=True, item=PERSON_FIELDS),
    _F("secretary", _K.GROUP, "Thư ký", required=True, item=PERSON_FIELDS),
    _F("guests", _K.ROWS, "Đại biểu", required=True, minimum=1, item=GUEST_FIELDS),
    _F("members_present", _K.INTEGER, "Số đoàn viên có mặt", required=True, minimum=0),
    _F("members_total", _K.INTEGER, "Tổng số đoàn viên", required=True, minimum=1),
    _F("decisions", _K.ROWS, "Quyết định công bố", required=True, minimum=1, item=REFERENCE_FIELDS),
    _F("presented", _K.ROWS, "Ban chấp hành ra mắt", required=True, minimum=1, item=_PRESENTED),
    _F("provisional", _K.BOOLEAN, "Ban chấp hành lâm thời"),
    _F("gifts", _K.TEXT, "Quà tặng"),
    _F("speeches", _K.ROWS, "Ý kiến phát biểu", item=_SPEECH),
    _F("employer_representative", _K.TEXT, "Đại diện doanh nghiệp ký biên bản", max_length=100),
    _F("recipients", _K.TEXT_LIST, "Nơi nhận"),
    _F("archive_units", _K.TEXT_LIST, "Đơn vị lưu"),
)


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    act = "công nhận" if data.get("act") == "recognise" else "thành lập"
    return f"Lễ công bố quyết định {act} và ra mắt {text(data, 'union_name')}"


def _check(data: Data) -> tuple[Problem, ...]:
    problems = union_name_problems(text(data, "union_name"), text(data, "enterprise_name"))
    present, total = number(data, "members_present"), number(data, "members_total")
    if present is not None and total is not None and present > total:
        message = f"Số đoàn viên có mặt ({present}) lớn hơn tổng số đoàn viên ({total})."
        problems.append(
            Problem("present_over_total", message, ("members_present", "members_total"))
        )
    presented = [{**row, "union_post": row.get("post")} for row in rows(data, "presented")]
    problems += committee_problems(presented, key="presented")
    problems += time_problems(data)
    return (*problems, *_decision_problems(data))


def _decision_problems(data: Data) -> list[Problem]:
    """A decision cannot be announced before it was made."""
    held = day(data, "event_date")
    problems = []
    for index, row in enumerate(rows(data, "decisions")):
        made = as_date(row.get("date"))
        if held and made and made > held:
            message = (
                f"Quyết định số {value(row, 'code')} ban hành {format_long(made)}, "
                f"sau ngày tổ chức lễ ({format_long(held)})."
            )
            problems.append(
                Problem("date_order", message, (f"decisions[{index}].date", "event_date"))
            )
    return problems


def _speech(row: Row) -> str:
    roles = {role.code: role.label_vi for role in _ROLES}
    line = f"{value(row, 'speaker').rstrip(',')}, {roles[str(row.get('role'))]}"
    summary = value(row, "summary").rstrip(".")
    return f"{line}: {summary}" if summary else line


def _context(data: Data, numbering: Numbering) -> Context:
    held, speeches = day(data, "event_date"), rows(data, "speeches")
    chair, secretary = group(data, "chair"), group(data, "secretary")
    gifts = text(data, "gifts").rstrip(".")
    presented = rows(data, "presented")
    return header_context(data, numbering, subject=subject(data)) | {
        "ten_cong_doan_co_so": text(data, "union_name"),
        "thoi_gian_bat_dau": start_line(data, held),
        "thoi_gian_ket_thuc": f"{clock(text(data, 'end_time'))} cùng ngày",
        "dia_diem": text(data, "venue").rstrip("."),
        "ds_nhom_dai_bieu": guest_groups(data),
        "so_doan_vien_co_mat": format_count(number(data, "members_present") or 0),
        "so_doan_vien": format_count(number(data, "members_total") or 0),
        "chu_tri": person_line(chair),
        "thu_ky": person_line(secretary),
        "ds_quyet_dinh": [
            cite(Citation.of(row, type_name="Quyết định")) for row in rows(data, "decisions")
        ],
        "qua_tang": f", {gifts}" if gifts else "",
        "ten_ban_chap_hanh": committee_name(
            presented, provisional=data.get("provisional"), key="post"
        ),
        "so_uy_vien": count_with_words(len(presented)),
        "ds_uy_vien": [
            f"Đồng chí {value(row, 'full_name')} - {post_label(row.get('post'))}"
            for row in presented
        ],
        "ds_phat_bieu": [_speech(row) for row in speeches],
        "so_muc_be_mac": str(5 + len(speeches)),
        "quyen_han_chu_tri": "CHỦ TRÌ",
        "ho_ten_thu_ky": value(secretary, "full_name"),
        "ho_ten_chu_tri": value(chair, "full_name"),
        "ten_don_vi_dai_dien": text(data, "enterprise_name").upper(),
        "ho_ten_dai_dien_doanh_nghiep": text(data, "employer_representative"),
        "ds_noi_nhan": recipients(data),
        "don_vi_luu": archive_units(data) if data.get("archive_units") else "VT, Hồ sơ",
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="launch_minutes",
        label_vi="Biên bản lễ ra mắt công đoàn cơ sở",
        symbol_type="BB",
        annexes=(),
        fields=_FIELDS,
        example=examples.LAUNCH_MINUTES,
    ),
    template=lambda _data: "launch_minutes/bien_ban_ra_mat",
    check=_check,
    context=_context,
    register_subject=subject,
)
