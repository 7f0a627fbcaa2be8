from __future__ import annotations

import ast
import inspect
import socket
from collections.abc import Sequence

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import ResponseError

from core.errors import Outage
from docgen.models import Batch, BatchItem
from docgen.services.batches import start_batch
from workers import bell, dispatch, shifts, tasks
from workers.app import QUEUES, app

Sent = list[tuple[str, list[object]]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What would have gone to the broker."""
    messages: Sent = []
    monkeypatch.setattr(bell, "ensure_broker", lambda home: None)
    monkeypatch.setattr(bell.app, "send_task", lambda name, args: messages.append((name, [*args])))
    return messages


@pytest.mark.django_db(transaction=True)
def test_messages_leave_on_commit_only(batch: Batch, sent: Sent) -> None:
    with transaction.atomic():
        start_batch(batch)
        dispatch.send_batch(batch)
        assert sent == []
    assert sent == [("docs.make_batch", [batch.pk])] * 3  # five items, two a worker


@pytest.mark.django_db(transaction=True)
def test_a_request_that_was_rolled_back_sends_nothing(batch: Batch, sent: Sent) -> None:
    def request() -> None:
        with transaction.atomic():
            BatchItem.objects.create(batch=batch, position=6, record="case:hs-6")
            dispatch.send_batch(batch)
            dispatch.send_files(1)
            raise RuntimeError("the request fails")

    with pytest.raises(RuntimeError, match="the request fails"):
        request()
    assert sent == []
    assert batch.items.count() == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "fault",
    [
        OperationalError("connection refused"),
        ResponseError("MISCONF Redis is configured to save RDB snapshots"),
        ConnectionResetError(104, "reset"),
        Outage("Không khởi động được hàng đợi."),
    ],
)
def test_a_bell_that_is_out_costs_no_row(
    batch: Batch,
    fault: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(bell, "ensure_broker", lambda home: None)
    monkeypatch.setattr(bell.app, "send_task", fail)
    with transaction.atomic():
        BatchItem.objects.create(batch=batch, position=6, record="case:hs-6")
        dispatch.send_batch(batch)
    assert batch.items.filter(state="waiting").count() == 6
    assert "việc chờ trong kho" in caplog.text


@pytest.mark.parametrize(
    ("rows", "size", "expected"),
    [
        (0, 250, 0),
        (1, 250, 1),
        (3, 250, 3),
        (10, 250, 4),
        (250, 250, 4),
        (2000, 250, 8),
        (10**6, 250, 8),
    ],
)
def test_a_million_items_ring_no_more_bells_than_two_thousand(
    rows: int, size: int, expected: int
) -> None:
    assert bell.bells(rows, size) == expected


def test_a_shift_rings_again_only_while_items_wait(
    batch: Batch, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shifts, "make_batch", lambda *_, **__: 0)
    shifts.work_on_batch(batch.pk)
    assert sent == [("docs.make_batch", [batch.pk])]
    Batch.objects.update(state="paused")
    shifts.work_on_batch(batch.pk)
    Batch.objects.update(state="running")
    batch.items.update(state="done")
    shifts.work_on_batch(batch.pk)
    assert len(sent) == 1


def test_an_absent_broker_has_nothing_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{taken.getsockname()[1]}/0")
        assert bell.unread() == 0


def test_tasks_take_ids_only_and_call_one_service() -> None:
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    names = {"docs.make_batch", "docs.make_files", "docs.make_forms", "pdf.convert", "pdf.view"}
    names |= {"intake.read", "upkeep.sweep", "upkeep.run"}
    assert set(ours) == names
    assert {name.partition(".")[0] for name in ours} <= set(QUEUES)
    hints = [
        parameter.annotation
        for task in ours.values()
        for parameter in inspect.signature(task.run).parameters.values()
    ]
    assert set(hints) == {"int", "list[int]"}
    bodies = [
        node.body
        for node in ast.parse(inspect.getsource(tasks)).body
        if isinstance(node, ast.FunctionDef)
    ]
    assert len(bodies) == len(ours)
    for body in bodies:
        after_docstring: Sequence[ast.stmt] = body[1:]
        assert [type(statement) for statement in after_docstring] == [ast.Expr]
