"""The main job: a whole campaign from records to numbered papers, stage by stage, through a worker.

Every step is idempotent: a stage is a batch with a fixed key, a paper has one number for ever. Killed at
any point and run again, it goes on where it was and makes the same papers with the same numbers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from core.errors import UserError
from docgen.models import Batch, BatchState, JobState, Rendering
from docgen.services.batches import (
    batch_status,
    create_batch,
    documents_of,
    issue_batch,
    retry_batch,
    sign_batch,
    start_batch,
)
from docgen.services.jobs import retry
from records.models import Campaign
from workers.bell import unread
from workers.dispatch import send_batch, send_files
from workers.stages import Stage
from workers.supervisor import Worker
from workers.sweep import finish_here, free_all, waiting_files

ENDED = (BatchState.DONE, BatchState.DONE_WITH_FAILURES, BatchState.CANCELLED)
POLL_SECONDS = 0.05
#: With nothing done for this long the messages are sent again.
STALL_SECONDS = 5.0
#: With nothing done for this long the job does what waits itself, without the worker.
GIVE_UP_SECONDS = 60.0

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class StageResult:
    """What a stage made."""

    stage: Stage
    batch: Batch
    documents: int
    failed: int
    was_done: bool


class StageRunner:
    """Runs stages one after another and watches over the worker."""

    def __init__(self, campaign: Campaign, *, worker: Worker, actor: str, report: Report) -> None:
        self.campaign = campaign
        self.worker = worker
        self.actor = actor
        self.report = report

    def run(self, stage: Stage) -> StageResult:
        """Draft, sign, number and finish the papers of one stage.

        Raises UserError when a paper of the stage cannot be made: later stages cite it.
        """
        batch = create_batch(
            self.campaign,
            kind=stage.kind,
            where=stage.where,
            intended_on=stage.on,
            actor=self.actor,
            key=stage.key,
        )
        was_done = self._is_finished(batch)
        if not was_done:
            self._draft(batch)
            sign_batch(batch, signer=None, actor=self.actor)
            issue_batch(batch, on=None, actor=self.actor)
            self._finish_files(batch)
        status = batch_status(batch)
        return StageResult(
            stage, batch, documents_of(batch).count(), int(str(status["failed"])), was_done
        )

    def _is_finished(self, batch: Batch) -> bool:
        """Every item has its paper and every paper its file; a batch that ended with failures has not."""
        papers = documents_of(batch)
        return batch.state == BatchState.DONE and not papers.filter(final_file=None).exists()

    def _draft(self, batch: Batch) -> None:
        if batch.state == BatchState.CANCELLED:
            raise UserError(
                f"Đợt {batch.pk} ({batch.kind}) đã bị hủy nên không làm tiếp được; các văn bản sau cần "
                "đến nó. Dùng một kho khác: DOCGEN_HOME=thư-mục ./run.",
                code="batch_cancelled",
                facts={"batch": batch.pk},
            )
        # What failed in an earlier run is tried anew, also when the worker was killed over it three times.
        retry_batch(batch)
        self.worker.ensure()
        start_batch(batch)
        send_batch(batch)
        self._wait(
            done=lambda: _state_of(batch) in ENDED,
            resend=lambda: _start_again(batch),
            count=lambda: batch.items.filter(state=JobState.DONE).count(),
        )
        status = batch_status(batch)
        failures = status["failures"]
        if isinstance(failures, list) and failures:
            raise UserError(
                f"Đợt {batch.pk} ({batch.kind}) còn {len(failures)} văn bản lỗi: "
                + " ".join(f"{f['record']}: {f['message']}" for f in failures[:5]),
                code="batch_failed",
                facts={"batch": batch.pk, "failures": failures},
            )

    def _finish_files(self, batch: Batch) -> None:
        jobs = Rendering.objects.filter(document__batch_items__batch=batch)
        jobs = jobs.filter(document__number__isnull=False)
        retry(list(jobs.filter(state=JobState.FAILED).values_list("pk", flat=True)), Rendering)
        self.worker.ensure()
        send_files(jobs.filter(state=JobState.WAITING).count())
        open_ = jobs.filter(state__in=(JobState.WAITING, JobState.RUNNING))
        self._wait(
            done=lambda: not open_.exists(),
            resend=lambda: send_files(waiting_files()),
            count=lambda: jobs.filter(state=JobState.DONE).count(),
        )
        failed = jobs.filter(state=JobState.FAILED).first()
        if failed is not None:
            raise UserError(
                f"Không tạo được bản chính thức: {failed.error_message}", code=failed.error_code
            )

    def _wait(
        self, *, done: Callable[[], bool], resend: Callable[[], None], count: Callable[[], int]
    ) -> None:
        """Until done: a dead worker is replaced, lost messages are sent again, and in the end this process does it.

        It ends for certain: a row that waits is made here, one that runs has a lease that ends, and attempts are
        counted.
        """
        last_count, moved, resent = count(), time.monotonic(), time.monotonic()
        while not done():
            if self.worker.has_died():
                self.report("Máy chạy việc dừng đột ngột; khởi động lại và làm tiếp.")
                self.worker.restart()
                free_all()
                resend()
            now, current = time.monotonic(), count()
            if current != last_count:
                last_count, moved = current, now
                self.worker.works()
            elif now - moved > GIVE_UP_SECONDS:
                self.report("Máy chạy việc không trả lời; làm tiếp ngay trong lệnh này.")
                finish_here()
                moved = now
            elif now - max(moved, resent) > STALL_SECONDS:
                # Unread messages only wait their turn; without any, or with rows of the dead, they are sent anew.
                if free_all() or not unread():
                    resend()
                resent = now
            time.sleep(POLL_SECONDS)


def _start_again(batch: Batch) -> None:
    start_batch(batch)
    send_batch(batch)


def _state_of(batch: Batch) -> str:
    batch.refresh_from_db(fields=("state",))
    return batch.state
