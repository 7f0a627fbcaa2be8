"""Printing received office files to be looked at: the body of the task, its bell."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta

from billiard.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, transaction

from intake.models import FormState, ReceivedFile, ReturnedForm
from intake.services.views import (
    ask_view,
    free_abandoned_views,
    make_view,
    needs_view,
    waiting_views,
)
from workers.bell import ring
from workers.returns import read_files

log = logging.getLogger(__name__)
#: Name of the task; its first part is the queue.
VIEW_TASK = "pdf.view"


def make_views(view_ids: Iterable[int]) -> None:
    """One after another; what a fault leaves undone keeps its lease, and the sweep takes it up."""
    for pk in view_ids:
        try:
            make_view(pk)
        except SoftTimeLimitExceeded:
            log.warning("view %s took too long", pk)
            return
        except DatabaseError:
            log.exception("view %s is left to the sweep", pk)
        except Exception:  # the wrapper of the task: no file may stop the others
            log.exception("view %s", pk)


def send_views(view_ids: Sequence[int]) -> None:
    """Views to the workers, on commit."""
    if view_ids:
        transaction.on_commit(lambda: ring(VIEW_TASK, view_messages(view_ids)))


def view_messages(view_ids: Sequence[int]) -> list[list[object]]:
    """A message a view: each takes LibreOffice some seconds."""
    return [[[pk]] for pk in view_ids]


def read_and_prepare(file_ids: Sequence[int]) -> None:
    """Read received files, then have their pages ready for whoever reviews them."""
    read_files(file_ids)
    prepare_views(file_ids)


def prepare_views(file_ids: Sequence[int]) -> None:
    """What a person will look at is printed before it is opened: of these files those with a form to review."""
    forms = ReturnedForm.objects.filter(received__in=file_ids, state=FormState.NEEDS_REVIEW)
    wanted = {form.received_id for form in forms if needs_view(form)}
    with transaction.atomic():
        rows = ReceivedFile.objects.filter(pk__in=wanted).order_by("id")
        send_views([ask_view(row).pk for row in rows])


def resend_views(*, older_than: timedelta) -> list[int]:
    """Views that have waited so long; what dead processes held waits again."""
    freed = free_abandoned_views()
    return waiting_views(older_than=timedelta(0) if freed else older_than)
