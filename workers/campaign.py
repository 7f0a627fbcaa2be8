"""The main job: a whole campaign from records to numbered papers, stage by stage, through a worker.

Every step is idempotent: a stage is a batch with a fixed key, a paper has one number for ever. Killed at
any point and run again, it goes on where it was and makes the same papers with the same numbers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from core.errors import UserError
from docgen.models import Batch, BatchState, Document, JobState, Rendering
from docgen.services.batches import (
    batch_status,
    create_batch,
    documents_of,
    issue_batch,
    retry_batch,
    sign_batch,
    start_batch,
)
from docgen.services.issuing import waiting_renderings
from records.models import Campaign
from workers.dispatch import send_files, send_items
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
            papers = issue_batch(batch, on=None, actor=self.actor)
            self._finish_files(papers)
        status = batch_status(batch)
        return StageResult(
            stage, batch, documents_of(batch).count(), int(str(status["failed"])), was_done
        )

    def _is_finished(self, batch: Batch) -> bool:
        """Nothing of it is left to do; what failed the last time is tried again."""
        return (
            batch.state in ENDED
            and not batch.items.filter(state=JobState.FAILED).exists()
            and not documents_of(batch).filter(final_file=None).exists()
        )

    def _draft(self, batch: Batch) -> None:
        if batch.state in ENDED and batch_status(batch)["failed"]:
            retry_batch(batch)
        send_items(start_batch(batch))
        self._wait(
            done=lambda: _state_of(batch) in ENDED,
            resend=lambda: send_items(start_batch(batch)),
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

    def _finish_files(self, papers: list[Document]) -> None:
        ids = [paper.pk for paper in papers]
        send_files(waiting_renderings(papers))
        self._wait(
            done=lambda: (
                not Rendering.objects.filter(
                    document__in=ids, state__in=(JobState.WAITING, JobState.RUNNING)
                ).exists()
            ),
            resend=lambda: send_files(waiting_files()),
            count=lambda: Rendering.objects.filter(document__in=ids, state=JobState.DONE).count(),
        )
        failed = Rendering.objects.filter(document__in=ids, state=JobState.FAILED).first()
        if failed is not None:
            raise UserError(
                f"Không tạo được bản chính thức: {failed.error_message}", code=failed.error_code
            )

    def _wait(
        self, *, done: Callable[[], bool], resend: Callable[[], None], count: Callable[[], int]
    ) -> None:
        """Until done: a dead worker is replaced, lost messages are sent again."""
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
            elif now - moved > GIVE_UP_SECONDS:
                self.report("Máy chạy việc không trả lời; làm tiếp ngay trong lệnh này.")
                finish_here()
                moved = now
            elif now - max(moved, resent) > STALL_SECONDS:
                free_all()
                resend()
                resent = now
            time.sleep(POLL_SECONDS)


def _state_of(batch: Batch) -> str:
    batch.refresh_from_db(fields=("state",))
    return batch.state
