"""The drop folder: only settled files, moved after they are kept; the reason beside what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.errors import Outage
from intake import folder as folder_module
from intake.folder import BAD, DONE, Folder, sweep_folder
from intake.models import ReceivedFile
from intake.services.receiving import Duplicate, New
from registry.files import read
from tests.intake.forms import word_form
from tests.intake.returns import OFFICER

pytestmark = pytest.mark.django_db
NOW = 1_700_000_000.0


@pytest.fixture
def place(tmp_path: Path, settings) -> Folder:
    settings.FILES_DIR = tmp_path / "kho"
    drop = tmp_path / "thư mục nhận"
    drop.mkdir()
    made = Folder(drop, settle=3.0)
    made.prepare()
    return made


def put(place: Folder, name: str, data: bytes = b"", *, age: float = 60.0) -> Path:
    path = place.path / name
    path.write_bytes(
        data or word_form("enterprise_survey", {"enterprise_name": f"Hợp tác xã {name}"})
    )
    os.utime(path, (NOW - age, NOW - age))
    return path


def swept(place: Folder) -> dict[str, object]:
    found = sweep_folder(place, actor=OFFICER, clock=lambda: NOW)
    return {one.path.name: one for one in found}


def names(place: Folder, part: str = "") -> list[str]:
    return sorted(path.name for path in (place.path / part).iterdir() if path.is_file())


def test_a_settled_file_is_kept_then_moved(place: Folder) -> None:
    data = put(place, "phiếu khảo sát.docx").read_bytes()
    found = swept(place)
    assert isinstance(found["phiếu khảo sát.docx"].outcome, New)
    assert read(ReceivedFile.objects.get().file) == data
    assert names(place) == []
    assert names(place, DONE) == ["phiếu khảo sát.docx"]
    assert swept(place) == {}


def test_what_is_still_written_or_open_waits(place: Folder) -> None:
    put(place, "dang-chep.docx", age=1.0)
    put(place, "tai-ve.docx.part")
    put(place, "~$u.docx")
    put(place, "phieu.docx")  # ~$ieu.docx: Word has it open
    put(place, "~$ieu.docx")
    put(place, "bang.xlsx")
    put(place, ".~lock.bang.xlsx#")
    (place.path / "thu-muc-con").mkdir()
    (place.path / "lien-ket.docx").symlink_to("/etc/hostname")
    assert swept(place) == {}
    assert ReceivedFile.objects.count() == 0
    (place.path / "~$ieu.docx").unlink()
    assert set(swept(place)) == {"phieu.docx"}


def test_a_clock_that_runs_ahead_keeps_no_file_waiting(place: Folder) -> None:
    put(place, "ngay-mai.docx", age=-86_400.0)
    assert set(swept(place)) == {"ngay-mai.docx"}


def test_a_name_that_is_taken_gets_a_number(place: Folder) -> None:
    put(place, "phieu.docx", b"the first")
    swept(place)
    put(place, "phieu.docx", b"another")
    swept(place)
    assert names(place, DONE) == ["phieu (1).docx", "phieu.docx"]
    assert (place.path / DONE / "phieu.docx").read_bytes() == b"the first"


def test_the_same_bytes_again_are_moved_and_change_nothing(place: Folder) -> None:
    data = put(place, "phieu.docx").read_bytes()
    swept(place)
    put(place, "phieu-gui-lai.docx", data)
    found = swept(place)
    assert isinstance(found["phieu-gui-lai.docx"].outcome, Duplicate)
    assert ReceivedFile.objects.count() == 1
    assert names(place) == []


def test_what_is_refused_is_set_aside_with_its_reason(place: Folder) -> None:
    path = place.path / "trong.docx"
    path.touch()
    os.utime(path, (NOW - 60, NOW - 60))
    found = swept(place)
    assert found["trong.docx"].outcome is None
    assert names(place, BAD) == ["trong.docx", "trong.docx.ly-do.txt"]
    assert "trống" in (place.path / BAD / "trong.docx.ly-do.txt").read_text(encoding="utf-8")


def test_a_store_that_does_not_take_a_file_leaves_it_where_it_is(
    place: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(place, "phieu.docx")

    def full(*_: object, **__: object) -> None:
        raise Outage("Đĩa đầy.")

    monkeypatch.setattr(folder_module, "receive", full)
    with pytest.raises(Outage):
        swept(place)
    assert names(place) == ["phieu.docx"]


def test_received_but_not_moved_is_moved_the_next_time(
    place: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill between the two."""
    put(place, "phieu.docx")
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "move", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            swept(place)
    assert ReceivedFile.objects.count() == 1
    assert isinstance(swept(place)["phieu.docx"].outcome, Duplicate)
    assert names(place) == []
    assert ReceivedFile.objects.count() == 1
