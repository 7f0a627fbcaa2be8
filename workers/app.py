"""The Celery application: one set of settings, measured for at-least-once delivery on Redis.

``celery -A workers.app worker`` and ``docgen worker`` both use it. Task names begin with the queue they belong to
(``docs.render``, ``pdf.convert``, ``intake.read``, ``upkeep.sweep``).
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from celery import Celery
from celery.signals import (
    beat_embedded_init,
    celeryd_init,
    worker_init,
    worker_process_init,
    worker_shutdown,
)
from django.conf import settings
from kombu import Exchange, Queue

from workers.broker import broker_address
from workers.keeper import Keeper
from workers.processes import end_with_parent

QUEUES = ("docs", "pdf", "intake", "upkeep")
SWEEP_TASK = "upkeep.sweep"
SWEEP_QUEUE = "upkeep"
# A task is killed when the leases of its rows end, and asked to stop before that. A message comes back to the queue
# when nobody has acknowledged it for the visibility timeout: far above the hard limit, or a slow task would run twice.
SOFT_SHARE = 0.8
VISIBILITY_LIMITS = 4
#: Process number of the command that started this worker and that it must not outlive (workers.supervisor).
PARENT_VARIABLE = "DOCGEN_WORKER_PARENT"


def transport_options(*, hard_limit: int = 300) -> dict[str, object]:
    """Options of the Redis transport; ``hard_limit`` in seconds.

    The restore pair makes a worker look for unacknowledged messages every 2 s; by default that is every 100 s.
    """
    return {
        "visibility_timeout": VISIBILITY_LIMITS * hard_limit,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_keepalive": True,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "retry_on_timeout": True,
        "health_check_interval": 5,
    }


def celery_settings(
    *, url: str, time_zone: str, hard_limit: int = 300, sweep_every: int = 60
) -> dict[str, object]:
    """All Celery settings for a broker ``url``; plain values, nothing is opened. Times in seconds."""
    return {
        "broker_url": url,
        "result_backend": None,
        "imports": ("workers.tasks",),
        "timezone": time_zone,
        "enable_utc": True,
        # Only ids travel, as JSON.
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_ignore_result": True,
        # A task is done when it has ended, not when it was fetched; a dead child gives its message back.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_soft_time_limit": int(hard_limit * SOFT_SHARE),
        "task_time_limit": hard_limit,
        "task_default_queue": "docs",
        "task_create_missing_queues": False,
        "task_queues": tuple(Queue(name, Exchange(name), routing_key=name) for name in QUEUES),
        "task_routes": {f"{name}.*": {"queue": name} for name in QUEUES},
        # The sender must not hang when the bell is out: the row waits for the sweep.
        "task_publish_retry_policy": {"max_retries": 2, "interval_start": 0, "interval_step": 0.2},
        "broker_transport_options": transport_options(hard_limit=hard_limit),
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "worker_cancel_long_running_tasks_on_connection_loss": True,
        # LibreOffice bridges and XML trees grow; a child is replaced before it weighs (kB).
        "worker_max_tasks_per_child": 500,
        "worker_max_memory_per_child": 500_000,
        "worker_send_task_events": False,
        # In memory: the default keeps a file, on which the clock of a second worker of the store breaks.
        "beat_scheduler": "celery.beat:Scheduler",
        "beat_schedule": {
            "sweep": {
                "task": SWEEP_TASK,
                "schedule": float(sweep_every),
                # Without an end of its own: a worker whose clock runs ahead would throw every sweep away. Of those
                # that pile up only the last does anything (workers.sweep).
                "options": {"queue": SWEEP_QUEUE},
            }
        },
    }


def _of_this_store() -> dict[str, object]:
    home = Path(settings.DOCGEN_HOME)
    url = broker_address(home).url
    return celery_settings(
        url=url,
        time_zone=settings.TIME_ZONE,
        hard_limit=settings.LEASE_SECONDS,
        sweep_every=settings.SWEEP_SECONDS,
    )


# Must be set before the app is made: Celery then cares for Django's set-up and its connections.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("docgen")
# Read at first use, not at import, so that a command may still choose its store.
app.add_defaults(_of_this_store)


@celeryd_init.connect
def _follow_the_starter(**_: object) -> None:
    """A worker of one command ends with it, even when that was killed: what it holds is finished first."""
    parent = os.environ.get(PARENT_VARIABLE, "")
    if parent.isdigit():
        end_with_parent(signal.SIGTERM, parent=int(parent))


@worker_process_init.connect
@beat_embedded_init.connect
def _follow_the_worker(**_: object) -> None:
    """Pool children and the clock of a killed worker would go on alone."""
    end_with_parent(signal.SIGKILL)


@worker_process_init.connect
def _let_people_first(**_: object) -> None:
    """What somebody waits for comes before a batch: pool children and what they start are nice to all else."""
    os.nice(settings.WORKER_NICE)


_keeper = Keeper()


@worker_init.connect
def _keep_the_broker(**_: object) -> None:
    _keeper.start(Path(settings.DOCGEN_HOME))


@worker_shutdown.connect
def _leave_the_broker(**_: object) -> None:
    _keeper.stop()
