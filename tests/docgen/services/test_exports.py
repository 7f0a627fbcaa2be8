"""Papers go out of the store as one ZIP: folders of the reporting units, an index, names that people can read."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from core.errors import Outage, UserError
from core.sheets import read_book
from docgen.engine.pdf_check import count_pages
from docgen.models import Batch, Document
from docgen.services.batches import issue_batch, sign_batch
from docgen.services.export_index import INDEX_NAME, PRINT_NAME, entry_name, folder_name
from docgen.services.exports import (
    Exported,
    Wishes,
    export_batch,
    export_documents,
    stream_documents,
)
from records.models import Campaign
from records.selectors.reporting import reporting_units
from registry.files import key_of, path_of, read, store
from registry.stores import byte_store
from tests.batches import made, run
from tests.sample import CLERK, PLAN, draft, issued, run_waiting

MAY_2 = date(2024, 5, 2)
MAY_16 = date(2024, 5, 16)
AUG_2025 = date(2025, 8, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(sample: Campaign) -> Batch:
    """Two decisions of two district federations, issued."""
    found = made(sample, {"decide_on": "2024-05-16", "path": "appointment"}, intended_on=MAY_16)
    run(found)
    sign_batch(found, signer=None, actor=CLERK)
    run_waiting(*issue_batch(found, on=None, actor=CLERK))
    return found


def pages(count: int, width: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(width, 842).close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def give_pdf(paper: Document, count: int, width: int = 595) -> None:
    stored = store(pages(count, width), media_type="application/pdf", name="x.pdf")
    Document.objects.filter(pk=paper.pk).update(pdf_file=stored)


def index_rows(archive: zipfile.ZipFile) -> list[dict[str, object]]:
    sheet = read_book(archive.read(INDEX_NAME))[0]
    head, *rows = sheet.rows
    names = {cell.column: str(cell.value) for cell in head.cells}
    return [{names[cell.column]: cell.value for cell in row.cells} for row in rows]


def test_a_batch_is_exported_in_a_folder_for_each_unit_with_an_index(
    batch: Batch, tmp_path: Path
) -> None:
    target = tmp_path / "đợt 1.zip"
    told = export_batch(batch, target=target)
    assert (told.documents, told.without_file, told.without_pdf) == (2, 0, 2)
    papers = {paper.code + paper.issuer.name: paper for paper in Document.objects.all()}
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == INDEX_NAME
        rows = index_rows(archive)
        assert [row["STT"] for row in rows] == [1, 2]
        assert sorted(archive.namelist()[1:]) == sorted(str(row["Tệp Word"]) for row in rows)
        for row in rows:
            paper = papers[f"{row['Số, ký hiệu']}{row['Cơ quan ban hành']}"]
            data = archive.read(str(row["Tệp Word"]))
            assert hashlib.sha256(data).hexdigest() == row["SHA-256 của tệp Word"]
            assert paper.final_file is not None
            assert data == read(paper.final_file)
            assert row["Ngày"] == MAY_16
            assert row["Loại văn bản"] == "Quyết định thành lập, công nhận công đoàn cơ sở"
            assert row["Trích yếu"] == paper.subject
            assert row["Tệp PDF"] == "(chưa có PDF)"
            folder, name = str(row["Tệp Word"]).split("/")
            assert folder == folder_name(str(row["Đơn vị"]))
            assert name.isascii()
            assert f"_{paper.code.split('/')[0]}-QD-LDLD_2024-05-16_" in name
    again = tmp_path / "lại.zip"
    export_batch(batch, target=again)
    assert again.read_bytes() == target.read_bytes()
    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == sorted(
        [target.name, again.name]
    )


def test_drafts_are_exported_too_and_made_if_they_have_to_be(
    sample: Campaign, tmp_path: Path
) -> None:
    draft(*PLAN, on=MAY_2)
    told = export_documents(Document.objects.all(), target=tmp_path / "a.zip")
    assert told.without_file == 0
    # The draft of a batch has no file until somebody asks for it.
    Document.objects.update(draft_file=None)
    told = export_documents(Document.objects.all(), target=tmp_path / "a.zip")
    assert (told.documents, told.without_file) == (1, 0)
    assert Document.objects.get().draft_file is not None


def test_a_draft_that_cannot_be_made_is_named(
    sample: Campaign, tmp_path: Path, settings: pytest.FixtureRequest
) -> None:
    paper = draft(*PLAN, on=MAY_2)
    Document.objects.update(draft_file=None)
    settings.TEMPLATES_DOCX_DIR = tmp_path  # type: ignore[attr-defined]
    path_of(paper.template_file.sha256).unlink()
    told = export_documents(Document.objects.all(), target=tmp_path / "a.zip")
    assert (told.documents, told.without_file) == (1, 1)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == [INDEX_NAME]
        assert index_rows(archive)[0]["Tệp Word"] == "(chưa có tệp)"


@pytest.mark.parametrize(("duplex", "expected"), [(False, 5), (True, 6)])
def test_one_pdf_for_printing_a_unit_in_the_order_of_numbers(
    sample: Campaign, tmp_path: Path, duplex: bool, expected: int
) -> None:
    batch = made(sample)  # four cases of one district
    run(batch)
    papers = list(Document.objects.order_by("batch_items__position"))
    # The width tells the pages apart.
    for paper, (count, width) in zip(papers, ((1, 500), (2, 510), (1, 520), (1, 530)), strict=True):
        give_pdf(paper, count, width)
    Document.objects.filter(pk=papers[3].pk).update(pdf_file=None)
    give_pdf(papers[2], 2, 520)
    told = export_batch(batch, target=tmp_path / "a.zip", wishes=Wishes(True, duplex))
    assert told.without_pdf == 1
    folder = "Lien-doan-Lao-dong-huyen-Tam-Duong"
    assert told.units == {folder: 4}
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        merged = archive.read(f"{folder}/{PRINT_NAME}")
        assert sum(name.endswith(".pdf") for name in archive.namelist()) == 4
    document = pypdfium2.PdfDocument(merged)
    widths = [round(document.get_page_size(number)[0]) for number in range(len(document))]
    document.close()
    assert widths == ([500, 500, 510, 510, 520, 520] if duplex else [500, 510, 510, 520, 520])
    assert count_pages(merged) == expected


def test_the_stream_is_read_without_its_directory(batch: Batch) -> None:
    """As a browser's unpacker does: entry after entry, each with an end of its own."""
    data = b"".join(stream_documents(Document.objects.all(), wishes=Wishes(), told=Exported()))
    names = [name for name, _ in entries(data)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert names == archive.namelist()
        assert [content for _, content in entries(data)] == [archive.read(name) for name in names]


def entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while data[at : at + 4] == b"PK\x03\x04":
        method, name_length, extra = struct.unpack("<8xH16xHH", data[at : at + 30])
        name = data[at + 30 : at + 30 + name_length].decode()
        assert method == zipfile.ZIP_DEFLATED
        unpacker = zlib.decompressobj(-15)
        start = at + 30 + name_length + extra
        content = unpacker.decompress(data[start:])
        assert unpacker.eof
        at = len(data) - len(unpacker.unused_data)
        assert data[at : at + 4] == b"PK\x07\x08"
        at += 16
        yield name, content


def test_a_paper_that_is_lost_is_made_again_for_the_export(batch: Batch, tmp_path: Path) -> None:
    paper = Document.objects.first()
    assert paper is not None
    assert paper.final_file is not None
    place = byte_store().place(key_of(paper.final_file))
    place.unlink()
    told = export_batch(batch, target=tmp_path / "a.zip")
    assert told.documents == 2
    assert read(paper.final_file)


def test_a_paper_that_cannot_be_made_again_leaves_no_half_zip(batch: Batch, tmp_path: Path) -> None:
    paper = Document.objects.first()
    assert paper is not None
    stored = store(b"khong ai lam lai duoc", media_type="application/pdf", name="x.pdf")
    Document.objects.filter(pk=paper.pk).update(pdf_file=stored)
    byte_store().place(key_of(stored)).unlink()
    with pytest.raises(Outage, match="Không thấy tệp"):
        export_batch(batch, target=tmp_path / "a.zip")
    assert list(tmp_path.glob("*zip*")) == []


def test_a_folder_that_is_not_there_is_said(batch: Batch, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Không ghi được tệp") as caught:
        export_batch(batch, target=tmp_path / "khong-co" / "dot.zip")
    assert caught.value.code == "unwritable"


def test_units_of_the_day_districts_then_unions_directly_under_the_province(
    sample: Campaign,
) -> None:
    records = ["case:hs24-001", "campaign:ptdv-2024", "visit:khong-co"]
    before = reporting_units(records, as_of=MAY_16)
    assert set(before) == {"case:hs24-001"}
    assert before["case:hs24-001"].name.startswith("Liên đoàn Lao động ")
    after = reporting_units(records, as_of=AUG_2025)
    assert after["case:hs24-001"].name.startswith("Công đoàn cơ sở ")


def test_a_visit_belongs_to_the_unit_that_is_visited(sample: Campaign) -> None:
    visit = sample.visits.order_by("code").first()
    assert visit is not None
    found = reporting_units([f"visit:{visit.code}"], as_of=MAY_16)
    assert found[f"visit:{visit.code}"].name == visit.org.name


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Liên đoàn Lao động huyện Tam Đường", "Lien-doan-Lao-dong-huyen-Tam-Duong"),
        ("../../etc", "etc"),
        ("<>", "khac"),
        ("CON", "CON-"),
    ],
)
def test_folders_have_plain_names(name: str, folder: str) -> None:
    assert folder_name(name) == folder


def test_long_names_are_cut_and_still_told_apart() -> None:
    long = "Công đoàn cơ sở Công ty trách nhiệm hữu hạn một thành viên Xây dựng và Thương mại "
    one, other = folder_name(long + "Một"), folder_name(long + "Hai")
    assert one != other
    assert len(one) <= 60
    assert len(other) <= 60


def test_names_of_papers_are_safe_and_short(sample: Campaign) -> None:
    paper = issued(*PLAN, on=MAY_2)
    assert entry_name(7, paper).startswith("00007_01-KH-LDLD_2024-05-02_")
    paper.subject = '../..\\aux:*?"<>|\n' + "Đắk Lắk " * 60
    name = entry_name(12345, paper)
    assert name.startswith("12345_01-KH-LDLD_2024-05-02_aux-Dak-Lak")
    assert len(name) <= 110
    paper.subject = "Về việc thành lập Công đoàn cơ sở Công ty TNHH A&B"
    assert entry_name(1, paper).endswith("_2024-05-02_thanh-lap-CDCS-Cty-TNHH-A-B")
    assert not set(name) & set('/\\:*?"<>|\n .')
