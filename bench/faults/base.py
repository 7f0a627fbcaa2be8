"""What the long fault runs share: a loaded store that is copied for every run, and the table of results."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.faults import home as homes
from tests.faults.home import ROOT, Home
from tests.faults.rig import Postgres, Run, Watch

#: A large batch on a busy machine takes its time.
homes.PATIENCE_SECONDS = 1800.0
RESULT = ROOT / "bench" / "results" / "faults.md"


@dataclass
class Stores:
    """The store that all runs begin with, on SQLite and on PostgreSQL: a batch of so many items, not yet run."""

    folder: Path
    items: int
    postgres: Postgres | None
    made: int = 0

    def template(self, *, on_postgres: bool) -> Home:
        """Made once for each database."""
        name = "mau_postgresql" if on_postgres else "mau_sqlite"
        home = Home(self.folder / name)
        if on_postgres:
            assert self.postgres is not None
            home.database_url = self.postgres.url(name)
        if not home.path.exists():
            home.path.mkdir()
            if on_postgres:
                assert self.postgres is not None
                self.postgres.database(name)
            home.inside("load")
            home.inside("grow", str(self.items))
            Run(home, self.items).create()
        return home

    def copy(self, *, on_postgres: bool) -> Run:
        """A copy for one run."""
        template = self.template(on_postgres=on_postgres)
        self.made += 1
        home = Home(self.folder / f"kho-{self.made}")
        shutil.copytree(template.path, home.path)
        if on_postgres:
            assert self.postgres is not None
            home.database_url = self.postgres.database(
                home.path.name.replace("-", "_"), template.path.name
            )
        home.more |= {"DOCGEN_SWEEP_SECONDS": "2", "DOCGEN_LEASE_SECONDS": "20"}
        home.more["DOCGEN_BATCH_CHUNK"] = "10"  # so that a fault strikes between chunks, too
        return Run(home, self.items, "1")


@dataclass(frozen=True)
class Outcome:
    """What a run came to; lost, doubled and faults must be nought."""

    done: int
    lost: int
    doubled: int
    again: int
    faults: list[str]
    wrong: list[str]
    seconds: float

    def cells(self) -> str:
        looks = "right" if not self.wrong else f"WRONG: {self.wrong[0]}"
        proof = "whole" if not self.faults else f"FAULT: {self.faults[0]}"
        return f"{self.done} | {self.lost} | {self.doubled} | {self.again} | {proof} | {looks} | {self.seconds:.0f}"


HEAD = "done | lost | doubled | begun again | numbers, register, files, hashes | status at every moment | s |"


def outcome(run: Run, watch: Watch, seconds: float) -> Outcome:
    """Sign, number, finish, and look at rows and files."""
    home = run.home
    done = run.done()
    home.docgen("batch", "sign", run.batch)
    home.docgen("batch", "issue", run.batch)
    proof = home.audit(run.batch)
    papers = home.count(
        "docgen_document",
        f"record IN (SELECT record FROM docgen_batchitem WHERE batch_id = {run.batch})",
    )
    return Outcome(
        done=done,
        lost=run.total - len(proof["papers"]),
        doubled=max(0, papers - run.total),
        again=home.count("docgen_batchitem", f"batch_id = {run.batch} AND attempt > 1"),
        faults=proof["faults"],
        wrong=watch.wrong,
        seconds=seconds,
    )


def write_section(title: str, lines: list[str]) -> None:
    """Put a section of the results in the place of the one with the same title."""
    day = datetime.now(tz=UTC).date().isoformat()
    where = f"{day}, Python {platform.python_version()}, {os.cpu_count()} cores shared with others"
    section = "\n".join(
        [f"## {title}", "", f"{where}, load {os.getloadavg()[1]:.1f}.", "", *lines, ""]
    )
    old = RESULT.read_text(encoding="utf-8") if RESULT.exists() else "# Faults\n"
    parts = [part for part in old.split("\n## ") if not part.startswith(f"{title}\n")]
    RESULT.write_text("\n## ".join(parts).rstrip() + "\n\n" + section, encoding="utf-8")
    print(section)
