"""Conversions for tests: small Word files with their rows, and the LibreOffice that works on them."""

from __future__ import annotations

import time
from pathlib import Path

from docgen.models import Conversion
from docgen.templates import DOCX
from registry.files import NewFile, store_many
from tests.docgen.engine import make


def word(text: str) -> bytes:
    return make.template(text)


def torn(text: str) -> bytes:
    """A package that opens and whose body breaks off."""
    whole = word(text)
    body = make.members(whole)["word/document.xml"]
    return make.with_members(whole, {"word/document.xml": body[:-40]})


def rows(*words: bytes) -> list[Conversion]:
    stored = store_many(
        NewFile(data, DOCX, f"{number}-QĐ.docx") for number, data in enumerate(words)
    )
    return [Conversion.objects.create(source=source) for source in stored]


def states(jobs: list[Conversion]) -> list[str]:
    return [Conversion.objects.get(pk=job.pk).state for job in jobs]


def soffice_pids(root: Path) -> list[int]:
    """Processes of LibreOffice whose profile lies below the folder."""
    option = f"-env:UserInstallation={root.absolute().as_uri()}/".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            # The kernel shows nothing of a process that is ending.
            if (
                option in (entry / "cmdline").read_bytes()
                and b"soffice.bin" in (entry / "cmdline").read_bytes()
            ):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def wait_for_soffice(root: Path) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := soffice_pids(root):
            return found[0]
        time.sleep(0.01)
    raise AssertionError("LibreOffice did not start")
