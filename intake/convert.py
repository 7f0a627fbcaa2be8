"""Old office formats (.doc, .xls, .odt, .ods, .rtf) turned into new ones by LibreOffice, kept on a leash."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from core.errors import Outage
from intake.guard import FileType, Refused
from intake.pressure import CPU_SECONDS, FILE_SECONDS, check_starved, cpu_used

MISSING_VI = (
    "Chưa cài LibreOffice nên chưa đọc được tệp Office cũ (.doc, .xls, .odt). "
    "Cài gói libreoffice-writer và libreoffice-calc, hoặc lưu tệp thành .docx, .xlsx rồi gửi lại."
)
#: Address space (LibreOffice maps far more than it uses), memory of its own, processor seconds.
_MAPPED, _OWN = 4 * 2**30, 2**30
_NAMES = ("soffice", "libreoffice")
_TARGETS = {
    FileType.DOC: "docx",
    FileType.ODT: "docx",
    FileType.RTF: "docx",
    FileType.XLS: "xlsx",
    FileType.ODS: "xlsx",
}


def convert(data: bytes, kind: FileType, *, wall: float = FILE_SECONDS) -> bytes:
    """The same content as .docx or .xlsx, within ``wall`` seconds.

    Raises Refused when it cannot be converted, Outage without LibreOffice or on a machine too busy to run it.
    """
    made = _converted(data, kind, _TARGETS[kind], wall=wall)
    if made is None:
        raise Refused(
            "Không mở được tệp Office cũ (hỏng hoặc đặt mật khẩu). Hãy lưu lại thành .docx hoặc .xlsx rồi gửi.",
            code="not_converted",
        )
    return made


def printed(data: bytes, kind: FileType) -> bytes:
    """An office file as PDF, to be looked at. Raises as :func:`convert`."""
    made = _converted(data, kind, "pdf", wall=FILE_SECONDS)
    if made is None:
        raise Refused(
            "Không tạo được ảnh trang của tệp này; tải tệp gốc để đối chiếu.", code="not_converted"
        )
    return made


def _converted(data: bytes, kind: FileType, target: str, *, wall: float) -> bytes | None:
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise Outage(MISSING_VI, retryable=False, code="soffice_missing")
    with tempfile.TemporaryDirectory(prefix="docgen-doi-") as folder:
        source = Path(folder) / f"tep.{kind.value}"
        source.write_bytes(data)
        command = [
            *_leash(),
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            target,
            "--outdir",
            f"{folder}/out",
            str(source),
        ]
        _run(command, folder, wall)
        made = Path(folder, "out", f"tep.{target}")
        return made.read_bytes() if made.is_file() else None


def _leash() -> list[str]:
    """Limits by prlimit (util-linux, on every Debian); without it the clock alone limits."""
    found = shutil.which("prlimit")
    bounds = [f"--as={_MAPPED}", f"--data={_OWN}", f"--cpu={CPU_SECONDS}", "--core=0"]
    return [found, *bounds] if found else []


def _run(command: list[str], folder: str, wall: float) -> None:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": folder,
        "TMPDIR": folder,
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    process = subprocess.Popen(  # noqa: S603 - fixed program, own arguments
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=wall)
    except subprocess.TimeoutExpired as error:
        check_starved(cpu_used(process.pid), wall)
        raise Refused(
            "Tệp Office cũ quá nặng, không chuyển được. Hãy lưu lại thành .docx hoặc .xlsx rồi gửi.",
            code="too_heavy",
        ) from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
