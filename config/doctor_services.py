"""What the doctor asks of the services of a larger office: database, broker, workers, clock, LibreOffice."""

from __future__ import annotations

import sqlite3
import subprocess
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from config.cli.store import is_embedded, is_unmade, pending_steps
from core.errors import DocgenError
from docgen.engine.pdf import find_soffice
from registry.clock import database_now
from workers.app import app
from workers.broker import BrokerAddress, broker_status, connect

MIN_POSTGRESQL = 15
MIN_REDIS = 7
#: Times in logs and histories should be told apart by more than this.
MAX_SKEW = timedelta(seconds=2)
#: Workers answer in tens of milliseconds, one that is busy in its main process a little later.
PING_SECONDS = 1.5


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


def database() -> Check:
    """Does it answer, is it new enough, has it all its tables."""
    label = "Cơ sở dữ liệu"
    if is_unmade():
        return Check("database", label, ok=True, found="chưa có; lệnh đầu tiên cần kho sẽ tạo")
    try:
        steps, version = pending_steps(), _database_version()
    except DatabaseError as fault:
        return Check(
            "database",
            label,
            ok=False,
            found=str(fault).strip(),
            remedy="Kiểm tra DATABASE_URL và máy chủ PostgreSQL, hoặc quyền ghi thư mục DOCGEN_HOME.",
        )
    found = f"{version}, {f'thiếu {steps} bước nâng cấp' if steps else 'đủ bảng'}"
    if not is_embedded() and connection.pg_version < MIN_POSTGRESQL * 10_000:  # type: ignore[attr-defined]
        remedy = f"Cần PostgreSQL {MIN_POSTGRESQL} trở lên: nâng cấp máy chủ."
        return Check("database", label, ok=False, found=found, remedy=remedy)
    return Check(
        "database",
        label,
        is_embedded() or not steps,  # an embedded store brings itself up to date
        found,
        "Sao lưu bằng “docgen backup”, rồi chạy: .venv/bin/python manage.py migrate",
    )


def _database_version() -> str:
    if is_embedded():
        return f"sqlite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"postgresql {cursor.fetchone()[0]}"


def clock() -> Check:
    """The clock of this machine against the database's."""
    label = "Đồng hồ so với cơ sở dữ liệu"
    if is_embedded():
        return Check("clock", label, ok=True, found="cùng một máy")
    try:
        before = timezone.now()
        there = database_now()
        after = timezone.now()
    except DatabaseError:
        return Check(
            "clock", label, ok=False, found="không hỏi được cơ sở dữ liệu", optional=True,
            remedy="Sửa kết nối đến cơ sở dữ liệu trước.",
        )  # fmt: skip
    # Exact to half of the time that the question took.
    ahead = before + (after - before) / 2 - there
    seconds = ahead.total_seconds()
    return Check(
        "clock",
        label,
        abs(ahead) <= MAX_SKEW,
        f"lệch {abs(seconds):.1f} giây ({'nhanh' if seconds >= 0 else 'chậm'} hơn)",
        "Bật đồng bộ giờ trên máy này: sudo timedatectl set-ntp true.",
    )


def broker() -> Check:
    """Does it answer, is it new enough, and does it keep its messages."""
    label = "Hàng đợi"
    try:
        status = broker_status(settings.DOCGEN_HOME)
    except DocgenError as fault:
        return Check("broker", label, ok=False, found=fault.message, remedy="Sửa REDIS_URL.")
    address = status.address
    kind = "đi kèm" if address.embedded else address.public
    if not status.reachable:
        return Check(
            "broker",
            label,
            ok=False,
            found=f"{kind}, {'chưa chạy' if address.embedded else 'không trả lời'}",
            remedy="Hàng đợi đi kèm tự chạy khi có việc; nếu dùng Redis riêng thì kiểm tra REDIS_URL.",
            optional=address.embedded,
        )
    found = f"{kind}, phiên bản {status.version}"
    if int(str(status.version).partition(".")[0]) < MIN_REDIS:
        remedy = f"Cần Redis {MIN_REDIS} trở lên: nâng cấp máy chủ Redis."
        return Check("broker", label, ok=False, found=found, remedy=remedy)
    weak = _weak_settings(address)
    return Check(
        "broker",
        label,
        not weak,
        f"{found}; {', '.join(weak)}" if weak else found,
        "Đặt trong redis.conf: appendonly yes, maxmemory-policy noeviction. Việc không mất vì đã ghi trong "
        "cơ sở dữ liệu, nhưng phải chờ lượt quét.",
        optional=True,
    )


def _weak_settings(address: BrokerAddress) -> list[str]:
    """Settings of Redis that lose messages; a server that does not tell them is taken as it is."""
    client = connect(address)
    try:
        persistence, memory = client.info("persistence"), client.info("memory")
    except (RedisError, OSError):
        return []
    finally:
        client.close()
    weak = []
    if not int(persistence.get("aof_enabled", 1)):
        weak.append("không ghi nhật ký (appendonly no)")
    policy = str(memory.get("maxmemory_policy", "noeviction"))
    if policy != "noeviction":
        weak.append(f"được phép bỏ việc khi đầy bộ nhớ ({policy})")
    return weak


def workers() -> Check:
    """Who answers to a ping over the broker."""
    label = "Máy chạy việc"
    remedy = (
        "Chạy “docgen worker”, hoặc làm ngay trong lệnh bằng “docgen sweep”, “batch run --here”."
    )
    try:
        reachable = broker_status(settings.DOCGEN_HOME).reachable
        answers = app.control.ping(timeout=PING_SECONDS) if reachable else []
    except (DocgenError, OperationalError, RedisError, OSError):
        answers = []
    names = sorted(name for one in answers or [] for name in one)
    found = f"{len(names)} máy: {', '.join(names)}" if names else "không máy nào trả lời"
    return Check("workers", label, bool(names), found, remedy, optional=True)


def libreoffice() -> Check:
    """Is it installed, and which one."""
    label = "LibreOffice (tạo PDF)"
    remedy = "Tệp Word vẫn tạo được. Muốn có PDF thì cài gói libreoffice-writer."
    program = find_soffice()
    if program is None:
        return Check("libreoffice", label, False, "chưa cài", remedy, optional=True)  # noqa: FBT003
    try:
        told = subprocess.run(  # noqa: S603 - fixed command
            [str(program), "--version"], capture_output=True, text=True, check=False, timeout=30
        ).stdout.split()
    except (OSError, subprocess.TimeoutExpired):
        told = []
    version = f", phiên bản {told[1]}" if len(told) > 1 else ""
    return Check("libreoffice", label, True, f"{program}{version}", remedy, optional=True)  # noqa: FBT003
