"""Files lie under their hash, once, and are proved when read."""

from __future__ import annotations

import hashlib
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import Outage
from registry.files import NewFile, key_of, missing, orphans, path_of, read, store, store_many
from registry.models import StoredFile
from registry.stores import byte_store

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir")]


def keep(data: bytes, name: str = "Kế hoạch 70.docx") -> StoredFile:
    return store(data, media_type=DOCX, name=name)


def test_bytes_come_back(files_dir: Path) -> None:
    stored = keep(b"noi dung")
    sha256 = hashlib.sha256(b"noi dung").hexdigest()
    assert read(stored) == b"noi dung"
    assert (stored.sha256, stored.size, stored.media_type) == (sha256, 8, DOCX)
    assert (files_dir / sha256[:2] / sha256[2:4] / sha256).read_bytes() == b"noi dung"


def test_same_bytes_are_one_row() -> None:
    assert keep(b"x", "a.docx").pk == keep(b"x", "b.docx").pk
    assert StoredFile.objects.get().name == "a.docx"


def test_empty_file() -> None:
    assert read(keep(b"")) == b""


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Văn thư\Kế hoạch.docx", "Kế hoạch.docx"),
        ("", "tệp"),
        ("thư mục/", "tệp"),
        ("đ" * 300, "đ" * 255),
    ],
)
def test_user_name_is_never_a_path(files_dir: Path, given: str, kept: str) -> None:
    stored = keep(given.encode() + b"!", given)
    assert stored.name == kept
    names = [path.name for path in files_dir.rglob("*") if path.is_file()]
    assert names == [stored.sha256]


def test_many_in_their_order_over_several_chunks() -> None:
    wanted = [str(place % 120).encode() for place in range(130)]
    rows = store_many(NewFile(data, "text/plain", "số.txt") for data in wanted)
    assert [read(row) for row in rows] == wanted
    assert StoredFile.objects.count() == 120


def test_missing_file_is_an_outage() -> None:
    stored = keep(b"mat")
    assert missing() == []
    path_of(stored.sha256).unlink()
    with pytest.raises(Outage, match=r"Không thấy tệp «Kế hoạch 70\.docx»") as caught:
        read(stored)
    assert not caught.value.retryable
    assert missing() == [stored]


def test_damaged_file_is_an_outage_and_healed_by_storing_again() -> None:
    stored = keep(b"tot")
    path_of(stored.sha256).write_bytes(b"xau")
    with pytest.raises(Outage, match="bị hỏng"):
        read(stored)
    assert keep(b"tot").pk == stored.pk
    assert read(stored) == b"tot"


def test_disk_that_refuses_is_an_outage(files_dir: Path) -> None:
    files_dir.write_bytes(b"a file where the folder should be")
    with pytest.raises(Outage, match="Không ghi được tệp"):
        keep(b"x")
    assert not StoredFile.objects.exists()


def test_orphans_are_old_files_without_a_row(files_dir: Path) -> None:
    stored = keep(b"co dong")
    lost = keep(b"khong dong")
    lost.delete()
    lost_path = path_of(lost.sha256)
    temporary = lost_path.with_name(".tmp-dead")
    temporary.write_bytes(b"half")
    assert orphans() == []
    old = time.time() - 90_000
    for path in (lost_path, temporary, path_of(stored.sha256)):
        os.utime(path, (old, old))
    assert orphans() == sorted([lost_path, temporary])
    keep(b"khong dong")
    assert orphans(older_than=timedelta(hours=1)) == [temporary]


def test_a_chunk_is_one_object_and_each_file_comes_out_of_it(files_dir: Path) -> None:
    rows = store_many(NewFile(data, "text/plain", "x") for data in (b"mot", b"", b"ba ba", b"mot"))
    assert [read(row) for row in rows] == [b"mot", b"", b"ba ba", b"mot"]
    assert [path for path in files_dir.rglob("*") if path.is_file()] == [
        files_dir / key_of(rows[0])
    ]
    assert {row.pack for row in rows} == {rows[0].pack}
    assert missing() == []
    again = store_many([NewFile(b"ba ba", "text/plain", "y"), NewFile(b"moi", "text/plain", "z")])
    assert again[0] == rows[2]
    assert again[1].pack == ""


def test_a_damaged_pack_is_healed_by_storing_again(files_dir: Path) -> None:
    rows = store_many(NewFile(data, "text/plain", "x") for data in (b"mot", b"hai", b"ba"))
    pack = files_dir / key_of(rows[0])
    pack.write_bytes(pack.read_bytes()[:4])
    assert len(missing()) == 2
    healed = store_many(NewFile(data, "text/plain", "x") for data in (b"mot", b"hai", b"ba"))
    assert [row.pk for row in healed] == [row.pk for row in rows]
    assert [read(row) for row in healed] == [b"mot", b"hai", b"ba"]
    assert missing() == []


def test_an_old_pack_without_a_row_is_an_orphan_and_one_with_a_row_is_none() -> None:
    rows = store_many(NewFile(data, "text/plain", "x") for data in (b"mot", b"hai"))
    place = files_dir_of(rows[0])
    os.utime(place, (1, 1))
    assert orphans() == []
    rows[0].delete()
    assert orphans() == []
    rows[1].delete()
    assert orphans() == [place]


def files_dir_of(stored: StoredFile) -> Path:
    return byte_store().place(key_of(stored))


def test_a_lost_file_is_made_again_only_if_it_is_the_same() -> None:
    stored = keep(b"ban goc")
    path_of(stored.sha256).unlink()
    for made in (None, b"ban khac"):
        with pytest.raises(Outage, match="Không thấy tệp"):
            read(stored, remake=lambda _, made=made: made)
    assert read(stored, remake=lambda _: b"ban goc") == b"ban goc"
    assert path_of(stored.sha256).read_bytes() == b"ban goc"
    rows = store_many(NewFile(data, "text/plain", "x") for data in (b"mot", b"hai"))
    files_dir_of(rows[0]).unlink()
    assert read(rows[1], remake=lambda _: b"hai") == b"hai"
    assert (rows[1].pack, read(StoredFile.objects.get(pk=rows[1].pk))) == ("", b"hai")


def test_only_hashes_have_a_path() -> None:
    for bad in ("", "../" * 20, "A" * 64, "0" * 63):
        with pytest.raises(ValueError, match="SHA-256"):
            path_of(bad)
