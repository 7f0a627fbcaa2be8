"""The tour of README.md: every command shown is carried out, in its order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import docx
import pytest

from docgen.services.batches import (
    create_batch,
    files_of,
    issue_batch,
    run_item,
    sign_batch,
    start_batch,
)
from records.models import Campaign
from records.sample import load_sample
from tests.config.cli.calls import ROOT, Caller
from workers.dispatch import make_files_now
from workers.sample_run import prepare_series
from workers.stages import campaign_stages

pytestmark = pytest.mark.django_db


def shown() -> list[str]:
    """The lines of the tour."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?ms)^```sh\n(.+?)^```$", text)
    return [line for block in blocks for line in block.splitlines()]


def first_stage() -> int:
    """The number of the first batch. What `./run` has done first: the plan of 2024 under its number."""
    load_sample()
    prepare_series(actor="văn thư")
    campaign = Campaign.objects.get(code="ptdv-2024")
    stage = campaign_stages(campaign)[0]
    batch = create_batch(
        campaign, kind=stage.kind, where=stage.where, intended_on=stage.on, actor="văn thư"
    )
    for item in start_batch(batch):
        run_item(item)
    sign_batch(batch, signer=None, actor="văn thư")
    issue_batch(batch, on=None, actor="văn thư")
    make_files_now(files_of(batch))
    return batch.pk


def test_the_tour(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.chdir(tmp_path)
    first = first_stage()
    call = Caller(capsys)
    lines = shown()
    assert len(lines) > 12
    for line in lines:
        words, _, target = line.partition(" > ")
        program, *arguments = shlex.split(words)
        assert program == "docgen"
        if arguments[0] == "batch":  # PostgreSQL goes on counting after other tests
            arguments[2] = str(first)
        told = call(*arguments)
        open_facts = arguments == ["doctor", "--unverified"]
        assert told.code == (1 if open_facts else 0), (line, told.out, told.err)
        assert told.out
        if target:
            Path(target).write_text(told.out, encoding="utf-8")
    made = {path.name for path in tmp_path.iterdir() if path.is_file()}
    named = {
        word
        for line in lines
        for word in line.split()
        if re.fullmatch(r"[a-z0-9-]+\.\w{3,4}", word)
    }
    assert named <= made
    assert docx.Document(str(tmp_path / "ke-hoach.docx")).tables
