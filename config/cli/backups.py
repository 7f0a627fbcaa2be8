"""`docgen backup OUT` and `docgen restore IN`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.utils import timezone

from config.backup.archive import open_archive
from config.backup.restoring import restore as restore_store
from config.backup.saving import save
from config.cli.output import FOUND, answer, json_option, note
from config.cli.store import store_verb
from config.cli.verbs import verb
from registry.models import StoredFile

MIB = 1024**2


@store_verb(
    "backup", help="Sao lưu cả kho (dữ liệu, tệp, khóa) vào một tệp, trong khi kho vẫn dùng."
)
@click.argument(
    "out", metavar="TỆP.tar", type=click.Path(path_type=Path), help="Tệp hoặc thư mục ghi ra."
)
@json_option
def backup(out: Path, *, as_json: bool) -> int:
    """Write the archive; exit 1 when the store itself lacks files."""
    target = out / f"docgen-{timezone.localtime():%Y%m%d-%H%M%S}.tar" if out.is_dir() else out
    with _bar(StoredFile.objects.count(), "Đang sao lưu") as tick:
        saved = save(target, tick=tick)
    told = saved.as_json()
    text = (
        f"Đã sao lưu {told['rows']} dòng của {told['tables']} bảng và {told['files']} tệp vào {target} "
        f"({saved.path.stat().st_size / MIB:.1f} MiB).\nDấu niêm: {saved.seal}"
    )
    for lost in saved.manifest.missing:
        text += f"\n  Thiếu tệp: {lost['reason']}"
    answer(told, as_json=as_json, text=text)
    return FOUND if saved.manifest.missing else 0


@verb("restore", help="Phục hồi kho từ bản sao lưu, sau khi kiểm tra toàn bộ bản đó.")
@click.argument(
    "source",
    metavar="TỆP.tar",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Bản sao lưu.",
)
@click.option("--overwrite", is_flag=True, help="Thay kho đang có dữ liệu.")
@click.option("--check", "check_only", is_flag=True, help="Chỉ kiểm tra bản sao lưu.")
@json_option
def restore(source: Path, *, overwrite: bool, check_only: bool, as_json: bool) -> int:
    """Bring the store back; exit 1 when something is for a person to look at."""
    if check_only:
        manifest = open_archive(source).manifest
        answer(
            {"file": str(source), "made_at": manifest.made_at, "files": manifest.files},
            as_json=as_json,
            text=f"Bản sao lưu nguyên vẹn, tạo lúc {manifest.made_at}, {manifest.files} tệp.",
        )
        return 0
    restored = restore_store(source, overwrite=overwrite)
    for warning in restored.warnings:
        note(warning)
    text = (
        f"Đã phục hồi {restored.rows} dòng và {restored.files} tệp của kho lúc {restored.made_at}."
    )
    if restored.freed:
        text += f" {restored.freed} việc đang làm dở lúc đó chờ làm lại."
    if restored.set_aside:
        text += f"\nCơ sở dữ liệu cũ để ở {restored.set_aside}"
    answer(restored.as_json(), as_json=as_json, text=text)
    return FOUND if restored.warnings else 0


@contextmanager
def _bar(length: int, label: str) -> Iterator[Callable[[int], None]]:
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield bar.update


VERBS = (backup, restore)
