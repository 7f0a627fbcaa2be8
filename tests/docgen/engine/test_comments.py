"""Faults as Word comments: at their places, and nothing else of the author's file changed."""

from __future__ import annotations

import pytest
from docx.document import Document
from lxml import etree

from docgen.engine import annotate, lint
from docgen.engine.places import W
from tests.docgen.engine import make
from tests.docgen.engine.faulty import FAULTY, KNOWN, header, run, title, xml

TOUCHED = {
    "[Content_Types].xml",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/comments.xml",
}


def annotated(docx: bytes) -> bytes:
    return annotate(docx, lint(docx, vocabulary=KNOWN))


def ranges(docx: bytes) -> dict[str, str]:
    """Id of each comment -> the text between its marks."""
    root = etree.fromstring(make.members(docx)["word/document.xml"])
    found: dict[str, str] = {}
    opened: list[str] = []
    for node in root.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "t"):
        if node.tag == W + "commentRangeStart":
            opened.append(node.get(W + "id", ""))
            found[opened[-1]] = ""
        elif node.tag == W + "commentRangeEnd":
            opened.remove(node.get(W + "id", ""))
        else:
            for number in opened:
                found[number] += node.text or ""
    assert not opened
    return found


def unmarked(data: bytes) -> str:
    """The text of the body, run marks aside."""
    return "|".join(
        "".join(node.text or "" for node in paragraph.iter(W + "t"))
        for paragraph in etree.fromstring(data).iter(W + "p")
    )


@pytest.mark.parametrize("name", FAULTY)
def test_the_file_opens_and_holds_the_comments(name: str) -> None:
    case = FAULTY[name]
    before = make.template(*case.paragraphs, build=case.build)
    after = annotated(before)
    ours = [comment for comment in make.opened(after).comments if comment.author == "docgen"]
    assert any(case.rule in comment.text for comment in ours)
    old, new = make.members(before), make.members(after)
    assert {part for part in old if old[part] != new[part]} <= TOUCHED
    assert set(new) - set(old) <= {"word/comments.xml"}
    assert unmarked(old["word/document.xml"]) == unmarked(new["word/document.xml"])
    for part in TOUCHED:
        etree.fromstring(new[part])
    marks = ranges(after)
    assert {str(comment.comment_id) for comment in ours} <= set(marks)


def test_the_mark_covers_the_tag_and_no_more() -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("Số ")
        paragraph.add_run("trước {{ so").bold = True
        paragraph.add_run("_sai_ten }} sau").italic = True

    after = annotated(make.template("Tên: {{ ten_co_quann }} hết.", build=build))
    texts = ranges(after).values()
    assert "{{ ten_co_quann }}" in texts
    assert "{{ so_sai_ten }}" in texts
    runs = make.opened(after).paragraphs[1].runs
    assert [(r.text, r.bold, r.italic) for r in runs if r.text] == [
        ("Số ", None, None),
        ("trước ", True, None),
        ("{{ so", True, None),
        ("_sai_ten }}", None, True),
        (" sau", None, True),
    ]


def test_comments_of_readers_stay() -> None:
    def build(document: Document) -> None:
        document.add_comment(document.paragraphs[0].runs, "Xem lại câu này", author="Lò Thị Ánh")

    after = annotated(make.template("{{ ten_co_quann }}", build=build))
    found = [(comment.author, comment.text) for comment in make.opened(after).comments]
    assert found[0] == ("Lò Thị Ánh", "Xem lại câu này")
    assert len({comment.comment_id for comment in make.opened(after).comments}) == len(found) > 1


def test_faults_of_other_parts_stand_at_the_beginning_and_name_their_place() -> None:
    def build(document: Document) -> None:
        header("{{ ten_co_quann }}")(document)
        title("{{ khong_co_ten }}")(document)

    texts = [c.text for c in make.opened(annotated(make.template("a", build=build))).comments]
    whole = "\n".join(texts)
    assert "đầu trang, đoạn 1" in whole
    assert "thuộc tính tệp" in whole
    assert whole.count("NAME-05") == 1


def test_a_text_box_is_marked_at_its_paragraph() -> None:
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('{{ ten_co_quann }}')}</w:p></w:txbxContent></w:pict></w:r>"
    after = annotated(make.template("a", build=xml(box)))
    root = etree.fromstring(make.members(after)["word/document.xml"])
    inside = [
        node
        for node in root.iter(W + "commentRangeStart", W + "commentReference")
        if next(node.iterancestors(W + "txbxContent"), None) is not None
    ]
    assert inside == []


def test_without_faults_the_file_is_the_same() -> None:
    docx = make.template("{{ ten_co_quan }}")
    assert annotate(docx, ()) == docx
