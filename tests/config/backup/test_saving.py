"""What of a store goes into its backup."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from config.backup import saving
from config.backup.archive import Writer
from registry.files import NewFile, key_of, store, store_many
from registry.models import StoredFile
from registry.stores import byte_store


@pytest.mark.django_db
def test_files_of_a_pack_are_saved_like_those_that_lie_alone(
    tmp_path: Path, settings: pytest.FixtureRequest
) -> None:
    settings.FILES_DIR = tmp_path / "kho"  # type: ignore[attr-defined]
    data = [f"văn bản {number}".encode() for number in range(3)]
    packed = store_many([NewFile(each, "x", "a.docx") for each in data])
    assert {row.pack for row in packed} != {""}
    alone = store(b"mau", media_type="x", name="mau.docx")
    lost = store(b"mat", media_type="x", name="mat.docx")
    byte_store().place(key_of(lost)).unlink()
    writer = Writer(tmp_path / "kho.tar", mtime=1)
    heard: list[int] = []
    kept = saving._files(writer, list(StoredFile.objects.order_by("pk")), heard.append)
    assert (kept.count, kept.size) == (4, sum(map(len, data)) + alone.size)
    assert [missing["sha256"] for missing in kept.missing] == [hashlib.sha256(b"mat").hexdigest()]
    writer.give_up()
    assert heard == [1] * 5
