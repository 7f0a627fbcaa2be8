"""What is told of a failure that nobody foresaw, and of a database or a disk that does not answer."""

from __future__ import annotations

import errno
import os
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError, InterfaceError, OperationalError

from config.logs import append
from core.errors import DocgenError, Outage

LOG_NAME = "docgen.log"
_DISK = {
    errno.EACCES: "không có quyền đọc ghi",
    errno.EPERM: "không có quyền đọc ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết phần ổ đĩa được cấp",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.EISDIR: "đó là thư mục, không phải tệp",
}
_SQLITE = {
    "readonly": "không có quyền ghi vào kho dữ liệu",
    "unable to open": "không mở được tệp dữ liệu; kiểm tra thư mục và quyền ghi",
    "full": "ổ đĩa đã đầy",
    "locked": "một lệnh khác đang ghi quá lâu; chờ một lát rồi chạy lại",
    "malformed": "tệp dữ liệu bị hỏng; lấy lại từ bản sao lưu",
    "not a database": "tệp dữ liệu bị hỏng; lấy lại từ bản sao lưu",
    "disk i/o": "ổ đĩa báo lỗi đọc ghi",
}


def known_outage(fault: BaseException) -> DocgenError | None:
    """The outage behind an exception of the database, the disk or the settings, else None."""
    if isinstance(fault, DocgenError):
        return fault
    # SQLite's word for a damaged file is the bare class; its heirs but these two are faults of ours.
    if isinstance(fault, OperationalError | InterfaceError) or type(fault) is DatabaseError:
        return _database_outage(fault)
    if isinstance(fault, ImproperlyConfigured):
        return Outage(f"Cấu hình chưa đúng: {fault}", code="settings", retryable=False)
    if isinstance(fault, OSError) and fault.errno in _DISK:
        where = f" {fault.filename}" if fault.filename else ""
        return Outage(
            f"Không đọc ghi được{where}: {_DISK[fault.errno]}. Kiểm tra rồi chạy lại.",
            code="storage",
            facts={"file": str(fault.filename)} if fault.filename else {},
        )
    return None


def _database_outage(fault: Exception) -> Outage:
    told = str(fault).lower()
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        return Outage(
            "Không làm việc được với cơ sở dữ liệu PostgreSQL. Kiểm tra máy chủ đang chạy và "
            "DATABASE_URL, rồi chạy lại; “docgen doctor” cho biết thêm.",
            code="database",
        )
    why = next((text for sign, text in _SQLITE.items() if sign in told), "xem “docgen doctor”")
    return Outage(
        f"Không làm việc được với kho dữ liệu ở {settings.DOCGEN_HOME}: {why}.", code="database"
    )


def unforeseen(fault: BaseException) -> DocgenError:
    """A fault of ours: a short sentence; the trace goes to the log."""
    place = _write_trace("".join(traceback.format_exception(fault)))
    return DocgenError(
        f"Chương trình gặp lỗi không lường trước; dữ liệu đã ghi không mất. Chi tiết ở tệp {place}: "
        "gửi tệp này cho người quản trị.",
        code="fault",
        facts={"type": type(fault).__name__, "log": str(place)},
    )


def _write_trace(trace: str) -> Path:
    """Append to the store's log, or to a new file where the store can't be written."""
    text = f"{datetime.now().astimezone().isoformat(timespec='seconds')} ERROR docgen\n{trace}"
    try:
        path = Path(settings.LOGS_DIR) / LOG_NAME
        append(path, text)
    except (OSError, ImproperlyConfigured):
        handle, name = tempfile.mkstemp(prefix="docgen-", suffix=".log")
        os.close(handle)
        path = Path(name)
        append(path, text)
    return path
