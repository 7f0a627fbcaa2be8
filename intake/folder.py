"""The drop folder: files that have settled are received, and only then moved aside.

Nothing is lost to a kill: a file leaves the folder after its bytes and row are on the disk; one that was received but
not moved is received again as the same bytes, and moved then.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError
from intake.guard import MAX_FILE
from intake.models import Arrival
from intake.services.receiving import Duplicate, New, receive
from records.models import UnionOrg

DONE = "da-nhan"
BAD = "khong-nhan"
#: Of programs that are still writing, and of Word's and Excel's locks.
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download", ".swp")
_LOCKS = ("~$", ".~lock.", ".")


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of one file of the folder: received, a copy of an earlier one, or refused with the reason."""

    path: Path
    outcome: New | Duplicate | None
    reason: str = ""
    moved: Path | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """A drop folder with its two places beside the incoming files."""

    path: Path
    settle: float = 2.0  # seconds without a change

    def prepare(self) -> None:
        """Make the folders. Raises UserError when they cannot be made."""
        try:
            for name in (DONE, BAD):
                (self.path / name).mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise UserError(
                f"Không dùng được thư mục nhận {self.path}: {fault.strerror}. Chọn thư mục ghi được.",
                code="unwritable",
                facts={"folder": str(self.path)},
            ) from fault

    def settled(self, now: float) -> Iterator[Path]:
        """Files that nobody is writing any more, oldest first. A file still open in Word has its lock beside it."""
        found: list[tuple[float, str]] = []
        with os.scandir(self.path) as entries:
            names = {entry.name: entry for entry in entries}
        for name, entry in names.items():
            if name.startswith(_LOCKS) or name.lower().endswith(_UNFINISHED):
                continue
            try:
                if not entry.is_file(follow_symlinks=False):
                    continue
                changed = entry.stat(follow_symlinks=False).st_mtime
            except OSError:
                continue  # gone meanwhile
            open_elsewhere = f"~${name[2:]}" in names or f".~lock.{name}#" in names
            # A clock that runs ahead of ours must not keep a file waiting for ever.
            if not open_elsewhere and abs(now - changed) >= self.settle:
                found.append((changed, name))
        for _, name in sorted(found):
            yield self.path / name

    def take(
        self, path: Path, *, actor: str, sender: UnionOrg | None, expect: str | None
    ) -> Dropped | None:
        """Receive one file and move it aside. None when it is gone, or changed while it was read.

        Raises Outage when the store does not take it: the file stays where it is.
        """
        try:
            before = path.stat()
            data = path.read_bytes() if before.st_size <= MAX_FILE else b""
            after = path.stat()
        except FileNotFoundError:
            return None
        except OSError as fault:
            return Dropped(path, None, f"Không đọc được tệp: {fault.strerror}.")
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            return None
        if before.st_size > MAX_FILE:
            return self._refuse(
                path,
                f"Tệp lớn quá {MAX_FILE // 2**20} MB. Hãy tách nhỏ hoặc giảm độ phân giải ảnh rồi gửi lại.",
            )
        try:
            outcome = receive(
                data,
                name=path.name,
                arrival=Arrival.FOLDER,
                actor=actor,
                sender=sender,
                expect=expect,
            )
        except UserError as fault:
            return self._refuse(path, fault.message)
        return Dropped(path, outcome, moved=self.move(path, DONE))

    def _refuse(self, path: Path, reason: str) -> Dropped:
        return Dropped(path, None, reason, self.set_aside(path, reason))

    def set_aside(self, path: Path, reason: str) -> Path:
        """Put a file among those not taken, with its reason beside it."""
        moved = self.move(path, BAD)
        moved.with_name(f"{moved.name}.ly-do.txt").write_text(f"{reason}\n", encoding="utf-8")
        return moved

    def move(self, path: Path, place: str) -> Path:
        """Move a file into one of the two places, never over another file there."""
        target = self.path / place / path.name
        for number in range(1, 10_000):
            try:
                # A link fails where the name is taken, so two processes cannot overwrite each other.
                os.link(path, target)
            except FileExistsError:
                target = self.path / place / f"{path.stem} ({number}){path.suffix}"
            except OSError:  # a file system without links
                path.replace(target)
                return target
            else:
                path.unlink(missing_ok=True)
                return target
        raise UserError(f"Quá nhiều tệp tên {path.name} trong {self.path / place}.", code="full")


def sweep_folder(
    folder: Folder,
    *,
    actor: str,
    sender: UnionOrg | None = None,
    expect: str | None = None,
    clock: Callable[[], float] = time.time,
) -> Iterator[Dropped]:
    """One round over the folder. Raises Outage when the store does not take a file."""
    for path in folder.settled(clock()):
        dropped = folder.take(path, actor=actor, sender=sender, expect=expect)
        if dropped is not None:
            yield dropped
