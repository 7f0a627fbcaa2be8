"""`docgen backup`: one moment of the store, taken while workers and desk go on.

The rows come from one read transaction: a WAL snapshot on SQLite, REPEATABLE READ on PostgreSQL. Nobody waits for it.
Files lie under their hash, are there before their row and never change, so those of the snapshot are read afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.backup.archive import Manifest, Table, Writer
from config.backup.tables import columns, dump_rows, stored_models
from core.errors import Outage
from registry.files import read
from registry.models import StoredFile

ALIAS = "snapshot"
#: What a store lost of its files is told, and does not stop a backup of the rest.
LOST = ("file_missing", "file_damaged")

Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds."""

    path: Path
    manifest: Manifest
    seal: str

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {
            "file": str(self.path),
            "made_at": self.manifest.made_at,
            "seal": self.seal,
            "bytes": self.path.stat().st_size,
            "tables": len(self.manifest.tables),
            "rows": sum(table.rows for table in self.manifest.tables),
            "files": self.manifest.files,
            "missing": list(self.manifest.missing),
        }


def save(target: Path, *, tick: Tick = lambda _: None) -> Saved:
    """Write the whole store into ``target``; ``tick`` hears how many more files were written.

    Raises Outage when database or disk fail; then ``target`` is as it was.
    """
    now = timezone.now()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _cleaned(Writer(target, mtime=int(now.timestamp()))) as writer:
        with snapshot():
            tables = tuple(_tables(writer))
            migrations = tuple(sorted(MigrationRecorder(connections[ALIAS]).applied_migrations()))
            files = _file_rows()
        key = Path(settings.DOCGEN_HOME) / "secret_key"
        if key.is_file():
            writer.secret_key(key.read_text(encoding="utf-8").strip())
        kept = _files(writer, files, tick)
        manifest = Manifest(
            docgen=version("docgen-desk"),
            made_at=now.isoformat(timespec="seconds"),
            vendor=connection.vendor,
            migrations=migrations,
            settings=setting_facts(),
            tables=tables,
            files=kept.count,
            file_bytes=kept.size,
            missing=tuple(kept.missing),
        )
        seal = writer.finish(manifest)
    return Saved(target, manifest, seal)


def setting_facts() -> dict[str, str]:
    """Settings under which rows were made and that a restored store should share."""
    return {
        "DOCGEN_SERIES_POLICY": settings.NUMBER_SERIES_POLICY,
        "DOCGEN_PACKING": settings.DOCX_PACKING,
    }


@contextmanager
def snapshot() -> Iterator[None]:
    """A connection of its own under ``ALIAS`` that sees one moment of the database and locks nobody out."""
    own = connection.copy(ALIAS)
    if own.vendor == "sqlite":
        # IMMEDIATE would stop every writer until the end.
        own.settings_dict["OPTIONS"] = own.settings_dict["OPTIONS"] | {
            "transaction_mode": "DEFERRED"
        }
    connections[ALIAS] = own
    try:
        with transaction.atomic(using=ALIAS):
            if own.vendor == "postgresql":
                with own.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        own.close()
        del connections[ALIAS]


@contextmanager
def _cleaned(writer: Writer) -> Iterator[Writer]:
    try:
        yield writer
    except BaseException:
        writer.give_up()
        raise


def _tables(writer: Writer) -> Iterator[Table]:
    for model in stored_models(apps):
        names = columns(model)
        yield writer.table(model._meta.db_table, names, dump_rows(model, names, using=ALIAS))


def _file_rows() -> list[StoredFile]:
    """Every stored file: its hash, its name, and where its bytes lie, alone or in a pack."""
    rows = StoredFile.objects.using(ALIAS).order_by("pk")
    return list(rows.only("sha256", "name", "size", "pack", "start"))


@dataclass(slots=True)
class _Kept:
    """What became of the stored files."""

    count: int = 0
    size: int = 0
    missing: list[dict[str, str]] = field(default_factory=list)


def _files(writer: Writer, rows: list[StoredFile], tick: Tick) -> _Kept:
    """Every stored file, proved by its hash on the way. Raises Outage when the disk fails."""
    kept = _Kept()
    for stored in rows:
        sha256, name = stored.sha256, stored.name
        try:
            data = read(stored)
        except Outage as fault:
            if fault.code not in LOST:
                raise
            kept.missing.append({"sha256": sha256, "name": name, "reason": fault.message})
        else:
            writer.file(sha256, data)
            kept.count += 1
            kept.size += len(data)
        tick(1)
    return kept
