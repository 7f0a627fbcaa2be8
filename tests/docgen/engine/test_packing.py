"""The zip: readable by all, the same bytes every time, unchanged members as the author's file has them."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib

import pytest

from docgen.engine import Packing, compile_template
from docgen.engine.packing import Archive, archive_of, codec_of, entry, packed_members
from tests.docgen.engine import corpus, make

ALL = [
    Packing("zlib", 6),
    Packing("zlib", 1),
    Packing("zlib-ng", 7),
    Packing("zlib-ng", 1),
    Packing("isal", 1),
]


def raw_members(data: bytes) -> dict[str, tuple[int, int, int]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            info.filename: (info.CRC, info.compress_size, info.file_size)
            for info in archive.infolist()
        }


@pytest.mark.parametrize("packing", ALL, ids=str)
def test_any_reader_opens_it(packing: Packing) -> None:
    data = make.template("{{ a }}", "x" * 70_000, build=make.table(["{{ a }}", "ế" * 40_000]))
    compiled = compile_template(data, packing=packing)
    result = compiled.render({"a": "A&B"}).docx
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        assert archive.testzip() is None
        infos = archive.infolist()
    assert make.paragraphs(result)[0] == "A&B"
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert result == compile_template(data, packing=packing).render({"a": "A&B"}).docx


def test_unchanged_members_are_never_larger_than_in_the_template() -> None:
    data = make.with_members(make.template("{{ a }}"), {"word/media/x.png": bytes(range(256))})
    data = compile_template(data).render({"a": "{{ a }}"}).docx
    result = compile_template(data).render({"a": 1}).docx
    before, after = raw_members(data), raw_members(result)
    changed = {name for name, facts in after.items() if facts != before[name]}
    assert changed == {"word/document.xml"}


def test_long_parts_are_packed_harder() -> None:
    rows = [{"ten": f"Người {number * 7919}", "tuoi": number} for number in range(900)]
    data = corpus.template(corpus.CASES["rows"])
    sizes = {
        packing: len(compile_template(data, packing=packing).render({"ds": rows}).docx)
        for packing in (Packing("zlib-ng", 5), Packing("zlib", 6))
    }
    assert sizes[Packing("zlib-ng", 5)] < sizes[Packing("zlib", 6)] * 1.05


def test_stored_members_and_names_that_are_not_ascii() -> None:
    data = make.with_members(make.template("{{ a }}"), {"word/media/ảnh.xml": b"<x/>" * 100})
    result = compile_template(data).render({"a": 1}).docx
    found = make.members(result)
    assert found["word/media/ảnh.xml"] == b"<x/>" * 100
    assert raw_members(result)["word/media/ảnh.xml"][1] < 100


def test_members_with_data_descriptors_and_extra_fields() -> None:
    class Unseekable(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece: object) -> int:
            self.data += piece  # type: ignore[operator]
            return len(piece)  # type: ignore[arg-type]

    out = Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, data in make.members(make.template("{{ a }}")).items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.extra = b"\xff\xff\x04\x00abcd"
            archive.writestr(info, data)
    result = compile_template(bytes(out.data)).render({"a": "x"}).docx
    assert make.paragraphs(result) == ["x"]
    assert all(data is not None for data in make.members(result).values())


def test_a_hole_left_alone_keeps_its_member() -> None:
    members = {"a.xml": entry(b"mot", Packing()), "b.xml": entry(b"hai" * 50, Packing())}
    archive: Archive = archive_of(members, ["a.xml", "b.xml"], Packing())
    assert make.members(archive.write({})) == {"a.xml": b"mot", "b.xml": b"hai" * 50}
    assert make.members(archive.write({"b.xml": b""})) == {"a.xml": b"mot", "b.xml": b""}
    assert packed_members(archive.write({})) == members


def test_without_its_wheel_zlib_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("zlib_ng", "zlib_ng.zlib_ng", "isal", "isal.isal_zlib"):
        monkeypatch.setitem(sys.modules, name, None)
    codec_of.cache_clear()
    try:
        for packing in (Packing("zlib-ng", 9), Packing("isal", 3)):
            deflate, crc32 = codec_of(packing)
            assert deflate(b"abc" * 99) == zlib.compress(b"abc" * 99, 6, wbits=-15)
            assert crc32(b"abc") == zlib.crc32(b"abc")
    finally:
        codec_of.cache_clear()


def test_a_packing_as_written_in_the_settings() -> None:
    assert Packing.parse("zlib:9") == Packing("zlib", 9)
    for wrong in ("gzip:6", "isal:4", "zlib:10", "zlib", "zlib:x"):
        with pytest.raises(ValueError, match=r"packing|int"):
            Packing.parse(wrong)
