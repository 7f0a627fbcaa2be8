from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from docgen.models import Batch, BatchItem, JobState
from tests.workers.conftest import wait_for
from workers import metrics
from workers.broker import ensure_broker, stop_broker
from workers.exposition import Family, exposition
from workers.metrics import broker_families, database_families, job_tables, metrics_text

#: The grammar of the text format: a sample is a name, labels in braces, a number.
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
SAMPLE = re.compile(rf"([a-zA-Z_][a-zA-Z0-9_]*)(?:\{{{LABEL}(?:,{LABEL})*\}})? (-?[0-9.e+-]+)")
HELP = re.compile(r"# (?:HELP [a-z_]+ .+|TYPE [a-z_]+ (?:gauge|counter))")


def samples(text: str) -> dict[str, float]:
    """Every sample line by what stands before its number; the text must follow the grammar."""
    assert text.endswith("\n")
    found = {}
    for line in text.splitlines():
        if line.startswith("#"):
            assert HELP.fullmatch(line), line
            continue
        assert SAMPLE.fullmatch(line), line
        name, _, value = line.rpartition(" ")
        assert name not in found
        found[name] = float(value)
    return found


def values() -> dict[str, float]:
    return samples(exposition(database_families()))


def test_labels_are_escaped_and_whole_numbers_stay_whole() -> None:
    family = Family("docgen_x", 'dòng một\nhai "ba"')
    family.add(12_345_678_901, code='a"b\\c\nd')
    family.add(0.25, code="Công ty")
    text = exposition([family, Family("docgen_empty", "nothing")])
    assert text.splitlines() == [
        '# HELP docgen_x dòng một\\nhai "ba"',
        "# TYPE docgen_x gauge",
        'docgen_x{code="a\\"b\\\\c\\nd"} 12345678901',
        'docgen_x{code="Công ty"} 0.25',
    ]
    assert samples(text)
    with pytest.raises(ValueError, match="not the name"):
        exposition([Family("docgen-x", "", samples=[({}, 1)])])


def test_rows_are_counted_by_state_age_rate_and_reason(batch: Batch, item_ids: list[int]) -> None:
    now = timezone.now()
    rows = BatchItem.objects
    rows.filter(pk=item_ids[0]).update(queued_at=now - timedelta(minutes=10))
    rows.filter(pk=item_ids[1]).update(state=JobState.DONE, finished_at=now)
    rows.filter(pk=item_ids[2]).update(state=JobState.DONE, finished_at=now - timedelta(hours=1))
    rows.filter(pk=item_ids[3]).update(state=JobState.FAILED, error_code="data_incomplete")
    rows.filter(pk=item_ids[4]).update(
        state=JobState.RUNNING, lease_until=now - timedelta(seconds=1)
    )
    found = values()
    counts = {s: found[f'docgen_jobs{{table="batchitem",state="{s}"}}'] for s in JobState.values}
    assert counts == {"waiting": 1, "running": 1, "done": 2, "failed": 1}
    assert found['docgen_jobs_done_per_minute{table="batchitem"}'] == 1
    assert found['docgen_jobs_lease_over{table="batchitem"}'] == 1
    assert found['docgen_jobs_failed{table="batchitem",code="data_incomplete"}'] == 1
    assert found['docgen_oldest_waiting_seconds{table="batchitem"}'] >= 600
    assert found['docgen_batches{state="running"}'] == 1
    assert abs(found["docgen_clock_ahead_seconds"]) < 60


def test_what_waits_in_a_paused_batch_is_not_late(batch: Batch) -> None:
    batch.items.update(queued_at=timezone.now() - timedelta(days=3))
    Batch.objects.update(state="paused")
    assert values()['docgen_oldest_waiting_seconds{table="batchitem"}'] == 0


def test_every_table_of_claimable_rows_is_counted() -> None:
    assert {"rendering", "batchitem"} <= set(job_tables())


@pytest.mark.django_db
def test_the_broker_is_asked_and_not_started(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert samples(exposition(broker_families(home))) == {"docgen_broker_up": 0}
    assert not (home / "broker").exists()
    ensure_broker(home)
    client = metrics.connect(metrics.broker_address(home))
    client.rpush("pdf", "message")
    client.close()
    found = samples(metrics_text(home))
    assert found["docgen_broker_up"] == 1
    assert found['docgen_queue_messages{queue="pdf"}'] == 1
    assert found['docgen_queue_messages{queue="docs"}'] == 0
    assert found["docgen_unacknowledged_messages"] == 0
    stop_broker(home)
    assert wait_for(lambda: samples(metrics_text(home))["docgen_broker_up"] == 0)


def test_a_wrong_address_is_a_broker_that_is_down(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "http://queue.example")
    assert samples(exposition(broker_families(home))) == {"docgen_broker_up": 0}
