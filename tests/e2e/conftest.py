"""A real desk: `docgen desk` with its worker on a sample store of its own, and Debian's chromium before it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from web.setup.sample_accounts import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREEN = (1366, 768)
PHONE = (390, 800)
#: Milliseconds for one step of a page; pages answer in tenths of a second on a quiet machine.
PATIENCE = 60_000


@dataclass
class Desk:
    """A running desk: where it is, its store, and what its pages asked for that was not on this machine."""

    address: str
    home: Path
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_URL", "REDIS_URL"))}
    return kept | {"DOCGEN_HOME": str(home), "PYTHONPATH": str(ROOT)}


def begin(home: Path, *arguments: str) -> tuple[subprocess.Popen[str], str]:
    """Start `docgen desk` on a free port; gives the process and its address."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", "from config.cli.main import main; main()", "desk", "--port", "0", *arguments],
        cwd=ROOT, env=environment(home), stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Bàn làm việc: "):
            return process, line.removeprefix("Bàn làm việc: ").strip().rstrip("/")
    raise AssertionError(f"the desk did not start: {process.wait()}")


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert process.stdout is not None
    process.stdout.close()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample store with accounts, made once in this process."""
    home = tmp_path_factory.mktemp("ban") / "kho"
    process, _ = begin(home)
    end(process)
    return home


@pytest.fixture(scope="module")
def desk(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of this module on a copy of the sample store."""
    home = tmp_path_factory.mktemp("desk") / "kho"
    shutil.copytree(sample_home, home, ignore=shutil.ignore_patterns("broker"))
    process, address = begin(home)
    running = Desk(address, home)
    yield running
    end(process)
    assert running.strangers == [], "a page asked for something that is not on this machine"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium. Ended with its module: while playwright has its loop, Django refuses the database here."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


Enter = Callable[..., Page]


@pytest.fixture
def enter(desk: Desk, browser: Browser) -> Iterator[Enter]:
    """Opens a page signed in as a sample account: ``enter("vanthu")``; on a phone with ``screen=PHONE``."""
    contexts: list[BrowserContext] = []

    def open_page(username: str, *, screen: tuple[int, int] = SCREEN) -> Page:
        context = browser.new_context(
            viewport={"width": screen[0], "height": screen[1]}, locale="vi-VN", base_url=desk.address,
            accept_downloads=True,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("request", lambda request: note_stranger(desk, request))
        page.on("pageerror", lambda fault: desk.complaints.append(str(fault)))
        page.goto("/dang-nhap/")
        page.fill("#id_username", username)
        page.fill("#id_password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/*")
        return page

    yield open_page
    for context in contexts:
        context.close()


def note_stranger(desk: Desk, request: Request) -> None:
    parts = urlsplit(request.url)
    if parts.scheme in ("data", "blob") or request.url.startswith(desk.address):
        return
    desk.strangers.append(request.url)
