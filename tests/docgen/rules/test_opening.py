"""Files that are no Word file, are locked, broken or swollen: a plain reason, and soon."""

# ruff: noqa: E501 (lines of a paper stay in one piece)

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document

from core.errors import Unreadable, UserError
from docgen.rules import check_docx, opening
from tests.docgen.rules.contents import NOTICE
from tests.docgen.rules.typist import saved, typed


def paper() -> bytes:
    return saved(typed(NOTICE))


def with_member(name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(paper())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info.filename, change(data) if info.filename == name else data)
    return out.getvalue()


def spreadsheet() -> bytes:
    return with_member(
        "_rels/.rels", lambda data: data.replace(b"word/document.xml", b"xl/workbook.xml")
    )


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "rỗng": (lambda: b"", "rỗng"),
    "chữ": ("Số: 70/KH-LĐLĐ".encode, "không phải"),
    "PDF": (lambda: b"%PDF-1.7\n", "PDF"),
    "Word 97": (lambda: OLE + b"\0" * 600, "kiểu cũ"),
    "mật khẩu": (lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "zip cụt": (lambda: paper()[:2000], "hỏng"),
    "zip trống": (lambda: b"PK\x05\x06" + b"\0" * 18, "không tìm thấy"),
    "bảng tính": (spreadsheet, "không phải"),
    "XML hỏng": (lambda: with_member("word/document.xml", lambda data: data[:500]), "XML"),
    "DTD": (lambda: with_member("word/document.xml", lambda data: b"<!DOCTYPE a []>" + data[data.index(b"<w:"):]), "DTD"),
    "không có thân": (lambda: with_member("word/document.xml", lambda data: data.replace(b"w:body", b"w:boddy")), "thân"),
    "bom nén": (lambda: with_member("word/document.xml", lambda data: data + b" " * (opening.MAX_PART + 1)), "quá lớn"),
    "strict": (lambda: with_member("word/document.xml", lambda data: data.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")), "Strict"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_reason(name: str) -> None:
    make, part = BAD[name]
    with pytest.raises(Unreadable) as refused:
        check_docx(make())
    assert part in refused.value.message
    assert refused.value.exit_code == 2


def test_a_file_of_too_many_bytes_is_not_read() -> None:
    with pytest.raises(Unreadable, match="quá lớn"):
        check_docx(b"PK" + b"\0" * opening.MAX_FILE)


def test_too_many_paragraphs_are_no_paper() -> None:
    many = with_member(
        "word/document.xml",
        lambda data: data.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 30_001),
    )
    with pytest.raises(Unreadable, match="quá nhiều đoạn"):
        check_docx(many)


def test_an_empty_document_is_checked_and_lacks_everything() -> None:
    out = io.BytesIO()
    Document().save(out)
    assert {"QH-01", "CQ-02", "SO-01", "DD-01"} <= {
        finding.rule for finding in check_docx(out.getvalue())
    }


def test_an_unknown_profile_is_named() -> None:
    with pytest.raises(UserError, match="nd99"):
        check_docx(paper(), profile="nd99")


@pytest.mark.parametrize(
    "text", ["ĐOÀN " * 5000, "1 2 - / " * 3000, " " * 30_000 + "x", "." * 30_000]
)
def test_a_swollen_paragraph_is_refused_before_it_is_read(text: str) -> None:
    line = f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'.encode()
    swollen = with_member(
        "word/document.xml", lambda data: data.replace(b"<w:body>", b"<w:body>" + line)
    )
    with pytest.raises(Unreadable, match="đoạn quá dài"):
        check_docx(swollen)
