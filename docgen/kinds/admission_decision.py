"""Decision admitting or recognising union members (c3); the people are its annex. Pure.

On the path on which the upper union founds and appoints (domain brief §3.4) it is the second of three
decisions: the union is founded, its people are admitted, its committee is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.citations import Citation, cite
from core.dates import PartialDate, format_long, format_short, parse_date
from core.errors import Problem
from core.numbers import count_with_words
from core.profiles import RuleProfile, profile_on
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
from core.text import fold
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
from docgen.kinds.checks import count_problems, decided_before, ended_level_problems
from docgen.kinds.common import day, decision_context, group, number, rows, text, texts
from docgen.kinds.people import (
    GENDERS,
    Row,
    day_text,
    duplicates,
    employer_side_problems,
    gender_label,
    same_name,
    union_name_problems,
    value,
)

_F = FieldSpec
_K = FieldKind

_ACTS = (Choice("admit", "Kết nạp"), Choice("recognise", "Công nhận"))
_HOME = fold("Việt Nam")

_PERSON_FIELDS: tuple[FieldSpec, ...] = (
    _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
    _F("dob", _K.PARTIAL_DATE, "Ngày sinh"),
    _F("gender", _K.ENUM, "Giới tính", choices=GENDERS),
    _F("ethnicity", _K.TEXT, "Dân tộc", max_length=50),
    _F("nationality", _K.TEXT, "Quốc tịch (để trống: Việt Nam)", max_length=50),
    _F("job", _K.TEXT, "Nghề nghiệp, bộ phận", max_length=150),
    _F("applied_on", _K.DATE, "Ngày làm đơn"),
)

_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("act", _K.ENUM, "Hình thức", required=True, choices=_ACTS),
    _F("union_name", _K.TEXT, "Tên công đoàn cơ sở", required=True, source="công đoàn cơ sở"),
    _F("enterprise_name", _K.TEXT, "Tên doanh nghiệp", required=True, source="doanh nghiệp"),
    _F("direct_upper_org", _K.TEXT, "Công đoàn cấp trên", source="tổ chức tại ngày văn bản"),
    _F(
        "members",
        _K.ROWS,
        "Danh sách người được kết nạp",
        required=True,
        minimum=1,
        item=_PERSON_FIELDS,
    ),
    _F("member_count", _K.INTEGER, "Số người được kết nạp", minimum=1),
    _F(
        "founding_decision",
        _K.GROUP,
        "Quyết định thành lập hoặc công nhận công đoàn cơ sở",
        item=REFERENCE_FIELDS,
    ),
    _F("founding_member_names", _K.TEXT_LIST, "Họ tên đoàn viên trong quyết định thành lập"),
    _F("request_document", _K.GROUP, "Văn bản đề nghị", item=REFERENCE_FIELDS),
    _F("congress_date", _K.DATE, "Ngày đại hội thành lập"),
    *DECISION_FIELDS,
    _F("effective_date", _K.DATE, "Ngày có hiệu lực (để trống: ngày ký)"),
)


def _recognises(data: Data) -> bool:
    return data.get("act") == "recognise"


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    act = "công nhận" if _recognises(data) else "kết nạp"
    return f"Về việc {act} đoàn viên Công đoàn Việt Nam tại {text(data, 'enterprise_name')}"


def _check(data: Data) -> tuple[Problem, ...]:
    people, rules = rows(data, "members"), profile_on(day(data, "intended_date"))
    problems = union_name_problems(text(data, "union_name"), text(data, "enterprise_name"))
    problems += duplicates(people, key="members")
    problems += count_problems(
        data, "member_count", of="members", label="Số người được kết nạp", unit="người"
    )
    problems += employer_side_problems(people, rules=rules, key="members")
    problems += ended_level_problems(
        [("direct_upper_org", text(data, "direct_upper_org"))], rules=rules
    )
    founding = Citation.of(group(data, "founding_decision")).date
    request = Citation.of(group(data, "request_document")).date
    problems += decided_before(
        data,
        {
            "congress_date": ("ngày đại hội", day(data, "congress_date")),
            "founding_decision.date": ("ngày quyết định thành lập, công nhận", founding),
            "request_document.date": ("ngày văn bản đề nghị", request),
            **_application_dates(people),
        },
    )
    return (*problems, *_person_problems(data, rules), *_name_problems(data))


def _application_dates(people: Iterable[Row]) -> dict[str, tuple[str, date | None]]:
    return {
        f"members[{at}].applied_on": (
            f"ngày làm đơn của {value(row, 'full_name')}",
            day(row, "applied_on"),
        )
        for at, row in enumerate(people)
    }


def _person_problems(data: Data, rules: RuleProfile) -> Iterable[Problem]:
    """Old enough on the day of the application, and of a nationality that the law of the day admits."""
    decided = day(data, "intended_date")
    for at, row in enumerate(rows(data, "members")):
        name, asked = value(row, "full_name"), day(row, "applied_on") or decided
        born = _earliest_birth(row)
        if asked and born and asked < born.replace(year=born.year + rules.member_age_min):
            message = (
                f"{name} chưa đủ {rules.member_age_min} tuổi vào ngày {format_short(asked)}. "
                "Hãy đối chiếu ngày sinh hoặc đưa ra khỏi danh sách."
            )
            yield Problem("too_young", message, (f"members[{at}].dob",))
        country = value(row, "nationality")
        if country and fold(country) != _HOME and not rules.foreign_members:
            message = (
                f"{name} mang quốc tịch {country}; tại ngày văn bản chỉ người Việt Nam được gia nhập "
                f"Công đoàn Việt Nam ({rules.law_key}). Hãy đưa ra khỏi danh sách."
            )
            yield Problem("foreign_member", message, (f"members[{at}].nationality",))


def _earliest_birth(row: Row) -> date | None:
    """Day of birth; of a bare year or month its first day, which doubts nobody who may be old enough."""
    given = value(row, "dob")
    if not given:
        return None
    found = parse_date(given)
    if isinstance(found, PartialDate):
        return found.first_day
    # The 29th of February has its birthday on the 28th in other years.
    return found.replace(day=28) if (found.month, found.day) == (2, 29) else found


def _name_problems(data: Data) -> Iterable[Problem]:
    """The people admitted are those of the founding decision, name by name (domain brief §4.c)."""
    founders = texts(data, "founding_member_names")
    if not founders:
        return
    named = [value(row, "full_name") for row in rows(data, "members")]
    for at, name in enumerate(named):
        if not any(same_name(name, other) for other in founders):
            message = (
                f"{name} không có trong danh sách đoàn viên của quyết định thành lập công đoàn cơ sở. "
                "Hãy đối chiếu họ tên giữa hai danh sách."
            )
            yield Problem("names_differ", message, (f"members[{at}].full_name",))
    lost = [other for other in founders if not any(same_name(other, name) for name in named)]
    if lost:
        message = (
            f"Có trong quyết định thành lập công đoàn cơ sở nhưng không được kết nạp: {', '.join(lost)}. "
            "Hãy đối chiếu hai danh sách."
        )
        yield Problem("names_differ", message, ("members", "founding_member_names"))


def _basis_lines(data: Data) -> list[str]:
    founding, request = group(data, "founding_decision"), group(data, "request_document")
    congress = day(data, "congress_date")
    lines = []
    if founding:
        lines.append(f"Căn cứ {cite(Citation.of(founding, type_name='Quyết định'))}")
    if _recognises(data) and congress:
        lines.append(
            f"Căn cứ kết quả Đại hội thành lập {text(data, 'union_name')} {format_long(congress)}"
        )
    if request:
        lines.append(f"Xét {cite(Citation.of(request, type_name='Tờ trình'))}")
    else:
        lines.append(
            "Xét đơn tự nguyện gia nhập Công đoàn Việt Nam của người lao động "
            f"{text(data, 'enterprise_name')}"
        )
    return lines


def _context(data: Data, numbering: Numbering) -> Context:
    effective, people = day(data, "effective_date"), rows(data, "members")
    common = decision_context(data, numbering, subject=subject(data), lines=_basis_lines(data))
    return common | {
        "ten_cong_doan_co_so": text(data, "union_name"),
        "ten_doanh_nghiep": text(data, "enterprise_name"),
        "ten_doanh_nghiep_in_hoa": text(data, "enterprise_name").upper(),
        "so_nguoi_ket_nap": count_with_words(number(data, "member_count") or len(people)),
        "ds_ket_nap": [
            {
                "ho_ten": value(row, "full_name"),
                "ngay_sinh": day_text(row, "dob"),
                "gioi_tinh": gender_label(row.get("gender")),
                "dan_toc": value(row, "ethnicity"),
                "cong_viec": value(row, "job"),
                "ngay_lam_don": day_text(row, "applied_on"),
            }
            for row in people
        ],
        "don_vi_thi_hanh": text(data, "executing_units"),
        "ngay_hieu_luc": format_long(effective) if effective else "ngày ký",
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="admission_decision",
        label_vi="Quyết định kết nạp, công nhận đoàn viên",
        symbol_type="QĐ",
        annexes=("Danh sách đoàn viên",),
        fields=_FIELDS,
        example=examples.ADMISSION_DECISION,
    ),
    template=lambda data: f"admission_decision/{'cong_nhan' if _recognises(data) else 'ket_nap'}",
    check=_check,
    context=_context,
    register_subject=subject,
)
