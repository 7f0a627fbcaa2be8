"""A worker's shift: it makes chunks for a while, then rings again and lets others come first.

So the queue holds a handful of bells whatever a batch's size, and a small batch does not wait for a big one to end.
"""

from __future__ import annotations

from docgen.models import BatchItem, BatchState, JobState, Rendering
from workers.bell import ring
from workers.jobs import make_batch, make_files

BATCH_TASK = "docs.make_batch"
FILES_TASK = "docs.make_files"
#: Long enough that a message costs nothing, short enough that work takes turns.
SHIFT_SECONDS = 5.0


def work_on_batch(batch_id: int) -> None:
    """A shift on one batch; rings again when items still wait."""
    make_batch(batch_id, seconds=SHIFT_SECONDS)
    waiting = BatchItem.objects.filter(
        batch=batch_id, batch__state=BatchState.RUNNING, state=JobState.WAITING
    )
    if waiting.exists():
        ring(BATCH_TASK, [[batch_id]])


def work_on_files() -> None:
    """A shift on waiting files; rings again when some still wait."""
    make_files(seconds=SHIFT_SECONDS)
    if Rendering.objects.filter(state=JobState.WAITING).exists():
        ring(FILES_TASK, [[]])
