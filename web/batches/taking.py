"""Step 5: what goes out of the desk. Every file that is taken stands in the log."""

from __future__ import annotations

import tempfile

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from core.errors import NotFound
from docgen.models import Batch
from docgen.services.batch_problems import problem_lines, problem_sheet
from docgen.services.batches import documents_of, get_batch
from docgen.services.exports import Exported, Wishes, pdfs_by_unit, print_pdfs, stream_documents
from web.batches import queries
from web.batches.checking import problems_of
from web.batches.views import run_context, steps_of
from web.files import PDF, XLSX, ZIP, attachment, opened, streamed
from web.models import Access
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

#: A merged PDF beyond this lies on the disk while it is sent.
IN_MEMORY = 8 * 1024 * 1024


@desk(Right.SEE_DOCUMENTS)
def missing(request: DeskRequest, batch_id: int) -> HttpResponse:
    """What the records lack, as a workbook."""
    del request
    found = get_batch(batch_id)
    lines = problem_lines(problems_of(found), kind=found.kind)
    return attachment(
        problem_sheet(found, lines), name=f"Đợt {batch_id} - hồ sơ chưa đủ.xlsx", media_type=XLSX
    )


@desk(Right.BATCHES, Right.NUMBER, Right.APPROVE)
def take(request: DeskRequest, batch_id: int) -> HttpResponse:
    """What can be taken: the ZIP by units, and a merged PDF of each unit for the printer."""
    found = get_batch(batch_id)
    context = run_context(request, found)
    active = context["run"].active  # type: ignore[attr-defined]
    units = {} if active else pdfs_by_unit(documents_of(found))
    context |= {
        "label": queries.kind_label(found.kind),
        "steps": steps_of(found, 5),
        "units": [(name, len(ids)) for name, ids in units.items()],
    }
    return render(request, "web/batches/take.html", context)


@desk(Right.BATCHES, Right.NUMBER, Right.APPROVE)
def archive(request: DeskRequest, batch_id: int) -> HttpResponseBase:
    """The ZIP, sent while it is made."""
    found = get_batch(batch_id)
    wishes = Wishes("gop" in request.GET, duplex="hai_mat" in request.GET)
    note_access(request, Access.TOOK, f"batch:{batch_id}", "ZIP cả đợt")
    pieces = stream_documents(documents_of(found), wishes=wishes, told=Exported())
    return streamed(pieces, name=f"{_title(found)}.zip", media_type=ZIP)


def _title(found: Batch) -> str:
    return f"Đợt {found.pk} - {queries.kind_label(found.kind)} - {found.intended_on:%d-%m-%Y}"


@desk(Right.BATCHES, Right.NUMBER, Right.APPROVE)
def prints(request: DeskRequest, batch_id: int) -> HttpResponseBase:
    """The PDFs of one unit, or of all, as one file for the printer."""
    found = get_batch(batch_id)
    units = pdfs_by_unit(documents_of(found))
    unit = request.GET.get("don_vi", "")
    ids = units.get(unit, []) if unit else [pk for some in units.values() for pk in some]
    if not ids:
        raise NotFound("Chưa có PDF nào để in. Tạo PDF ở trang Tải về của đợt rồi in.")
    note_access(request, Access.TOOK, f"batch:{batch_id}", f"bản in gộp {unit}".strip())
    out = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed when it has been sent)
    print_pdfs(ids, out=out, duplex="hai_mat" in request.GET)
    out.seek(0)
    name = f"Đợt {found.pk} - bản in{f' - {unit}' if unit else ''}.pdf"
    return opened(out, name=name, media_type=PDF)
