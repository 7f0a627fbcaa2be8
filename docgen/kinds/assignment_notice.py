"""Notice of who is in charge of which area (b2): no articles, the list stands in the text (model 1.4). Pure."""

from __future__ import annotations

from core.citations import Citation, cite
from core.errors import Problem
from core.profiles import profile_on
from core.schema import FieldKind, FieldSpec, KindSchema
from docgen.kinds import examples_decisions as examples
from docgen.kinds.assignments import ASSIGNMENT_FIELDS, assignment_context, assignment_problems
from docgen.kinds.base import (
    COMMON_FIELDS,
    REFERENCE_FIELDS,
    Context,
    Data,
    DocumentKind,
    Numbering,
)
from docgen.kinds.checks import decided_before, ended_level_problems
from docgen.kinds.common import common_context, day, group, rows, text, texts

_F = FieldSpec
_K = FieldKind

_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("subject", _K.TEXT, "Trích yếu", required=True),
    _F("plan", _K.GROUP, "Kế hoạch được thực hiện", required=True, item=REFERENCE_FIELDS),
    _F("committee_name", _K.TEXT, "Tên Ban Chỉ đạo", required=True),
    *ASSIGNMENT_FIELDS,
    _F("report_rule", _K.TEXT, "Chế độ báo cáo", required=True, max_length=2000),
    _F("requested_units", _K.TEXT, "Đơn vị, cá nhân được đề nghị thực hiện", required=True),
)


def _check(data: Data) -> tuple[Problem, ...]:
    plan = Citation.of(group(data, "plan")).date
    late = [
        (f"assignments[{at}].areas", area)
        for at, row in enumerate(rows(data, "assignments"))
        for area in texts(row, "areas")
    ]
    return (
        *assignment_problems(data),
        *decided_before(data, {"plan.date": ("ngày kế hoạch", plan)}),
        *ended_level_problems(late, rules=profile_on(day(data, "intended_date"))),
    )


def _context(data: Data, numbering: Numbering) -> Context:
    return {
        **common_context(data, numbering, subject=text(data, "subject")),
        **assignment_context(data),
        "ke_hoach_thuc_hien": cite(Citation.of(group(data, "plan"), type_name="Kế hoạch")),
        "ten_ban_chi_dao": text(data, "committee_name"),
        "che_do_bao_cao": text(data, "report_rule").rstrip("."),
        "noi_duoc_de_nghi": text(data, "requested_units"),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="assignment_notice",
        label_vi="Thông báo phân công phụ trách địa bàn",
        symbol_type="TB",
        annexes=(),
        fields=_FIELDS,
        example=examples.ASSIGNMENT_NOTICE,
    ),
    template=lambda _data: "assignment_notice/thong_bao_phan_cong",
    check=_check,
    context=_context,
    register_subject=lambda data: text(data, "subject"),
)
