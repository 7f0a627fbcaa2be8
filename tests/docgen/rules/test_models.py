"""The decree's own models raise no error for what they show; the real plan is found to have its known faults."""

from __future__ import annotations

import pytest

from docgen.rules import Finding, check_docx
from tests.docgen.rules.models import MODELS, PLAN_TEXT, cut_models, typed_text

NAMES = (
    "1.1", "1.2", "1.3", "1.3 kèm theo, giấy", "1.3 kèm theo, điện tử", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9",
    "1.10", "2.1", "2.2", "3.1", "3.2",
)  # fmt: skip
needs_models = pytest.mark.skipif(
    not MODELS.is_file(), reason="../shared/reference/nd30 is not here"
)
needs_plan = pytest.mark.skipif(not PLAN_TEXT.is_file(), reason="../shared/reference is not here")


@pytest.fixture(scope="module")
def models() -> dict[str, bytes]:
    return cut_models()


@needs_models
@pytest.mark.parametrize("name", NAMES)
def test_a_model_raises_no_error(models: dict[str, bytes], name: str) -> None:
    found = check_docx(models[name])
    assert [(f.rule, f.message, f.where.text) for f in found if f.severity == "E"] == []


@needs_models
def test_no_model_is_left_out(models: dict[str, bytes]) -> None:
    assert set(models) == set(NAMES)


# Row of the fault table of domain brief §4.a, rule, and a part of what was found. Rows that form and spelling
# do not show: 4 (right as it is), 11, 14b, 15b (meaning), 31 in the text file only.
ROWS = (
    (1, "QH-01", ""), (1, "CQ-01", ""), (2, "SO-03", "70 /KH-LĐLĐ"), (3, "DD-01", "Lai châu"), (5, "VB-12", "CĐCS"),
    (6, "CC-01", "- Căn cứ"), (6, "CC-01", "chữ đứng"), (6, "CC-01", "4 văn bản"), (7, "SO-03", "02- NQ/TW"),
    (8, "CC-04", "02-NQ/TW"), (9, "CC-03", "24/11/2023"), (10, "VB-09", "Về việc"), (12, "ND-11", "NỘI DUNG"),
    (12, "ND-11", "gạch đầu dòng"), (13, "VB-10", "đời sống việc làm"), (13, "VB-10", "hướng dẫn đôn đốc"),
    (14, "VB-10", "kết nạp vào đoàn viên"), (14, "VB-08", "công đoàn Việt Nam"), (15, "PLAN-01", ""),
    (16, "VB-11", "nội dung khác"), (16, "VB-11", "kèm theo)"), (17, "PL-01", "kèm theo"), (18, "VB-02", "BCD"),
    (19, "VB-09", "Thành viên"), (19, "VB-09", "Chuyên viên"), (19, "VB-09", "Thành phố"),
    (20, "VB-08", "Ban tổ chức"), (20, "VB-08", "Ban chính sách pháp luật"), (21, "VB-08", "Ban chỉ đạo"),
    (21, "VB-08", "Ban chấp hành"), (22, "VB-03", "; Giúp đỡ"), (22, "VB-03", "; Tham mưu"),
    (23, "VB-08", "xây dựng đảng"), (23, "VB-08", "Điều lệ công đoàn"), (24, "VB-06", "thoả"), (25, "VB-04", "¶"),
    (26, "VB-01", "Ban Ban"), (27, "ND-09", "Liên đoàn Lao động huyện"), (28, "VB-10", "đề báo cáo"),
    (29, "VB-10", "Phát triển đoàn, "), (30, "NN-02", "Thành phố,"), (31, "VB-13", "**"),
)  # fmt: skip


@pytest.fixture(scope="module")
def plan() -> list[Finding]:
    return check_docx(typed_text(PLAN_TEXT.read_text(encoding="utf-8")))


@needs_plan
@pytest.mark.parametrize(("row", "rule", "part"), ROWS)
def test_a_fault_of_the_real_plan_is_found(
    plan: list[Finding], row: int, rule: str, part: str
) -> None:
    assert [f for f in plan if f.rule == rule and part in f.found], f"row {row}"


@needs_plan
def test_what_is_right_in_the_real_plan_is_left_alone(plan: list[Finding]) -> None:
    assert not [
        f for f in plan if f.rule in {"DD-03", "NN-03", "ND-13", "SO-04", "KY-01", "TL-01", "ND-02"}
    ]
