"""What a part-time admin wants to know: what is installed, what is reachable, and is the store sound."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from config import doctor_services as services
from config.cli.store import store_is_ready
from config.doctor_services import Check
from config.open_facts import open_facts
from core.errors import DocgenError, Outage
from docgen.engine import compile_template
from docgen.models import Conversion, JobState, Rendering
from registry.models import NumberSeries
from registry.proof import check_all
from registry.stores import byte_store

MIN_PYTHON = (3, 11)
GIB = 1024**3
#: Debian's fonts-liberation 1.07 has a Liberation Serif without Vietnamese letters: fontconfig must say :lang=vi.
SERIF_FONTS = ("Times New Roman", "Liberation Serif", "Tinos")


def _python() -> Check:
    return Check(
        "python",
        "Python",
        sys.version_info >= MIN_PYTHON,
        platform.python_version(),
        "Cần Python 3.11 trở lên.",
    )


def _home() -> Check:
    home = Path(settings.DOCGEN_HOME)
    label = "Kho dữ liệu"
    standing = next(folder for folder in (home, *home.parents) if folder.exists())
    if not os.access(standing, os.W_OK):
        return Check(
            "home",
            label,
            ok=False,
            found=f"{home}, không ghi được",
            remedy="Cấp quyền ghi cho thư mục này, hoặc đặt DOCGEN_HOME sang thư mục khác.",
        )
    free = shutil.disk_usage(standing).free
    return Check(
        "home",
        label,
        free > GIB,
        f"{home}, còn trống {free / GIB:.1f} GiB",
        "Ổ đĩa gần đầy: dọn bớt hoặc chuyển DOCGEN_HOME sang ổ khác.",
    )


def _files() -> Check:
    label = "Kho tệp"
    bucket = settings.FILES_BUCKET
    if bucket is None:
        return Check("files", label, ok=True, found=f"thư mục {settings.FILES_DIR}")
    found = f"bucket {bucket.bucket} ở {bucket.endpoint or 'Amazon S3'}"
    try:
        byte_store().get("docgen-doctor")
    except FileNotFoundError:
        return Check("files", label, ok=True, found=f"{found}, trả lời")
    except Outage as fault:
        return Check("files", label, ok=False, found=found, remedy=fault.message)
    return Check("files", label, ok=True, found=f"{found}, trả lời")


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
    problems = [problem.message for problem in check_all()]
    return Check(
        "registers",
        "Sổ văn bản",
        not problems,
        "; ".join(problems[:5]) or f"{NumberSeries.objects.count()} dãy số liên tục, không trùng",
        "Không tự sửa số trong cơ sở dữ liệu; báo người quản trị kèm nội dung này.",
    )


def _left_over() -> Check:
    failed, waiting = (
        sum(model.objects.filter(state=state).count() for model in (Rendering, Conversion))
        for state in (JobState.FAILED, JobState.WAITING)
    )
    return Check(
        "jobs",
        "Việc đang chờ",
        not failed,
        f"{waiting} chờ, {failed} lỗi",
        "Xem lỗi bằng “docgen batch status”; làm nốt việc chờ bằng “docgen sweep”.",
    )


def _facts() -> Check:
    count = len(open_facts())
    return Check(
        "facts",
        "Dữ kiện nghiệp vụ",
        not count,
        f"{count} dữ kiện chưa xác nhận" if count else "đã xác nhận hết",
        "Xem bằng “docgen doctor --unverified”, hỏi lãnh đạo hoặc cấp trên rồi sửa.",
        optional=True,
    )


_CHECKS: tuple[Callable[[], Check], ...] = (
    _python,
    _home,
    _files,
    services.database,
    services.clock,
    services.broker,
    services.workers,
    services.libreoffice,
    _fonts,
    _templates,
    _facts,
)
_STORE_CHECKS: tuple[Callable[[], Check], ...] = (_registers, _left_over)


def run_checks() -> list[Check]:
    """All checks; none stops the others. What lies in the store is checked when there is one."""
    checks = [check() for check in _CHECKS]
    if store_is_ready():
        checks += [check() for check in _STORE_CHECKS]
    return checks
