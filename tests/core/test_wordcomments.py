"""Comments in a Word file, whoever packed it; what people read are the findings of docgen check and template lint."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from core.wordcomments import Note, add_comments
from core.wordpackage import exchanged, read_members

MAIN = "word/document.xml"


def written(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, rename: Callable[[str], str]) -> bytes:
    """The same file as another program would pack it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(rename(info.filename), old.read(info))
    return out.getvalue()


def comments(data: bytes) -> list[tuple[str, str]]:
    return [(one.author, one.text) for one in docx.Document(io.BytesIO(data)).comments]


def marked(data: bytes) -> str:
    """The text of the body with the marks of comments in brackets."""
    body = docx.Document(io.BytesIO(data)).element.body
    shown = {"commentRangeStart": "[", "commentRangeEnd": "]"}
    return "".join(
        shown.get(node.tag.rpartition("}")[2], node.text or "" if node.tag.endswith("}t") else "")
        for node in body.iter()
    )


def test_the_words_are_marked_or_the_whole_paragraph() -> None:
    data = written("Lai châu, ngày 05", "Kính gửi: Sò A Páo")
    notes = [Note(1, ("Viết hoa", "Lai Châu"), "châu"), Note(2, ("Xem lại",), "không có")]
    out = add_comments(data, notes, main=MAIN)
    assert marked(out) == "Lai [châu], ngày 05[Kính gửi: Sò A Páo]"
    assert comments(out) == [("docgen", "Viết hoa\nLai Châu"), ("docgen", "Xem lại")]
    again = add_comments(out, [Note(99, ("Cuối",))], main=MAIN)
    assert marked(again) == "Lai [châu], ngày 05[[Kính gửi: Sò A Páo]]"
    assert len(comments(again)) == 3


def test_what_xml_cannot_hold_is_left_out_and_marks_of_vietnamese_stay() -> None:
    line = "H\u2019Mông\u00a0\u0300 \x07\ufffe đ"
    ((_, text),) = comments(add_comments(written("a"), [Note(1, (line,))], main=MAIN))
    assert text == "H\u2019Mông\u00a0\u0300    đ"


@pytest.mark.parametrize(
    "rename", [lambda name: name.replace("/", "\\"), lambda name: f"/{name}"], ids=["\\", "/"]
)
def test_a_file_packed_by_another_program(rename: Callable[[str], str]) -> None:
    data = repacked(written("Lai châu"), rename)
    out = add_comments(data, [Note(1, ("Viết hoa",))], main=MAIN)
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names)) == len(read_members(out))
    assert rename(MAIN) in names
    assert comments(repacked(out, lambda name: name.replace("\\", "/").lstrip("/"))) == [
        ("docgen", "Viết hoa")
    ]


def test_a_body_without_paragraphs_gets_one() -> None:
    xml = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
    data = exchanged(written(), {MAIN: xml})
    assert comments(add_comments(data, [Note(1, ("Trống",))], main=MAIN)) == [("docgen", "Trống")]


def test_without_notes_the_file_is_the_same() -> None:
    data = written("a")
    assert add_comments(data, [], main=MAIN) is data
