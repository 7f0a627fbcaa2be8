"""A backup that is half, altered or of another program is refused, wherever the fault lies."""

from __future__ import annotations

import hashlib
import io
import json
import random
import tarfile
from pathlib import Path

import pytest

from config.backup.archive import Digest, Manifest, Writer, open_archive
from core.errors import UserError

ROWS = [b'[1,"C\xc3\xb4ng ty TNHH A&B <X>"]', b'[2,"H\'M\xc3\xb4ng"]', b"[3,null]"]
FILES = [b"PK\x03\x04 " + bytes(range(256)) * 8, b"", b"%PDF-1.7"]


def write(path: Path) -> str:
    writer = Writer(path, mtime=1_700_000_000)
    table = writer.table("records_person", ("id", "full_name"), ROWS)
    writer.secret_key("khóa")
    for data in FILES:
        writer.file(hashlib.sha256(data).hexdigest(), data)
    return writer.finish(
        Manifest(
            docgen="0.1.0", made_at="2026-11-28T08:00:00+00:00", vendor="sqlite",
            migrations=(("records", "0001_initial"),), settings={"DOCGEN_PACKING": "zlib:6"},
            tables=(table,), files=len(FILES), file_bytes=sum(map(len, FILES)), missing=(),
        )
    )  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "sao lưu.tar"
    write(path)
    return path


def refused(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(UserError) as told:
        open_archive(path)
    assert told.value.code == "bad_backup"
    assert "kho chưa bị thay đổi gì" in told.value.message
    return told.value.message


def test_what_was_written_is_read_again(archive: Path) -> None:
    found = open_archive(archive)
    assert [(t.name, t.columns, list(lines)) for t, lines in found.lines()] == [
        ("records_person", ("id", "full_name"), ROWS)
    ]
    assert [data for _, data in found.files()] == FILES
    assert found.secret_key() == "khóa"
    assert found.manifest.migrations == (("records", "0001_initial"),)
    # Only its owner may read it: it holds the key and the records of people.
    assert archive.stat().st_mode & 0o777 == 0o600


def test_the_same_content_is_the_same_archive(archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.tar"
    write(again)
    assert again.read_bytes() == archive.read_bytes()


def test_any_tar_program_reads_it(archive: Path) -> None:
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert names[:2] == ["database/records_person.jsonl.gz", "secret_key"]
    assert names[-1].startswith("manifest-")


def test_a_half_archive_is_refused_wherever_it_was_cut(archive: Path) -> None:
    whole = archive.read_bytes()
    with tarfile.open(archive) as tar:
        last = tar.getmembers()[-1]
    # What follows the manifest is padding.
    ends = [0, 1, 511, 512, last.offset, last.offset_data, last.offset_data + last.size - 1]
    ends += random.Random(5).sample(range(last.offset_data), 20)
    for end in ends:
        refused(archive, whole[:end])


def test_any_altered_byte_is_refused(archive: Path) -> None:
    whole = archive.read_bytes()
    with tarfile.open(archive) as tar:
        last = tar.getmembers()[-1]
    end = last.offset_data + last.size
    places = [*random.Random(7).sample(range(last.offset), 200), *range(last.offset_data, end, 37)]
    for place in places:
        refused(archive, whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])


def test_a_file_in_place_of_another_is_refused_though_the_hashes_were_made_anew(
    archive: Path, tmp_path: Path
) -> None:
    """Whoever repairs the outer hash has still to reckon with the inner ones."""
    evil = tmp_path / "evil.tar"
    writer = Writer(evil, mtime=1)
    table = writer.table("records_person", ("id", "full_name"), ROWS)
    writer.file(hashlib.sha256(FILES[0]).hexdigest(), FILES[0] + b"x")
    manifest = open_archive(archive).manifest
    facts = {**{name: getattr(manifest, name) for name in manifest.__slots__}, "files": 1}
    writer.finish(Manifest(**{**facts, "tables": (table,)}))
    assert "sai mã băm" in refused(evil, evil.read_bytes())


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "khác.tar"
    assert "không phải bản sao lưu" in refused(path, b"PK\x03\x04" + b"\x00" * 600)
    other = io.BytesIO()
    with tarfile.open(fileobj=other, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("a"), io.BytesIO())
    assert "thiếu phần cuối" in refused(path, other.getvalue())


def test_another_format_is_refused(tmp_path: Path) -> None:
    text = json.dumps({"format": 2}).encode()
    path, made = tmp_path / "mới.tar", io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        member = tarfile.TarInfo(f"manifest-{hashlib.sha256(text).hexdigest()}.json")
        member.size = len(text)
        tar.addfile(member, io.BytesIO(text))
    assert "phiên bản docgen khác" in refused(path, made.getvalue())


def test_a_writer_that_gives_up_leaves_nothing_and_an_older_archive_stands(archive: Path) -> None:
    before = archive.read_bytes()
    writer = Writer(archive, mtime=1)
    writer.secret_key("khóa")
    writer.give_up()
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]
    assert archive.read_bytes() == before


def test_a_digest_does_not_ask_for_an_order_but_for_every_row() -> None:
    def digest(rows: list[bytes]) -> str:
        found = Digest()
        for row in rows:
            found.add(row)
        return found.hex()

    assert digest(ROWS) == digest(ROWS[::-1])
    assert len({digest(ROWS), digest(ROWS[1:]), digest([*ROWS, ROWS[0]])}) == 3
