"""``python -m bench.faults.hosts``: three worker hosts, one killed and one cut off in the midst of a batch. As root.

Every host is a network namespace with a host name of its own; a fourth one is the centre, with a bridge, Redis and
PostgreSQL. All addresses exist in these namespaces only, which are removed at the end. The hosts share the folder of
the files, as they would an office's server.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from bench.faults.base import HEAD, Stores, outcome, write_section
from tests.faults.rig import Postgres, Redis

HOSTS = 3
NET = "10.77.0"
CENTRE = f"{NET}.1"
CUT_SECONDS = 12.0
INSIDE = "DOCGEN_BENCH_CENTRE"


def ip(*words: str, check: bool = True) -> None:
    subprocess.run(["ip", *words], check=check, stderr=None if check else subprocess.DEVNULL)


def host(tag: str, number: int) -> str:
    return f"{tag}-w{number}"


def make_network(tag: str) -> None:
    """The centre with its bridge, and a cable to every host."""
    centre = f"{tag}-c"
    ip("netns", "add", centre)
    ip("-n", centre, "link", "add", "br0", "type", "bridge")
    ip("-n", centre, "addr", "add", f"{CENTRE}/24", "dev", "br0")
    ip("-n", centre, "link", "set", "br0", "up")
    ip("-n", centre, "link", "set", "lo", "up")
    for number in range(1, HOSTS + 1):
        name = host(tag, number)
        ip("netns", "add", name)
        ip(
            "-n",
            centre,
            "link",
            "add",
            f"p{number}",
            "type",
            "veth",
            "peer",
            "name",
            "eth0",
            "netns",
            name,
        )
        ip("-n", centre, "link", "set", f"p{number}", "master", "br0", "up")
        ip("-n", name, "addr", "add", f"{NET}.{number + 10}/24", "dev", "eth0")
        ip("-n", name, "link", "set", "eth0", "up")
        ip("-n", name, "link", "set", "lo", "up")


def remove_network(tag: str) -> None:
    for name in [f"{tag}-c", *(host(tag, number) for number in range(1, HOSTS + 1))]:
        ip("netns", "del", name, check=False)


def on_host(tag: str, number: int) -> tuple[str, ...]:
    """The words before a command that run it on that host, under the host's name."""
    name = host(tag, number)
    named = 'hostname "$0" && exec "$@"'
    return ("ip", "netns", "exec", name, "unshare", "--uts", "sh", "-c", named, f"may-{number}")


def cut(tag: str, number: int) -> threading.Thread:
    """Pull the cable of a host for a while, beside what else happens."""

    def pull() -> None:
        ip("-n", f"{tag}-c", "link", "set", f"p{number}", "down")
        time.sleep(CUT_SECONDS)
        ip("-n", f"{tag}-c", "link", "set", f"p{number}", "up")

    thread = threading.Thread(target=pull)
    thread.start()
    return thread


def run_inside(tag: str, items: int) -> None:
    """The run itself, in the namespace of the centre."""
    with tempfile.TemporaryDirectory(prefix="docgen-hosts-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = Postgres(folder / "pg", host=CENTRE).start()
        redis = Redis(folder / "redis", append_only=True, host=CENTRE).start()
        started: list[subprocess.Popen[bytes]] = []
        try:
            run = Stores(folder, items, postgres).copy(on_postgres=True)
            home = run.home
            home.more["REDIS_URL"] = redis.url
            started = home.started
            workers = [
                home.start("worker", "--concurrency", "1", before=on_host(tag, number))
                for number in range(1, HOSTS + 1)
            ]
            began = time.monotonic()
            with run.watch().watching() as watch:
                home.docgen("batch", "run", run.batch)
                run.reaches(items // 5)
                names = {
                    str(row[0]).split(":")[0]
                    for row in home.rows(
                        "SELECT DISTINCT claimed_by FROM docgen_batchitem WHERE state = 'running'"
                    )
                }
                print("hosts at work:", sorted(names), flush=True)
                cable = cut(tag, 2)
                run.reaches(items * 2 // 5)
                os.killpg(workers[0].pid, signal.SIGKILL)
                run.status()
                cable.join()
                run.status()
                run.reaches(items)
                seconds = time.monotonic() - began
            found = outcome(run, watch, seconds)
        finally:
            for worker in started:
                with suppress(ProcessLookupError):
                    os.killpg(worker.pid, signal.SIGKILL)
            redis.kill()
            postgres.server("stop")
    said = (
        f"{items} founding decisions, PostgreSQL and Redis on a fourth host, each host a network namespace with a name "
        f"of its own on a bridge, one worker process each. Host 2 cut off for {CUT_SECONDS:.0f} s from a fifth of the "
        "batch on; host 1 killed for good at two fifths. Lease 20 s, sweep every 2 s: the rows that the killed host "
        "held are free when their lease ends, as nobody on another machine can know that it died."
    )
    table = [f"| {HEAD}", "|--:|--:|--:|--:|---|---|--:|", f"| {found.cells()} |"]
    write_section("Three worker hosts", [said, "", *table])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1500)
    items = parser.parse_args().items
    if tag := os.environ.get(INSIDE):
        run_inside(tag, items)
        return
    if os.getuid() != 0:
        raise SystemExit("needs root: network namespaces")
    tag = f"dg{os.getpid()}"
    try:
        make_network(tag)
        words = ["ip", "netns", "exec", f"{tag}-c", sys.executable, "-m", "bench.faults.hosts"]
        ended = subprocess.run(
            [*words, "--items", str(items)], env={**os.environ, INSIDE: tag}, check=False
        )
    finally:
        remove_network(tag)
    raise SystemExit(ended.returncode)


if __name__ == "__main__":
    main()
