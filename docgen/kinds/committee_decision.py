"""Decision on a grassroots union's committee: elected (c5), appointed, or provisional (c4). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from core.citations import Citation, cite
from core.dates import format_long
from core.errors import Problem
from core.numbers import count_with_words
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
from docgen.kinds.common import day, decision_context, group, number, rows, rules_for, text, texts
from docgen.kinds.people import (
    COMMITTEE_POSTS,
    GENDERS,
    Row,
    chair_only,
    committee_name,
    committee_problems,
    comrade,
    employer_side_problems,
    listed,
    same_name,
    size_problems,
    union_name_problems,
    value,
)

_F = FieldSpec
_K = FieldKind

_KINDS = (
    Choice("elected", "Do đại hội bầu"),
    Choice("appointed", "Chỉ định"),
    Choice("provisional", "Chỉ định lâm thời"),
)
_TEMPLATES = {"elected": "cong_nhan", "appointed": "chi_dinh", "provisional": "lam_thoi"}

COMMITTEE_MEMBER_FIELDS: tuple[FieldSpec, ...] = (
    _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
    _F("dob", _K.PARTIAL_DATE, "Ngày sinh"),
    _F("gender", _K.ENUM, "Giới tính", choices=GENDERS),
    _F("job", _K.TEXT, "Chức vụ, nghề nghiệp", max_length=150),
    _F("union_post", _K.ENUM, "Chức danh", required=True, choices=COMMITTEE_POSTS),
)

_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("committee", _K.ENUM, "Hình thức ban chấp hành", required=True, choices=_KINDS),
    _F("union_name", _K.TEXT, "Tên công đoàn cơ sở", required=True, source="công đoàn cơ sở"),
    _F("enterprise_name", _K.TEXT, "Tên doanh nghiệp", required=True, source="doanh nghiệp"),
    _F(
        "founding_decision",
        _K.GROUP,
        "Quyết định thành lập hoặc công nhận",
        required=True,
        item=REFERENCE_FIELDS,
    ),
    _F("members", _K.ROWS, "Ban chấp hành", required=True, minimum=1, item=COMMITTEE_MEMBER_FIELDS),
    _F("member_count", _K.INTEGER, "Số ủy viên", minimum=1),
    _F("union_members_total", _K.INTEGER, "Số đoàn viên của công đoàn cơ sở", minimum=1),
    _F("union_member_names", _K.TEXT_LIST, "Họ tên đoàn viên của công đoàn cơ sở"),
    _F("term_start", _K.INTEGER, "Nhiệm kỳ từ năm", minimum=2000),
    _F("term_end", _K.INTEGER, "Nhiệm kỳ đến năm", minimum=2000),
    _F("provisional_months", _K.INTEGER, "Thời hạn lâm thời (tháng)", minimum=1),
    _F("request_document", _K.GROUP, "Văn bản đề nghị", item=REFERENCE_FIELDS),
    _F("congress_date", _K.DATE, "Ngày đại hội"),
    *DECISION_FIELDS,
    _F("effective_date", _K.DATE, "Ngày có hiệu lực (để trống: ngày ký)"),
)


def _term(data: Data) -> str:
    return f"{number(data, 'term_start')} - {number(data, 'term_end')}"


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    union, kind, members = text(data, "union_name"), data.get("committee"), rows(data, "members")
    name = committee_name(members, provisional=kind == "provisional")
    if kind == "provisional":
        return f"Về việc chỉ định {name} {union}"
    if kind == "appointed":
        return f"Về việc chỉ định {name} {union}, nhiệm kỳ {_term(data)}"
    held = {row.get("union_post") for row in members}
    named = {"standing_member": "Ban Thường vụ", "chair": "Chủ tịch", "vice_chair": "Phó Chủ tịch"}
    posts = [label for code, label in named.items() if code in held]
    whole = posts if chair_only(members) else [name, *posts]
    return f"Về việc công nhận {', '.join(whole)} {union}, nhiệm kỳ {_term(data)}"


def _check(data: Data) -> tuple[Problem, ...]:
    members = rows(data, "members")
    problems = union_name_problems(text(data, "union_name"), text(data, "enterprise_name"))
    problems += committee_problems(members, key="members")
    problems += count_problems(data, "member_count", of="members", label="Số ủy viên", unit="người")
    rules = profile_on(day(data, "intended_date"))
    total = number(data, "union_members_total")
    problems += employer_side_problems(members, rules=rules, key="members")
    if data.get("committee") == "elected":
        problems += size_problems(len(members), union_members=total, rules=rules, key="members")
    return (*problems, *_outsiders(data), *_kind_problems(data), *_date_problems(data))


def _warnings(data: Data) -> tuple[Problem, ...]:
    """The tables of sizes are for elections; an appointed committee out of the range is only pointed out."""
    if data.get("committee") == "elected":
        return ()
    rules = profile_on(day(data, "intended_date"))
    total = number(data, "union_members_total")
    count = len(rows(data, "members"))
    return tuple(size_problems(count, union_members=total, rules=rules, key="members"))


def _outsiders(data: Data) -> list[Problem]:
    names = texts(data, "union_member_names")
    if not names:
        return []
    return [
        Problem(
            "not_a_member",
            f"{value(row, 'full_name')} không có trong danh sách đoàn viên của công đoàn cơ sở. "
            "Hãy đối chiếu họ tên hoặc bổ sung danh sách đoàn viên.",
            (f"members[{index}].full_name",),
        )
        for index, row in enumerate(rows(data, "members"))
        if not any(same_name(value(row, "full_name"), name) for name in names)
    ]


def _kind_problems(data: Data) -> list[Problem]:
    """What each way of getting a committee needs: a term, a congress, or a limit in months."""
    kind = data.get("committee")
    problems: list[Problem] = []
    if kind == "provisional":
        most = profile_on(day(data, "intended_date")).provisional_months_max
        months = number(data, "provisional_months")
        if months is not None and months > most:
            message = (
                f"Ban Chấp hành lâm thời hoạt động không quá {most} tháng; đang ghi {months} tháng."
            )
            problems.append(Problem("provisional_months", message, ("provisional_months",)))
        return problems
    start, end = number(data, "term_start"), number(data, "term_end")
    if start is None or end is None:
        lacking = tuple(key for key in ("term_start", "term_end") if number(data, key) is None)
        problems.append(
            Problem("missing_term", "Phải ghi nhiệm kỳ (năm đầu và năm cuối).", lacking)
        )
    elif end <= start:
        message = f"Năm cuối nhiệm kỳ ({end}) phải sau năm đầu ({start})."
        problems.append(Problem("term_order", message, ("term_start", "term_end")))
    if kind == "elected":
        needed = {
            "request_document": "văn bản đề nghị công nhận",
            "congress_date": "ngày đại hội bầu ban chấp hành",
        }
        problems += [
            Problem("missing_for_elected", f"Công nhận kết quả bầu cử phải có {label}.", (key,))
            for key, label in needed.items()
            if not data.get(key)
        ]
    return problems


def _date_problems(data: Data) -> list[Problem]:
    founding = Citation.of(group(data, "founding_decision")).date
    request = Citation.of(group(data, "request_document")).date
    return decided_before(
        data,
        {
            "congress_date": ("ngày đại hội", day(data, "congress_date")),
            "founding_decision.date": ("ngày quyết định thành lập, công nhận", founding),
            "request_document.date": ("ngày văn bản đề nghị", request),
        },
    )


def _basis_lines(data: Data) -> list[str]:
    lines = [
        f"Căn cứ {cite(Citation.of(group(data, 'founding_decision'), type_name='Quyết định'))}"
    ]
    congress, request = day(data, "congress_date"), group(data, "request_document")
    if data.get("committee") == "elected" and congress:
        lines.append(
            f"Căn cứ kết quả bầu cử tại Đại hội {text(data, 'union_name')} {format_long(congress)}"
        )
    if request:
        lines.append(f"Xét {cite(Citation.of(request, type_name='Tờ trình'))}")
    return lines


def _names(data: Data) -> Context:
    """What is appointed or recognised, and who then does the work."""
    members, provisional = rows(data, "members"), data.get("committee") == "provisional"
    name = committee_name(members, provisional=provisional)
    if chair_only(members):
        return {"ten_ban_chap_hanh": name, "chu_the_nhiem_vu": "Đồng chí có tên tại Điều 1"}
    if provisional:
        return {"ten_ban_chap_hanh": name, "chu_the_nhiem_vu": name}
    return {
        "ten_ban_chap_hanh": f"{name} và các chức danh trong {name}",
        "chu_the_nhiem_vu": f"{name} và các đồng chí có tên tại Điều 1",
    }


def _sole(members: Sequence[Row]) -> str:
    """``đồng chí Lò Văn Tâm, Thủ kho,`` where a chair alone is seated; else nothing."""
    if not chair_only(members):
        return ""
    job = value(members[0], "job")
    return f"đồng chí {value(members[0], 'full_name')}" + (f", {job}," if job else "")


def _context(data: Data, numbering: Numbering) -> Context:
    members, effective = rows(data, "members"), day(data, "effective_date")
    months = number(data, "provisional_months") or rules_for(data, numbering).provisional_months_max
    common = decision_context(data, numbering, subject=subject(data), lines=_basis_lines(data))
    return common | {
        "ten_cong_doan_co_so": text(data, "union_name"),
        "nhiem_ky": _term(data) if number(data, "term_start") else "",
        **_names(data),
        "dong_chi_duy_nhat": _sole(members),
        "so_uy_vien": count_with_words(len(members)),
        "ds_uy_vien": listed([comrade(row) for row in members]),
        "so_thang_lam_thoi": f"{months:02d}",
        "don_vi_thi_hanh": text(data, "executing_units"),
        "ngay_hieu_luc": format_long(effective) if effective else "ngày ký",
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="committee_decision",
        label_vi="Quyết định công nhận, chỉ định ban chấp hành công đoàn cơ sở",
        symbol_type="QĐ",
        annexes=(),
        fields=_FIELDS,
        example=examples.COMMITTEE_DECISION,
    ),
    template=lambda data: f"committee_decision/{_TEMPLATES[str(data.get('committee'))]}",
    check=_check,
    context=_context,
    register_subject=subject,
    warnings=_warnings,
)
