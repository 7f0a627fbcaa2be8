"""A text changed by hand in Word: what is shown before it is taken, and what is kept of it afterwards."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from core.errors import Conflict, Unreadable, UserError
from docgen.models import Document, DocumentState
from docgen.services import hand_edits
from docgen.services.hand_edits import (
    accept_hand_edit,
    drop_hand_edit,
    keep_upload,
    review_hand_edit,
)
from docgen.services.issuing import issue_document
from docgen.services.lifecycle import redraft_document, submit_document
from docgen.services.papers import paper_bytes
from docgen.services.rendering import render_document
from docgen.services.signing import record_signature
from records.models import Campaign, OfficeHolder
from registry.models import OutgoingEntry
from tests.sample import CLERK, PLAN, draft, run_waiting

MAY_2 = date(2024, 5, 2)
pytestmark = pytest.mark.django_db


def paragraphs(word: WordFile) -> list[Paragraph]:
    inner = [
        p for t in word.tables for row in t.rows for cell in row.cells for p in cell.paragraphs
    ]
    return [*inner, *word.paragraphs]


def changed(data: bytes, change: Callable[[WordFile], None]) -> bytes:
    word = docx.Document(io.BytesIO(data))
    change(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def said(old: str, new: str) -> Callable[[WordFile], None]:
    """Writes ``new`` for ``old`` wherever it stands within one run."""

    def change(word: WordFile) -> None:
        found = [r for p in paragraphs(word) for r in p.runs if old in r.text]
        assert found, old
        for run in found:
            run.text = run.text.replace(old, new)

    return change


def text_of(data: bytes) -> str:
    return "\n".join(p.text for p in paragraphs(docx.Document(io.BytesIO(data))))


def edited(paper: Document, data: bytes) -> Document:
    return accept_hand_edit(paper, keep_upload(data, name="kế hoạch sửa.docx"), actor=CLERK)


def sent_on(paper: Document, *, signer: str = "") -> None:
    submit_document(paper, actor=CLERK)
    assert paper.signer is not None
    record_signature(paper, signer=signer or paper.signer.code, actor=CLERK, on=MAY_2)


def test_the_issued_paper_is_the_edited_one_with_number_and_day(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    word = render_document(paper).docx
    mine = changed(word, said("Căn cứ", "Căn  cứ"))
    assert review_hand_edit(paper, mine).lost == ()
    edited(paper, mine)
    edited(paper, mine)  # confirmed twice: one event
    assert [e.note[:21] for e in paper.events.exclude(note="")] == ["Nhận bản Word sửa tay"]
    sent_on(paper)
    issued = issue_document(paper, on=MAY_2, actor=CLERK)
    run_waiting(issued)
    issued.refresh_from_db()
    assert issued.state == DocumentState.ISSUED
    assert issued.final_file is not None
    final = paper_bytes(issued.final_file)
    lines = text_of(final)
    assert f"Số: {issued.code}" in lines
    assert "Lai Châu, ngày 02 tháng 5 năm 2024" in lines
    assert "Căn  cứ" in lines
    # Annexes name their paper, too, and nothing is left open.
    assert lines.count(issued.code) == text_of(word).count("/KH-LĐLĐ") - text_of(word).count(
        "276/KH"
    )
    assert render_document(issued).sha256 == issued.final_file.sha256
    assert OutgoingEntry.objects.get(number=issued.number).file == issued.final_file


def test_what_went_and_what_came_is_shown(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    word = render_document(paper).docx
    signer = str(paper.data["signer_name"])
    review = review_hand_edit(paper, changed(word, said(signer, "Lò Văn Khác")))
    assert signer in {one.value for one in review.lost}
    assert not review.is_clean
    counted = changed(word, said("năm 2024", "năm 2031"))
    review = review_hand_edit(paper, counted)
    assert "2031" in review.numbers_new
    assert "2024" in review.numbers_gone


def add_tracked(word: WordFile) -> None:
    word.paragraphs[0]._p.append(OxmlElement("w:ins"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (said("Số:      /KH-LĐLĐ", "Số: 70/KH-LĐLĐ"), "còn để trống số"),
        (said("ngày      tháng 5", "ngày 02 tháng 5"), "còn để trống ngày|không còn chỗ ghi"),
        (add_tracked, "Track Changes"),
    ],
)
def test_what_cannot_be_issued_is_refused(
    sample: Campaign, change: Callable[[WordFile], None], told: str
) -> None:
    paper = draft(*PLAN, on=MAY_2)
    word = changed(render_document(paper).docx, change)
    with pytest.raises(UserError, match=told):
        review_hand_edit(paper, word)
    with pytest.raises(UserError, match=told):
        edited(paper, word)
    assert Document.objects.get(pk=paper.pk).edited_file is None


def test_no_word_file_is_refused(sample: Campaign) -> None:
    with pytest.raises(Unreadable):
        review_hand_edit(draft(*PLAN, on=MAY_2), b"%PDF-1.7 khong phai Word")


def test_a_file_is_opened_here_only_after_a_child_could_read_it(
    sample: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_heavy(data: bytes) -> None:
        raise Unreadable("Tệp quá nặng.")

    def opened(data: bytes) -> None:
        pytest.fail("opened in this process")

    monkeypatch.setattr(hand_edits, "check_paper", too_heavy)
    monkeypatch.setattr(hand_edits, "open_docx", opened)
    with pytest.raises(Unreadable, match="quá nặng"):
        review_hand_edit(draft(*PLAN, on=MAY_2), b"PK")


def test_only_while_it_is_a_draft(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    word = render_document(paper).docx
    submit_document(paper, actor=CLERK)
    with pytest.raises(Conflict, match="Chờ duyệt"):
        edited(paper, word)


def test_another_signer_does_not_sign_a_text_that_names_the_first(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    edited(paper, render_document(paper).docx)
    deputies = OfficeHolder.objects.valid_on(MAY_2).filter(org=paper.issuer).exclude(may_sign=[])
    other = deputies.exclude(person=paper.signer).select_related("person").first()
    assert other is not None
    with pytest.raises(Conflict, match="bản Word sửa tay"):
        sent_on(paper, signer=other.person.code)
    assert Document.objects.get(pk=paper.pk).state == DocumentState.SUBMITTED


def test_drafting_again_or_giving_it_up_brings_back_the_records(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    made = render_document(paper).sha256
    edited(paper, changed(render_document(paper).docx, said("Căn cứ", "Căn  cứ")))
    assert render_document(paper).sha256 != made
    drop_hand_edit(paper, actor=CLERK)
    assert render_document(paper).sha256 == made
    edited(paper, changed(render_document(paper).docx, said("Căn cứ", "Căn  cứ")))
    redraft_document(paper, on=MAY_2, actor=CLERK)
    paper.refresh_from_db()
    assert (paper.edited_file, render_document(paper).sha256) == (None, made)
