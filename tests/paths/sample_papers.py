"""The papers of the sample campaign as plain values: what stands in the register and what is printed."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import docx as word
from django.db.models import QuerySet
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from docgen.models import Document, JobState, Purpose, Rendering
from docgen.services.batches import (
    create_batch,
    documents_of,
    issue_batch,
    run_item,
    sign_batch,
    start_batch,
)
from docgen.services.rendering import render_document, run_rendering
from records.models import Campaign
from records.sample import load_sample
from records.selectors.scope import one_reading
from registry.files import read
from registry.models import OutgoingEntry
from workers.sample_run import prepare_series
from workers.stages import Stage, campaign_stages

ACTOR = "văn thư"
DECISIONS = ("quota_decision", "assignment_decision", "founding_decision", "committee_decision")
CASE_KINDS = ("founding_decision", "committee_decision", "invitation", "launch_minutes")


@dataclass(frozen=True)
class Line:
    """One paragraph as printed; ``row`` and ``cell`` where it stands in a table."""

    style: str
    text: str
    table: int = -1
    row: int = -1
    cell: int = -1


@dataclass(frozen=True)
class Paper:
    """A finished paper. ``docx`` is the issued file, ``draft`` the one before the number."""

    kind: str
    variant: str
    record: str
    issuer: str
    profile: str
    code: str
    on: date
    subject: str
    registered_as: str
    registered_to: str
    data: dict[str, Any] = field(repr=False)
    docx: bytes = field(repr=False)
    draft: bytes = field(repr=False)

    @cached_property
    def lines(self) -> list[Line]:
        return list(read_lines(self.docx))

    @cached_property
    def text(self) -> str:
        """All that is printed; breaks inside a paragraph are spaces."""
        return "\n".join(line.text.replace("\n", " ") for line in self.lines)

    def styled(self, style: str) -> list[str]:
        return [line.text for line in self.lines if line.style == style]

    def article(self, number: int) -> str:
        """The text of one Điều."""
        (found,) = [t for t in self.styled("Điều") if t.startswith(f"Điều {number}.")]
        return found

    @cached_property
    def recipients(self) -> list[str]:
        return [text for text in self.styled("Nơi nhận mục") if text]

    @property
    def is_district(self) -> bool:
        return self.issuer.startswith(("ldld-huyen", "ldld-thanh-pho"))

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.on} ({self.record})"


def read_lines(docx: bytes) -> Iterator[Line]:
    """Paragraphs of the body and of its tables, in order; a merged cell once."""
    document = word.Document(io.BytesIO(docx))
    names = {style.style_id: style.name for style in document.styles}
    tables = 0
    for block in document.element.body:
        if block.tag == qn("w:p"):
            yield _line(block, names)
        elif block.tag == qn("w:tbl"):
            for row, tr in enumerate(Table(block, document)._tbl.tr_lst):
                for cell, tc in enumerate(tr.tc_lst):
                    for p in tc.iter(qn("w:p")):
                        yield _line(p, names, table=tables, row=row, cell=cell)
            tables += 1


def _line(p: Any, names: dict[str, str], **where: int) -> Line:
    style = p.pPr.pStyle if p.pPr is not None else None
    named = names[style.val] if style is not None else ""
    return Line(named, Paragraph(p, None).text, **where)


def make_campaign() -> list[Paper]:
    """Load the sample and make every paper of it here, without broker or worker."""
    load_sample(actor="kiểm thử")
    prepare_series(actor=ACTOR)
    papers: list[Paper] = []
    for campaign in Campaign.objects.order_by("year", "code"):
        for stage in campaign_stages(campaign):
            papers += [_paper(row) for row in _run(campaign, stage)]
    return papers


def _run(campaign: Campaign, stage: Stage) -> QuerySet[Document]:
    batch = create_batch(
        campaign,
        kind=stage.kind,
        where=stage.where,
        intended_on=stage.on,
        actor=ACTOR,
        key=stage.key,
    )
    with one_reading():
        for item in start_batch(batch):
            run_item(item)
    failed = list(batch.items.filter(state=JobState.FAILED))
    assert failed == [], [(item.record, item.error_message) for item in failed]
    sign_batch(batch, signer=None, actor=ACTOR)
    issued = issue_batch(batch, on=None, actor=ACTOR)
    for job in Rendering.objects.filter(document__in=issued, purpose="final"):
        assert run_rendering(job.pk) == JobState.DONE, job
    return documents_of(batch).select_related("issuer", "final_file", "template_file")


def _paper(row: Document) -> Paper:
    entry = OutgoingEntry.objects.get(document_id=str(row.pk))
    assert row.issued_on is not None
    assert row.final_file is not None
    return Paper(
        kind=row.kind,
        variant=row.variant,
        record=row.record,
        issuer=row.issuer.code,
        profile=row.profile,
        code=row.code,
        on=row.issued_on,
        subject=row.subject,
        registered_as=f"{entry.type_name} {entry.subject}",
        registered_to=entry.recipients,
        data=row.data,
        docx=read(row.final_file),
        draft=render_document(row, purpose=Purpose.DRAFT).docx,
    )


def bad(papers: Iterable[Paper], wrong: Callable[[Paper], object]) -> dict[str, object]:
    """The papers with this fault, and the fault."""
    found = {str(paper): wrong(paper) for paper in papers}
    return {name: fault for name, fault in found.items() if fault}


def of(papers: list[Paper], *kinds: str) -> list[Paper]:
    """The papers of these kinds."""
    return [paper for paper in papers if paper.kind in kinds]


def cases(papers: list[Paper]) -> dict[str, dict[str, Paper]]:
    """Founding, committee, invitation and minutes of each case."""
    found: defaultdict[str, dict[str, Paper]] = defaultdict(dict)
    for paper in of(papers, *CASE_KINDS):
        found[paper.record][paper.kind] = paper
    return dict(found)
