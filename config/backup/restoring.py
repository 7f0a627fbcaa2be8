"""`docgen restore`: an archive becomes the store, whole or not at all.

SQLite: a new database file beside the old one, which takes its place at the end. PostgreSQL: one transaction from the
first DROP to the last file. Tables are made by the migrations that the archive names, so triggers and constraints are
there before the first row; rows are loaded as they were, counted and hashed again, and brought to today's tables.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from config.backup.archive import Archive, open_archive, sync_folder
from config.backup.saving import Tick, setting_facts
from config.backup.tables import digest_of, load_rows, reset_sequences, stored_models
from core.errors import Conflict, Outage, UserError
from docgen.models.jobs import JobRow, JobState
from registry.files import NewFile, store_many
from registry.models import StoredFile

#: Filled by every migration; they say nothing about a store.
_ALWAYS_FILLED = ("django_content_type", "auth_permission")
_FILES_AT_A_TIME = 50
#: SQLSTATE of a lock that did not come in time (PostgreSQL, appendix A).
LOCK_NOT_AVAILABLE = "55P03"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back; ``warnings`` are for a person to look at."""

    rows: int
    files: int
    made_at: str
    freed: int
    set_aside: str
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {
            "rows": self.rows,
            "files": self.files,
            "made_at": self.made_at,
            "freed": self.freed,
            "set_aside": self.set_aside or None,
            "warnings": list(self.warnings),
        }


def restore(source: Path, *, overwrite: bool, tick: Tick = lambda _: None) -> Restored:
    """Make the store what it was. Everything is proved before anything is touched.

    Raises UserError for a half, altered or newer archive, Conflict for a store that is not empty (unless
    ``overwrite``) or in use, Outage when database or disk fail; then the store is as it was.
    """
    archive = open_archive(source)
    _check_version(archive)
    if not overwrite and store_holds_something():
        raise Conflict(
            f"Kho ở {settings.DOCGEN_HOME} đã có dữ liệu nên không phục hồi đè lên. Chọn kho khác "
            "(DOCGEN_HOME, DATABASE_URL), hoặc thêm --overwrite nếu thật sự muốn thay kho này.",
            code="store_not_empty",
        )
    work = _in_new_file if connection.vendor == "sqlite" else _in_one_transaction
    with work() as place:
        _load(archive)
        _store_files(archive, tick)
        reset_sequences(stored_models(apps), using=DEFAULT_DB_ALIAS)
        freed = free_claims()
        warnings = _warnings(archive)
    _restore_key(archive)
    return Restored(
        rows=sum(table.rows for table in archive.manifest.tables),
        files=archive.manifest.files,
        made_at=archive.manifest.made_at,
        freed=freed,
        set_aside=place.set_aside,
        warnings=warnings,
    )


def store_holds_something() -> bool:
    """Whether any table of ours has a row; nothing is made to find out. Raises OperationalError."""
    path = _sqlite_path()
    if path is not None and not path.is_file():
        return False
    with connection.cursor() as cursor:
        standing = set(connection.introspection.table_names(cursor))
        for model in stored_models(apps):
            table = model._meta.db_table
            if table in standing and table not in _ALWAYS_FILLED:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    return True
    return False


def free_claims() -> int:
    """Work that was being done when the backup was made is held by nobody here: it waits again."""
    freed = 0
    for model in apps.get_models():
        if issubclass(model, JobRow):
            freed += model._default_manager.filter(state=JobState.RUNNING).update(
                state=JobState.WAITING, attempt=0, lease_until=None, claimed_by=""
            )
    return freed


@dataclass
class _Place:
    """Where the earlier database went."""

    set_aside: str = ""


def _check_version(archive: Archive) -> None:
    """Every step that made the archive's tables must be known here."""
    known = MigrationExecutor(None).loader.disk_migrations
    unknown = [
        f"{app}.{name}" for app, name in archive.manifest.migrations if (app, name) not in known
    ]
    if unknown:
        raise UserError(
            f"Bản sao lưu này do docgen {archive.manifest.docgen} tạo, mới hơn docgen {version('docgen-desk')} "
            "đang dùng. Nâng cấp docgen rồi phục hồi lại.",
            code="newer_backup",
            facts={"unknown": unknown},
        )


def _load(archive: Archive) -> None:
    """Tables as the archive knew them, its rows, the proof that they are the same, then today's tables."""
    executor = MigrationExecutor(connection)
    wanted = set(archive.manifest.migrations)
    graph = executor.loader.graph
    targets = [
        key for key in wanted if all(c.key not in wanted for c in graph.node_map[key].children)
    ]
    state = executor.migrate(targets)
    models = {model._meta.db_table: model for model in stored_models(state.apps)}
    # The migrations leave some constraints immediate until the end of the transaction.
    _check_links(when="DEFERRED")
    with transaction.atomic():
        for table, lines in archive.lines():
            load_rows(models[table.name], table, lines)
        for table in archive.manifest.tables:
            found = digest_of(models[table.name], table.columns, using=DEFAULT_DB_ALIAS)
            if (found.rows, found.hex()) != (table.rows, table.digest):
                raise Outage(
                    f"Bảng {table.name} sau khi phục hồi khác bản sao lưu; kho chưa bị thay đổi gì. "
                    "Báo người quản trị kèm thông báo này.",
                    retryable=False,
                    code="restore_differs",
                    facts={"table": table.name, "rows": found.rows, "expected": table.rows},
                )
    # Now, or no table could be altered while checks are pending.
    _check_links(when="IMMEDIATE")
    call_command("migrate", interactive=False, verbosity=0)


def _check_links(*, when: str) -> None:
    """On PostgreSQL links between tables are checked at once, or at the end; SQLite does it at the end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {when}")


def _store_files(archive: Archive, tick: Tick) -> None:
    """Bytes to their place, some at a time; their rows are there already."""
    files = archive.files()
    while chunk := list(islice(files, _FILES_AT_A_TIME)):
        rows = StoredFile.objects.in_bulk([sha256 for sha256, _ in chunk], field_name="sha256")
        store_many(
            NewFile(data, rows[sha256].media_type, rows[sha256].name) for sha256, data in chunk
        )
        tick(len(chunk))


def _restore_key(archive: Archive) -> None:
    """The store's key, unless the environment gives one."""
    key = archive.secret_key()
    if not key or os.environ.get("DOCGEN_SECRET_KEY") or os.environ.get("DOCGEN_SECRET_KEY_FILE"):
        return
    path = Path(settings.DOCGEN_HOME) / "secret_key"
    part = path.with_name(".secret_key.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(key)
    part.replace(path)


def _warnings(archive: Archive) -> tuple[str, ...]:
    here = setting_facts()
    told = [
        f"{name} của bản sao lưu là “{value}”, ở đây là “{here[name]}”."
        for name, value in archive.manifest.settings.items()
        if here.get(name, value) != value
    ]
    if count := len(archive.manifest.missing):
        told.append(f"{count} tệp đã thiếu từ khi sao lưu: {archive.manifest.missing[0]['name']}…")
    return tuple(told)


def _sqlite_path() -> Path | None:
    return Path(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None


@contextmanager
def _in_new_file() -> Iterator[_Place]:
    """Work on a new SQLite file; at the end it takes the place of the old one, which is set aside."""
    path = _sqlite_path()
    assert path is not None  # noqa: S101 - only called on SQLite
    path.parent.mkdir(parents=True, exist_ok=True)
    place, part = _Place(), path.with_name(f".{path.name}.part")
    connection.close()  # ours too would be somebody who uses it
    if path.exists():
        _require_nobody(path)
    _remove_database(part)
    connection.settings_dict["NAME"] = str(part)
    try:
        yield place
        connection.close()
        _close_database(part)
        if path.exists():
            _require_nobody(path)
            aside = path.with_name(f"{path.name}.truoc-{timezone.now():%Y%m%d-%H%M%S}")
            path.replace(aside)
            place.set_aside = str(aside)
        part.replace(path)
        sync_folder(path.parent)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(path)
        _remove_database(part)


def _close_database(path: Path) -> None:
    """All in one file, on the disk."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode=DELETE")
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


def _require_nobody(path: Path) -> None:
    """What another process writes into a file set aside would be lost. Raises Conflict."""
    try:
        with closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as database:
            # In WAL mode only a lone connection gets this.
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("COMMIT")
            database.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as fault:
        if "locked" not in str(fault):
            return  # damaged: that is why it is replaced
        raise _in_use() from fault


def _in_use() -> Conflict:
    return Conflict(
        "Có tiến trình đang dùng kho này. Dừng máy chạy việc và trang làm việc rồi phục hồi lại.",
        code="store_in_use",
    )


def _remove_database(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


@contextmanager
def _in_one_transaction() -> Iterator[_Place]:
    """Old tables away, new ones in, all of it seen by others at the end or never."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # A worker in mid-work ends within this time, or the restore says that the store is in use.
            cursor.execute("SET LOCAL lock_timeout = '15s'")
            try:
                _drop_tables(cursor.execute, cursor.fetchall)
            except OperationalError as fault:
                if getattr(fault.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                    raise
                raise _in_use() from fault
        yield _Place()


def _drop_tables(execute: Callable[..., object], fetchall: Callable[[], list[tuple[str]]]) -> None:
    """Our tables and the functions of their triggers."""
    standing = {*connection.introspection.table_names(), "django_migrations"}
    names = [model._meta.db_table for model in stored_models(apps)] + ["django_migrations"]
    ours = [name for name in names if name in standing]
    execute(
        "SELECT DISTINCT p.oid::regprocedure::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal "
        "AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY(%s)",
        [ours],
    )
    functions = [name for (name,) in fetchall()]
    for name in ours:
        execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")
    for name in functions:
        execute(f"DROP FUNCTION IF EXISTS {name}")
