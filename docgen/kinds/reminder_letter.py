"""Công văn đôn đốc: units whose figures or reports are behind (domain brief 4.e e2, model 1.5). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.dates import format_long, format_short
from core.errors import Problem
from core.numbers import format_count, format_integer
from core.periods import format_period
from core.schema import FieldKind, FieldSpec, KindSchema
from core.text import fold
from docgen.kinds.base import GIVEN, Context, Data, DocumentKind, Numbering
from docgen.kinds.campaign_fields import Row, count
from docgen.kinds.common import addressees, day, number, rows, texts
from docgen.kinds.letter_examples import REMINDER_LETTER
from docgen.kinds.letters import (
    ANSWER_FIELDS,
    BASES_FIELD,
    LETTER_FIELDS,
    answer_context,
    basis_problems,
    called,
    carried_out,
    deadline_problems,
    letter_context,
    names_of,
    repeated_problems,
)
from docgen.kinds.people import value
from docgen.kinds.progress_fields import percent_text, rate, rate_text, sums

_F = FieldSpec
_K = FieldKind

_LAGGING = (
    _F("org_name", _K.TEXT, "Đơn vị", required=True, max_length=200),
    _F("target_members", _K.INTEGER, "Chỉ tiêu kết nạp mới", required=True, minimum=0),
    _F("done_members", _K.INTEGER, "Đã kết nạp mới", required=True, minimum=0),
    _F("target_unions", _K.INTEGER, "Chỉ tiêu công đoàn cơ sở mới", required=True, minimum=0),
    _F("done_unions", _K.INTEGER, "Công đoàn cơ sở đã thành lập", required=True, minimum=0),
)
_MISSING = (
    _F("org_name", _K.TEXT, "Đơn vị", required=True, max_length=200),
    _F("period", _K.TEXT, "Kỳ báo cáo", required=True, max_length=30),  # 2024-09 (contract §5)
    _F("due_date", _K.DATE, "Hạn báo cáo"),
)
_FIELDS: tuple[FieldSpec, ...] = (
    *LETTER_FIELDS,
    BASES_FIELD,
    _F("year", _K.INTEGER, "Năm giao chỉ tiêu", required=True, minimum=2000),
    _F("cut_off_date", _K.DATE, "Số liệu tính đến ngày", required=True),
    _F("expected_percent", _K.INTEGER, "Mức phải đạt (%)", minimum=1),
    _F("lagging", _K.ROWS, "Đơn vị chậm chỉ tiêu", item=_LAGGING, source="đoàn viên, công đoàn"),
    _F("missing_reports", _K.ROWS, "Báo cáo chưa gửi", item=_MISSING, source="sổ văn bản đến"),
    _F("requests", _K.TEXT_LIST, "Nội dung đề nghị thêm", source=GIVEN),
    *ANSWER_FIELDS,
)
_MEASURES = (("members", "kết nạp mới"), ("unions", "công đoàn cơ sở"))
_SUMMED = ("target_members", "done_members", "target_unions", "done_unions")


def subject(data: Data) -> str:
    """What follows `V/v`, the same in the register."""
    year = number(data, "year")
    if not rows(data, "lagging"):
        return f"đôn đốc báo cáo kết quả phát triển đoàn viên, thành lập công đoàn cơ sở năm {year}"
    return (
        "đôn đốc thực hiện chỉ tiêu phát triển đoàn viên, thành lập công đoàn cơ sở "
        f"năm {number(data, 'year')}"
    )


def _check(data: Data) -> tuple[Problem, ...]:
    lagging, missing = rows(data, "lagging"), rows(data, "missing_reports")
    problems = [*basis_problems(data), *deadline_problems(data), *_date_problems(data)]
    if not lagging and not missing:
        message = "Phải có đơn vị chậm chỉ tiêu hoặc báo cáo chưa gửi thì mới đôn đốc."
        problems.append(Problem("nothing_behind", message, ("lagging", "missing_reports")))
    if lagging and number(data, "expected_percent") is None:
        message = "Phải ghi mức phải đạt (%) tại thời điểm đôn đốc."
        problems.append(Problem("missing_expected", message, ("expected_percent",)))
    problems += repeated_problems(names_of(lagging, "org_name"), key="lagging", what="Đơn vị")
    return (*problems, *_not_behind(data), *_period_problems(missing))


def _date_problems(data: Data) -> Iterable[Problem]:
    written, cut = day(data, "intended_date"), day(data, "cut_off_date")
    if written and cut and cut > written:
        yield Problem(
            "date_order",
            f"Số liệu tính đến {format_long(cut)}, sau ngày văn bản ({format_long(written)}).",
            ("cut_off_date", "intended_date"),
        )


def behind(row: Row, expected: int) -> list[str]:
    """Names of the measures in which a unit is below the expected percent of its quota."""
    found = []
    for key, label in _MEASURES:
        reached = rate(count(row, f"done_{key}"), count(row, f"target_{key}"))
        if reached is not None and reached < expected:
            found.append(label)
    return found


def _not_behind(data: Data) -> Iterable[Problem]:
    """A unit that has reached the mark in everything is not reminded."""
    expected = number(data, "expected_percent")
    for index, row in enumerate(rows(data, "lagging")):
        if expected is not None and not behind(row, expected):
            yield Problem(
                "not_behind",
                f"{value(row, 'org_name')} đã đạt từ {expected}% chỉ tiêu trở lên. Bỏ khỏi danh sách đôn đốc.",
                (f"lagging[{index}].org_name",),
            )


def _warnings(data: Data) -> tuple[Problem, ...]:
    return tuple(_not_addressed(data))


def _not_addressed(data: Data) -> Iterable[Problem]:
    """Every unit that is named is written to; a collective name (`các huyện, thành phố`) may stand for it."""
    asked = {fold(name) for name in addressees(data)}
    for key in ("lagging", "missing_reports"):
        for index, row in enumerate(rows(data, key)):
            if fold(value(row, "org_name")) not in asked:
                yield Problem(
                    "not_addressed",
                    f"{value(row, 'org_name')} có tên trong số liệu nhưng không có ở Kính gửi. "
                    "Thêm vào nơi kính gửi hoặc bỏ khỏi số liệu.",
                    (f"{key}[{index}].org_name", "addressees"),
                )


def _period_problems(missing: Sequence[Row]) -> Iterable[Problem]:
    for index, row in enumerate(missing):
        try:
            format_period(value(row, "period"))
        except ValueError:
            message = f"Kỳ báo cáo “{value(row, 'period')}” phải ghi như 2024-09 hoặc 2024-Q3."
            yield Problem("period", message, (f"missing_reports[{index}].period",))


def _missing_line(row: Row) -> str:
    due = day(row, "due_date")
    until = f" (thời hạn trước ngày {format_short(due)})" if due else ""
    return f"{value(row, 'org_name')}: báo cáo {format_period(value(row, 'period'))}{until}"


def _figures(row: Row) -> dict[str, object]:
    """One unit's figures: for a table in plain integers, for sentences as counts."""
    done_m, target_m = count(row, "done_members"), count(row, "target_members")
    done_u, target_u = count(row, "done_unions"), count(row, "target_unions")
    return {
        "chi_tieu_doan_vien": format_integer(target_m),
        "da_ket_nap": format_integer(done_m),
        "ty_le_doan_vien": rate_text(done_m, target_m),
        "chi_tieu_cdcs": format_integer(target_u),
        "da_thanh_lap": format_integer(done_u),
        "ty_le_cdcs": rate_text(done_u, target_u),
    }


def _sentences(row: Row) -> list[str]:
    """One unit's figures in words: what was asked, what is done."""
    found = []
    for key, verb, noun in (
        ("members", "Kết nạp mới", "đoàn viên"),
        ("unions", "Thành lập mới", "công đoàn cơ sở"),
    ):
        done, target = count(row, f"done_{key}"), count(row, f"target_{key}")
        if target:
            found.append(
                f"{verb} {format_count(done)}/{format_count(target)} {noun}, "
                f"đạt {percent_text(done, target)} chỉ tiêu"
            )
    return found


def _is_joint(data: Data) -> bool:
    return len(rows(data, "lagging")) > 1


def _context(data: Data, numbering: Numbering) -> Context:
    lagging, cut = rows(data, "lagging"), day(data, "cut_off_date")
    names = addressees(data)
    joint = _is_joint(data)
    return letter_context(data, numbering, subject=subject(data)) | {
        "van_ban_thuc_hien": carried_out(data),
        "nam_chi_tieu": count(data, "year"),
        "ngay_chot": format_long(cut) if cut else "",
        "muc_phai_dat": f"{count(data, 'expected_percent')}%",
        "goi_don_vi": called(names, several="các đơn vị có tên trên"),
        "so_don_vi_cham": format_count(len(lagging)),
        "ds_ket_qua_don_vi": _sentences(lagging[0]) if lagging and not joint else [],
        "ds_don_vi_cham": [
            {"tt": index, "don_vi": value(row, "org_name"), **_figures(row)}
            for index, row in enumerate(lagging, start=1)
        ],
        "tong_cham": _figures(sums(lagging, _SUMMED)),
        "ds_bao_cao_thieu": [_missing_line(row) for row in rows(data, "missing_reports")],
        "ds_yeu_cau_them": [entry.rstrip(" .;") for entry in texts(data, "requests")],
        **answer_context(data),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="reminder_letter",
        label_vi="Công văn đôn đốc",
        symbol_type=None,
        annexes=("Kết quả của các đơn vị chậm chỉ tiêu",),
        fields=_FIELDS,
        example=REMINDER_LETTER,
    ),
    template=lambda data: f"reminder_letter/{'nhieu_don_vi' if _is_joint(data) else 'mot_don_vi'}",
    check=_check,
    context=_context,
    register_subject=lambda data: f"Về việc {subject(data)}",
    warnings=_warnings,
)
