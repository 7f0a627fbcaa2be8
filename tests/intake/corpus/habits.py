"""Habits of other people: filling styles written without a look at the reader, read once before anything was mended.

The figures of that first reading stand in bench/results/exactness.md. Every habit is one function from a form and its
values to a file; what it writes so that nobody can be sure becomes ``Doubted`` in the values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from core.forms import FORMS, get_form
from core.letters import unaccent
from tests.intake.corpus import habits_book, habits_late, habits_word, paper
from tests.intake.corpus.build import Case, Truth, through
from tests.intake.corpus.records import make_data

SEED = "muong-lay-2025"
WORD = habits_word.HABITS | habits_late.HABITS
BOOK = habits_book.HABITS
#: Habits that are printed to PDF as well.
PRINTED = (
    "combined-columns", "numbered-table", "footer-in-table", "units", "heads-over-values", "bullets",
    "sheet-overlap", "sheet-merged-down", "sheet-wide",
)  # fmt: skip


@dataclass(frozen=True)
class _Paper:
    """A paper of another office: its title, lines, and a table."""

    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


_OTHERS = (
    _Paper("ĐƠN XIN NGHỈ PHÉP", (
        "Kính gửi: Ban Giám đốc Công ty TNHH A&B", "Tên tôi là: Lò Thị Mẫu", "Sinh ngày: 12/3/1990",
        "Nơi làm việc: Tổ nề", "Lý do: việc gia đình", "Ngày làm đơn: 02/5/2024")),
    _Paper("DANH SÁCH CÁN BỘ DỰ LỚP TẬP HUẤN", (), (
        ("TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Số điện thoại"),
        ("1", "Giàng A Páo", "1988", "Kế toán", "0912000111"), ("2", "Vàng Thị Dở", "1991", "Văn thư", "0912000222"))),
    _Paper("BÁO CÁO THU CHI NGÂN SÁCH", ("Đơn vị báo cáo: LĐLĐ huyện Sìn Hồ", "Kỳ báo cáo: Quý I/2024"), (
        ("TT", "Nội dung", "Thu", "Chi", "Ghi chú"), ("1", "Đoàn phí", "12.000.000", "", ""),
        ("2", "Chi hoạt động", "", "9.000.000", ""))),
    _Paper("PHIẾU ĐĂNG KÝ THAM GIA HỘI THAO", (
        "Tên đơn vị: Công đoàn cơ sở Trường THPT Bình Lư", "Người liên hệ: Lò Văn Ín", "Số điện thoại: 0912000333",
        "Số đoàn viên: 25 người")),
    _Paper("BIÊN BẢN HỌP TỔ CÔNG ĐOÀN", (
        "Thời gian bắt đầu: 14 giờ 00", "Địa điểm: Hội trường", "Chủ trì: Phàn A Láo", "Thư ký: Lù Thị Ý",
        "Có mặt: 12 người")),
    _Paper("QUYẾT ĐỊNH VỀ VIỆC CỬ CÁN BỘ ĐI CÔNG TÁC", (
        "Số: 15/QĐ-LĐLĐ", "Điều 1. Cử ông Lò Văn Ín đi công tác", "Ngày 02/5/2024")),
    _Paper("HỢP ĐỒNG LAO ĐỘNG", (
        "Họ và tên: Sùng A Chía", "Giới tính: Nam", "Số CCCD: 012090000012", "Nơi ở hiện nay: xã Pa Ủ",
        "Loại hợp đồng: không xác định thời hạn", "Mức lương: 7.000.000 đồng")),
    _Paper("DANH SÁCH HỘ NGHÈO NĂM 2024", (), (
        ("STT", "Họ tên chủ hộ", "Năm sinh", "Dân tộc", "Địa chỉ", "Ghi chú"),
        ("1", "Ly A Sử", "1970", "Mông", "Bản Sì Thâu Chải", ""))),
)  # fmt: skip


def habit_cases(
    *, per_habit: int = 1, kinds: Sequence[str] = tuple(FORMS), names: Sequence[str] = ()
) -> Iterator[Case]:
    """Files that need no LibreOffice."""
    for made, suffix in ((WORD, "docx"), (BOOK, "xlsx")):
        for name in made:
            if names and name not in names:
                continue
            for kind in kinds:
                for number in range(per_habit):
                    yield one_case(name, kind, number, suffix=suffix)
    if not names:
        yield from empty_cases(kinds)


def one_case(name: str, kind: str, number: int, *, suffix: str) -> Case:
    """One form filled by one habit."""
    seed = f"{SEED}/{name}/{kind}/{number}"
    data = make_data(kind, seed)
    fill = (WORD if suffix == "docx" else BOOK)[name]
    made = fill(get_form(kind), data, Random(seed))
    return Case(seed, name, True, made, (Truth(kind, data),), suffix)


def empty_cases(kinds: Sequence[str]) -> Iterator[Case]:
    """Blank forms in the same habits, and papers that are none of ours."""
    for kind in kinds:
        for name in ("numbered-table", "heads-over-values", "bullets", "sheet-overlap"):
            suffix = "xlsx" if name in BOOK else "docx"
            seed = f"{SEED}/blank-{name}/{kind}"
            made = (BOOK if suffix == "xlsx" else WORD)[name](get_form(kind), {}, Random(seed))
            yield Case(seed, f"blank-{name}", True, made, (Truth(kind),), suffix)
    for at, one in enumerate(_OTHERS):
        for bare in (False, True):
            sheet = paper.Paper()
            text = unaccent if bare else str
            sheet.add(paper.paragraph(paper.run(text(one.title)), center=True))
            for line in one.lines:
                sheet.add(paper.paragraph(paper.run(text(line))))
            if one.rows:
                cells = [[paper.cell(text(cell), width=1900) for cell in row] for row in one.rows]
                sheet.add(paper.table(cells))
            yield Case(
                f"{SEED}/other/{at}/{bare}", "other-paper", True, sheet.saved(), (Truth(None),)
            )


def printed_cases(folder: Path, *, kinds: Sequence[str] = tuple(FORMS)) -> list[Case]:
    """The habits that are printed as well, by one start of LibreOffice for Word and one for Excel."""
    jobs = [
        one_case(name, kind, 80, suffix="xlsx" if name in BOOK else "docx")
        for name in PRINTED
        for kind in kinds
    ]
    return through(folder, jobs, "pdf", "pdf-")
