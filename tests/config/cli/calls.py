"""A call of the command line in this process, or as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from config.cli.main import docgen
from config.cli.output import run_guarded

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-c", "from config.cli.main import main; main()"]


@dataclass(frozen=True)
class Answer:
    """What a call left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error in the shape of contract.md §2, and nothing beside it."""
        body = self.json
        assert set(body) == {"error"}
        assert set(body["error"]) == {"code", "message", "facts"}
        assert isinstance(body["error"]["facts"], dict)
        return dict(body["error"])


class Caller:
    """Calls in this process, with stdout and stderr apart."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: object) -> Answer:
        self.capsys.readouterr()
        code = run_guarded(docgen, [str(argument) for argument in arguments])
        out, err = self.capsys.readouterr()
        return Answer(code, out, err)


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a new process with its own store and no servers."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.partition("_FILE")[0] not in {"DATABASE_URL", "REDIS_URL", "DOCGEN_SECRET_KEY"}
    }
    return {**kept, "DOCGEN_HOME": str(home), "PYTHONPATH": str(ROOT), **more}


def process(home: Path, *arguments: str, stdin: bytes = b"", **more: str) -> Answer:
    """The real command as an office would start it."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        env=environment(home, **more),
        timeout=120,
        check=False,
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
