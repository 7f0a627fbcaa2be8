"""Checks the locks: hashes everywhere, no address, every direct need pinned, all locks of one mind.

``python -m tools.check_locks`` prints the faults and exits 1 when there are any.
"""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Each lock holds every pin of the one before it.
PAIRS = (
    ("requirements.in", "requirements.txt"),
    ("requirements-s3.in", "requirements-s3.txt"),
    ("requirements-dev.in", "requirements-dev.txt"),
)
_ADDRESS = re.compile(r"[a-z+]+://|@ |--(?:extra-)?index-url|--find-links|--trusted-host")
_NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^ ;\\]+)")


def canonical(name: str) -> str:
    """The name of a package as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needs(root: Path, name: str) -> set[str]:
    """Packages named in an .in file and in those it includes with -r."""
    found: set[str] = set()
    for line in (root / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found |= needs(root, line[3:].strip())
        elif match := _NAME.match(line):
            found.add(canonical(match[1]))
    return found


def pins(text: str) -> dict[str, set[str]]:
    """Package to the versions that a lock pins (several when they differ by platform)."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if match := _PIN.match(line):
            found.setdefault(canonical(match[1]), set()).add(match[2])
    return found


def lock_faults(root: Path, source: str, lock: str) -> list[str]:
    """Faults of one lock against its .in file, as Vietnamese sentences."""
    text = (root / lock).read_text(encoding="utf-8")
    faults = [
        f"{lock}:{number}: có địa chỉ hay tùy chọn kho gói: {line.strip()}"
        for number, line in enumerate(text.splitlines(), start=1)
        if _ADDRESS.search(line)
    ]
    pinned = pins(text)
    faults += [
        f"{lock}: thiếu {name} (có trong {source}); chạy tools/lock"
        for name in sorted(needs(root, source) - pinned.keys())
    ]
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", text)
    faults += [
        f"{lock}: {entry.split()[0]} không có mã băm"
        for entry in entries
        if _PIN.match(entry) and "--hash=sha256:" not in entry
    ]
    return faults


def problems(root: Path = ROOT) -> list[str]:
    """All faults of the locks, as Vietnamese sentences."""
    faults = [fault for source, lock in PAIRS for fault in lock_faults(root, source, lock)]
    found = [(lock, pins((root / lock).read_text(encoding="utf-8"))) for _, lock in PAIRS]
    faults += [
        f"{wide}: {name} khác bản trong {narrow}; chạy tools/lock"
        for (narrow, fewer), (wide, more) in pairwise(found)
        for name, versions in sorted(fewer.items())
        if more.get(name) != versions
    ]
    return faults


def main() -> int:
    """Print the faults; 1 when there are any."""
    faults = problems()
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
