"""Decision on inspection in a grassroots union (c6): its inspection committee, or one member's duty. Pure.

From a number of members on (profiles.toml, unverified) a union has an inspection committee; below it one
member of the executive committee is charged with inspection.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.citations import Citation, cite
from core.dates import format_long
from core.errors import Problem
from core.numbers import count_with_words
from core.profiles import InspectionRules, profile_on
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
from docgen.kinds import examples_decisions as examples
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
from docgen.kinds.common import day, decision_context, group, number, rows, text, texts
from docgen.kinds.people import (
    GENDERS,
    UNION_POSTS,
    Row,
    comrade,
    duplicates,
    employer_side_problems,
    listed,
    same_name,
    union_name_problems,
    value,
)

_F = FieldSpec
_K = FieldKind

_FORMS = (
    Choice("committee", "Công nhận Ủy ban Kiểm tra"),
    Choice("appointed", "Chỉ định Ủy ban Kiểm tra"),
    Choice("duty", "Giao nhiệm vụ kiểm tra cho một ủy viên Ban Chấp hành"),
)
_TEMPLATES = {"committee": "cong_nhan", "appointed": "chi_dinh", "duty": "giao_nhiem_vu"}
_DUTY = "inspection_duty"
_POSTS = tuple(choice for choice in UNION_POSTS if choice.code.startswith("inspection_"))

_MEMBER_FIELDS: tuple[FieldSpec, ...] = (
    _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
    _F("dob", _K.PARTIAL_DATE, "Ngày sinh"),
    _F("gender", _K.ENUM, "Giới tính", choices=GENDERS),
    _F("job", _K.TEXT, "Chức vụ, nghề nghiệp", max_length=150),
    _F("union_post", _K.ENUM, "Chức danh", required=True, choices=_POSTS),
)

_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("form", _K.ENUM, "Hình thức", required=True, choices=_FORMS),
    _F("union_name", _K.TEXT, "Tên công đoàn cơ sở", required=True, source="công đoàn cơ sở"),
    _F("enterprise_name", _K.TEXT, "Tên doanh nghiệp", required=True, source="doanh nghiệp"),
    _F("members", _K.ROWS, "Người được giao", required=True, minimum=1, item=_MEMBER_FIELDS),
    _F("member_count", _K.INTEGER, "Số ủy viên", minimum=1),
    _F("union_members_total", _K.INTEGER, "Số đoàn viên của công đoàn cơ sở", minimum=1),
    _F("union_member_names", _K.TEXT_LIST, "Họ tên đoàn viên của công đoàn cơ sở"),
    _F("executive_committee_names", _K.TEXT_LIST, "Họ tên ủy viên Ban Chấp hành"),
    _F("term_start", _K.INTEGER, "Nhiệm kỳ từ năm", required=True, minimum=2000),
    _F("term_end", _K.INTEGER, "Nhiệm kỳ đến năm", required=True, minimum=2000),
    _F(
        "committee_decision",
        _K.GROUP,
        "Quyết định về Ban Chấp hành",
        required=True,
        item=REFERENCE_FIELDS,
    ),
    _F("meeting_date", _K.DATE, "Ngày hội nghị Ban Chấp hành bầu"),
    _F("request_document", _K.GROUP, "Văn bản đề nghị", item=REFERENCE_FIELDS),
    *DECISION_FIELDS,
    _F("effective_date", _K.DATE, "Ngày có hiệu lực (để trống: ngày ký)"),
)


def _is_duty(data: Data) -> bool:
    return data.get("form") == "duty"


def _term(data: Data) -> str:
    return f"{number(data, 'term_start')} - {number(data, 'term_end')}"


def _held_posts(data: Data) -> str:
    """``Ủy ban Kiểm tra, Chủ nhiệm Ủy ban Kiểm tra``: what is recognised or appointed, named once each."""
    held = {row.get("union_post") for row in rows(data, "members")}
    heads = {"inspection_chair": "Chủ nhiệm", "inspection_vice_chair": "Phó Chủ nhiệm"}
    named = [f"{label} Ủy ban Kiểm tra" for code, label in heads.items() if code in held]
    return ", ".join(["Ủy ban Kiểm tra", *named])


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    union = text(data, "union_name")
    if _is_duty(data):
        what = "giao nhiệm vụ kiểm tra cho ủy viên Ban Chấp hành"
    else:
        act = "chỉ định" if data.get("form") == "appointed" else "công nhận"
        what = f"{act} {_held_posts(data)}"
    return f"Về việc {what} {union}, nhiệm kỳ {_term(data)}"


def _check(data: Data) -> tuple[Problem, ...]:
    people, rules = rows(data, "members"), profile_on(day(data, "intended_date"))
    problems = union_name_problems(text(data, "union_name"), text(data, "enterprise_name"))
    problems += duplicates(people, key="members")
    problems += count_problems(data, "member_count", of="members", label="Số ủy viên", unit="người")
    problems += employer_side_problems(people, rules=rules, key="members")
    committee = Citation.of(group(data, "committee_decision")).date
    request = Citation.of(group(data, "request_document")).date
    problems += decided_before(
        data,
        {
            "committee_decision.date": ("ngày quyết định về Ban Chấp hành", committee),
            "meeting_date": ("ngày hội nghị Ban Chấp hành", day(data, "meeting_date")),
            "request_document.date": ("ngày văn bản đề nghị", request),
        },
    )
    start, end = number(data, "term_start"), number(data, "term_end")
    if start is not None and end is not None and end <= start:
        message = f"Năm cuối nhiệm kỳ ({end}) phải sau năm đầu ({start})."
        problems.append(Problem("term_order", message, ("term_start", "term_end")))
    form = _duty_problems if _is_duty(data) else _committee_problems
    return (
        *problems,
        *_member_problems(data),
        *form(data, rules.inspection),
        *_election_problems(data),
    )


def _member_problems(data: Data) -> Iterable[Problem]:
    """Everyone named is a member of the union; the one charged with a duty sits in its committee."""
    wanted = {
        "union_member_names": "không có trong danh sách đoàn viên của công đoàn cơ sở",
        **(
            {"executive_committee_names": "không có trong danh sách Ban Chấp hành"}
            if _is_duty(data)
            else {}
        ),
    }
    for key, reason in wanted.items():
        names = texts(data, key)
        for at, row in enumerate(rows(data, "members")):
            name = value(row, "full_name")
            if names and not any(same_name(name, other) for other in names):
                message = f"{name} {reason}. Hãy đối chiếu họ tên giữa hai danh sách."
                yield Problem("not_a_member", message, (f"members[{at}].full_name",))


def _duty_problems(data: Data, rules: InspectionRules) -> Iterable[Problem]:
    people, total = rows(data, "members"), number(data, "union_members_total")
    if people and (len(people) != 1 or people[0].get("union_post") != _DUTY):
        message = (
            "Giao nhiệm vụ kiểm tra thì danh sách có đúng một người, chức danh “Ủy viên làm nhiệm vụ "
            f"kiểm tra”; đang có {len(people)} người. Hãy sửa danh sách."
        )
        yield Problem("one_on_duty", message, ("members",))
    if total is not None and total >= rules.members_from:
        message = (
            f"Công đoàn cơ sở có {total} đoàn viên; từ {rules.members_from} đoàn viên trở lên phải có "
            f"Ủy ban Kiểm tra ({rules.key}). Hãy đổi hình thức của quyết định."
        )
        yield Problem("needs_committee", message, ("form", "union_members_total"))


def _committee_problems(data: Data, rules: InspectionRules) -> Iterable[Problem]:
    people, total = rows(data, "members"), number(data, "union_members_total")
    strange = tuple(
        f"members[{at}].union_post"
        for at, row in enumerate(people)
        if row.get("union_post") == _DUTY
    )
    if strange:
        message = "“Ủy viên làm nhiệm vụ kiểm tra” không phải chức danh trong Ủy ban Kiểm tra. Hãy sửa chức danh."
        yield Problem("not_a_committee_post", message, strange)
    chairs = sum(row.get("union_post") == "inspection_chair" for row in people)
    if people and chairs != 1:
        message = f"Ủy ban Kiểm tra phải có đúng một Chủ nhiệm; danh sách có {chairs}. Hãy sửa cột Chức danh."
        yield Problem("one_inspection_chair", message, ("members",))
    if total is not None and total < rules.members_from:
        message = (
            f"Công đoàn cơ sở có {total} đoàn viên, chưa đủ {rules.members_from} để lập Ủy ban Kiểm tra "
            f"({rules.key}). Hãy giao nhiệm vụ kiểm tra cho một ủy viên Ban Chấp hành."
        )
        yield Problem("too_few_members", message, ("form", "union_members_total"))
    if (
        data.get("form") == "committee"
    ):  # the numbers bind those who elect, not the upper union that names
        yield from _size_problems(people, rules)
    yield from _share_problems(data, people, rules)


def _size_problems(people: list[Row], rules: InspectionRules) -> Iterable[Problem]:
    count, most = len(people), rules.most
    if not count or (rules.fewest <= count and (most is None or count <= most)):
        return
    wanted = f"từ {rules.fewest} người trở lên"
    if most is not None:
        wanted = f"từ {rules.fewest} đến {most} người"
    message = f"Ủy ban Kiểm tra có {wanted} ({rules.key}); danh sách có {count} người."
    yield Problem("inspection_size", message, ("members",))


def _warnings(data: Data) -> tuple[Problem, ...]:
    """The numbers bind those who elect; a committee that the upper union names is only pointed out."""
    if data.get("form") != "appointed":
        return ()
    rules = profile_on(day(data, "intended_date")).inspection
    return tuple(_size_problems(rows(data, "members"), rules))


def _share_problems(data: Data, people: list[Row], rules: InspectionRules) -> Iterable[Problem]:
    """No more of the executive committee than the part that the older guidance allows."""
    names = texts(data, "executive_committee_names")
    if not names or rules.committee_part is None:
        return
    both = [
        value(row, "full_name")
        for row in people
        if any(same_name(value(row, "full_name"), name) for name in names)
    ]
    if len(both) * rules.committee_part > len(people):
        message = (
            f"Ủy ban Kiểm tra {len(people)} người có {len(both)} ủy viên Ban Chấp hành "
            f"({', '.join(both)}), quá một phần {rules.committee_part} ({rules.key})."
        )
        yield Problem("too_many_of_committee", message, ("members", "executive_committee_names"))


def _election_problems(data: Data) -> Iterable[Problem]:
    """A recognition stands on the conference that elected and on its request."""
    if data.get("form") != "committee":
        return
    needed = {
        "meeting_date": "ngày hội nghị Ban Chấp hành bầu Ủy ban Kiểm tra",
        "request_document": "văn bản đề nghị công nhận",
    }
    for key, label in needed.items():
        if not data.get(key):
            message = f"Công nhận Ủy ban Kiểm tra phải có {label}."
            yield Problem("missing_for_elected", message, (key,))


def _basis_lines(data: Data) -> list[str]:
    cited = Citation.of(group(data, "committee_decision"), type_name="Quyết định")
    meeting, request = day(data, "meeting_date"), group(data, "request_document")
    lines = [f"Căn cứ {cite(cited)}"]
    if meeting:
        lines.append(
            f"Căn cứ kết quả hội nghị Ban Chấp hành {text(data, 'union_name')} {format_long(meeting)}"
        )
    if request:
        lines.append(f"Xét {cite(Citation.of(request, type_name='Tờ trình'))}")
    return lines


def _sole(people: list[Row]) -> str:
    """``đồng chí Nguyễn Văn An, Lái máy xúc``: the one charged with inspection."""
    job = value(people[0], "job")
    return f"đồng chí {value(people[0], 'full_name')}" + (f", {job}" if job else "")


def _context(data: Data, numbering: Numbering) -> Context:
    effective, people = day(data, "effective_date"), rows(data, "members")
    common = decision_context(data, numbering, subject=subject(data), lines=_basis_lines(data))
    return common | {
        "ten_cong_doan_co_so": text(data, "union_name"),
        "nhiem_ky": _term(data),
        "nguoi_kiem_tra": _sole(people) if _is_duty(data) else "",
        "so_uy_vien": count_with_words(len(people)),
        "ds_uy_vien": listed([comrade(row) for row in people]),
        "don_vi_thi_hanh": text(data, "executing_units"),
        "ngay_hieu_luc": format_long(effective) if effective else "ngày ký",
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="inspection_committee_decision",
        label_vi="Quyết định công nhận ủy ban kiểm tra, giao nhiệm vụ kiểm tra",
        symbol_type="QĐ",
        annexes=(),
        fields=_FIELDS,
        example=examples.INSPECTION_COMMITTEE_DECISION,
    ),
    template=lambda data: f"inspection_committee_decision/{_TEMPLATES[str(data.get('form'))]}",
    check=_check,
    context=_context,
    register_subject=subject,
    warnings=_warnings,
)
