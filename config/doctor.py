"""What a part-time admin wants to know: what is installed, what is reachable, and is the store sound."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from core.errors import DocgenError
from docgen.engine import compile_template
from docgen.engine.pdf import find_soffice
from docgen.models import JobState, Rendering
from records.selectors.facts import unverified_facts
from registry.models import NumberSeries
from registry.proof import check_all
from workers.broker import broker_status

MIN_PYTHON = (3, 11)
GIB = 1024**3
#: Debian's fonts-liberation 1.07 has a Liberation Serif without Vietnamese letters: fontconfig must say :lang=vi.
SERIF_FONTS = ("Times New Roman", "Liberation Serif", "Tinos")


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``optional`` parts may be missing; the remedy says what to do."""

    key: str
    label: str
    ok: bool
    found: str
    remedy: str = ""
    optional: bool = False

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return asdict(self)


def _python() -> Check:
    return Check(
        "python",
        "Python",
        sys.version_info >= MIN_PYTHON,
        platform.python_version(),
        "Cần Python 3.11 trở lên.",
    )


def _database() -> Check:
    try:
        connection.ensure_connection()
        plan = MigrationExecutor(connection).migration_plan(
            MigrationExecutor(connection).loader.graph.leaf_nodes()
        )
    except DatabaseError as fault:
        return Check(
            "database",
            "Cơ sở dữ liệu",
            ok=False,
            found=str(fault).strip(),
            remedy="Kiểm tra DATABASE_URL và máy chủ PostgreSQL, hoặc quyền ghi thư mục DOCGEN_HOME.",
        )
    return Check(
        "database",
        "Cơ sở dữ liệu",
        not plan,
        f"{connection.vendor}, {'đủ bảng' if not plan else f'thiếu {len(plan)} bước nâng cấp'}",
        "Chạy ./run để nâng cấp cơ sở dữ liệu.",
    )


def _home() -> Check:
    free = shutil.disk_usage(settings.DOCGEN_HOME).free
    return Check(
        "home",
        "Kho dữ liệu",
        free > GIB,
        f"{settings.DOCGEN_HOME}, còn trống {free / GIB:.1f} GiB",
        "Ổ đĩa gần đầy: dọn bớt hoặc chuyển DOCGEN_HOME sang ổ khác.",
    )


def _broker() -> Check:
    try:
        status = broker_status(settings.DOCGEN_HOME)
    except DocgenError as fault:
        return Check("broker", "Hàng đợi", ok=False, found=fault.message, remedy="Sửa REDIS_URL.")
    kind = "đi kèm" if status.address.embedded else status.address.public
    return Check(
        "broker",
        "Hàng đợi",
        status.reachable,
        f"{kind}, {'phiên bản ' + str(status.version) if status.reachable else 'chưa chạy'}",
        "Hàng đợi đi kèm tự chạy khi có việc; nếu dùng Redis riêng thì kiểm tra REDIS_URL.",
        optional=status.address.embedded,
    )


def _libreoffice() -> Check:
    found = find_soffice()
    return Check(
        "libreoffice",
        "LibreOffice (tạo PDF)",
        found is not None,
        str(found or "chưa cài"),
        "Tệp Word vẫn tạo được. Muốn có PDF thì cài gói libreoffice-writer.",
        optional=True,
    )


def _fonts() -> Check:
    lister = shutil.which("fc-list")
    listed = (
        subprocess.run(  # noqa: S603 - fixed command
            [lister, ":lang=vi", "family"], capture_output=True, text=True, check=False, timeout=30
        ).stdout
        if lister
        else ""
    )
    families = {name.strip() for line in listed.splitlines() for name in line.split(",")}
    found = [name for name in SERIF_FONTS if name in families]
    return Check(
        "fonts",
        "Phông chữ cho PDF",
        bool(found),
        ", ".join(found) or "không thấy phông có chân đủ chữ Việt",
        "Chỉ cần khi tạo PDF: cài phông Times New Roman hoặc gói fonts-liberation2.",
        optional=True,
    )


def _templates() -> Check:
    library: Path = settings.TEMPLATES_DOCX_DIR
    broken = []
    names = sorted(library.glob("*/*.docx"))
    for path in names:
        try:
            compile_template(path.read_bytes())
        except DocgenError as fault:
            broken.append(f"{path.parent.name}/{path.stem}: {fault.message}")
    return Check(
        "templates",
        "Mẫu văn bản",
        bool(names) and not broken,
        "; ".join(broken) or f"{len(names)} mẫu dùng được",
        "Sửa mẫu theo lỗi đã nêu, hoặc lấy lại mẫu gốc trong templates_docx.",
    )


def _registers() -> Check:
    try:
        problems = [problem.message for problem in check_all()]
    except DatabaseError as fault:
        return Check("registers", "Sổ văn bản", ok=False, found=str(fault).strip())
    return Check(
        "registers",
        "Sổ văn bản",
        not problems,
        "; ".join(problems[:5]) or f"{NumberSeries.objects.count()} dãy số liên tục, không trùng",
        "Không tự sửa số trong cơ sở dữ liệu; báo người quản trị kèm nội dung này.",
    )


def _left_over() -> Check:
    try:
        failed = Rendering.objects.filter(state=JobState.FAILED).count()
        waiting = Rendering.objects.filter(state=JobState.WAITING).count()
    except DatabaseError as fault:
        return Check("jobs", "Việc đang chờ", ok=False, found=str(fault).strip())
    return Check(
        "jobs",
        "Việc đang chờ",
        not failed,
        f"{waiting} chờ, {failed} lỗi",
        "Xem lỗi bằng “docgen batch status”; làm nốt việc chờ bằng “docgen sweep”.",
    )


def _facts() -> Check:
    try:
        count = len(unverified_facts())
    except DatabaseError as fault:
        return Check("facts", "Dữ kiện nghiệp vụ", ok=False, found=str(fault).strip())
    return Check(
        "facts",
        "Dữ kiện nghiệp vụ",
        not count,
        f"{count} dữ kiện chưa xác nhận" if count else "đã xác nhận hết",
        "Xem bằng “docgen doctor --unverified”, hỏi lãnh đạo hoặc cấp trên rồi sửa trong kho hồ sơ.",
        optional=True,
    )


_CHECKS: tuple[Callable[[], Check], ...] = (
    _python,
    _home,
    _database,
    _broker,
    _libreoffice,
    _fonts,
    _templates,
    _registers,
    _left_over,
    _facts,
)


def run_checks() -> list[Check]:
    """All checks; none stops the others."""
    return [check() for check in _CHECKS]
