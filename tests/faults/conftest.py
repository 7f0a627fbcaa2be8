"""Stores of the sample, loaded once and copied for every test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.faults.home import JOB, Home
from tests.faults.rig import Redis, Run

#: Items of a batch that is disturbed: enough that every fault strikes in its midst.
ITEMS = 40
#: Taken at once: few, for the same reason.
CHUNK = "3"


def _sql(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement)  # type: ignore[call-overload]


def _database(name: str, template: str = "") -> str:
    """A new PostgreSQL database (a copy of ``template``) when the run is on PostgreSQL; else nothing."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    _sql(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _drop(name: str) -> None:
    if server := os.environ.get("DATABASE_URL", ""):
        _sql(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A store with the sample's records and no paper; only ever copied."""
    name = f"faults_{os.getpid()}_loaded"
    home = Home(tmp_path_factory.mktemp("loaded") / "kho")
    home.path.mkdir()
    home.database_url = _database(name)
    home.inside("load")
    yield home
    _drop(name)


class NewHome(Protocol):
    """Makes copies of a store."""

    def __call__(self, template: Home | None = None, *, blank: bool = False) -> Home: ...


@pytest.fixture(scope="session")
def new_home(loaded: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewHome]:
    """Makes copies of the loaded store, or of another one that nobody uses; or an empty one."""
    made: list[tuple[Home, str]] = []

    def make(template: Home | None = None, *, blank: bool = False) -> Home:
        source = template or loaded
        name = f"faults_{os.getpid()}_{len(made)}"
        home = Home(tmp_path_factory.mktemp("faults") / "kho dữ liệu")
        if blank:
            home.path.mkdir()
            home.database_url = _database(name)
        else:
            shutil.copytree(source.path, home.path)
            home.database_url = _database(name, urlsplit(source.database_url).path[1:])
        made.append((home, name))
        return home

    yield make
    for home, name in made:
        home.clean_up()
        _drop(name)


@pytest.fixture
def store(new_home: NewHome) -> Iterator[Home]:
    """A store of the test's own."""
    home = new_home()
    yield home
    home.clean_up()


@pytest.fixture(scope="session")
def finished(new_home: NewHome) -> Home:
    """The store after an undisturbed run."""
    home = new_home()
    home.docgen(*JOB)
    return home


@pytest.fixture(scope="session")
def undisturbed(finished: Home) -> dict[str, Any]:
    """What an undisturbed run leaves."""
    return finished.dump()


@pytest.fixture(scope="session")
def grown(new_home: NewHome) -> Run:
    """The loaded store with ITEMS more cases and a batch of their decisions, not yet run; only ever copied."""
    home = new_home()
    home.inside("grow", str(ITEMS))
    return Run(home, ITEMS).create()


@pytest.fixture
def large(grown: Run, new_home: NewHome) -> Iterator[Run]:
    """A batch of ITEMS papers in a store of the test's own, which sweeps every two seconds."""
    home = new_home(grown.home)
    home.more |= {"DOCGEN_SWEEP_SECONDS": "2", "DOCGEN_BATCH_CHUNK": CHUNK}
    yield Run(home, ITEMS, grown.batch)
    home.clean_up()


@pytest.fixture(scope="session")
def calm(grown: Run, new_home: NewHome) -> dict[str, Any]:
    """What the batch leaves when nothing happens to it, made without any worker."""
    run = Run(new_home(grown.home), ITEMS, grown.batch)
    run.home.docgen("batch", "run", run.batch, "--here")
    return run.issue_and_prove()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[Redis]:
    """A Redis in service without its append-only file: killed, it has forgotten everything."""
    server = Redis(tmp_path / "redis", append_only=False).start()
    yield server
    server.kill()
