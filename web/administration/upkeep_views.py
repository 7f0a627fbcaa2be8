"""Health of the store and its backups: jobs of the worker, watched from here."""

from __future__ import annotations

from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from docgen.models import JobState
from web.models import Access
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access
from workers import upkeep
from workers.models import UpkeepJob, UpkeepKind

SHOWN = 10


def _ask(request: DeskRequest, kind: UpkeepKind) -> None:
    with transaction.atomic():
        upkeep.send(upkeep.ask(kind, actor=request.viewer.actor))
        note_access(request, Access.DID, f"upkeep:{kind.value}", str(kind.label))


@desk(Right.ADMINISTER, methods=("GET", "HEAD", "POST"))
def health(request: DeskRequest) -> HttpResponse:
    """The newest look at the store's health; POST takes a new one."""
    if request.method == "POST":
        _ask(request, UpkeepKind.HEALTH)
        return redirect("web:health")
    jobs = UpkeepJob.objects.filter(kind=UpkeepKind.HEALTH)
    context = {
        "job": jobs.first(),
        "last": jobs.filter(state=JobState.DONE).first(),
    }
    part = "health_part" if request.htmx else "health"
    return render(request, f"web/administration/{part}.html", context)


@desk(Right.ADMINISTER, methods=("GET", "HEAD", "POST"))
def backups(request: DeskRequest) -> HttpResponse:
    """The backups; POST makes one."""
    if request.method == "POST":
        _ask(request, UpkeepKind.BACKUP)
        return redirect("web:backups")
    jobs = list(UpkeepJob.objects.filter(kind=UpkeepKind.BACKUP)[:SHOWN])
    folder = upkeep.backup_folder()
    rows = [
        {"job": job, "there": bool(job.file_name) and (folder / job.file_name).is_file()}
        for job in jobs
    ]
    open_ = any(job.state in (JobState.WAITING, JobState.RUNNING) for job in jobs)
    context = {"rows": rows, "open": open_, "kept": upkeep.KEPT}
    part = "backups_part" if request.htmx else "backups"
    return render(request, f"web/administration/{part}.html", context)


@desk(Right.ADMINISTER)
def backup_download(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The file of a backup."""
    job = get_object_or_404(UpkeepJob, pk=pk, kind=UpkeepKind.BACKUP, state=JobState.DONE)
    path = upkeep.backup_file(job)
    note_access(request, Access.TOOK, f"backup:{job.file_name}", "tải bản sao lưu")
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=job.file_name,
        content_type="application/x-tar",
    )
