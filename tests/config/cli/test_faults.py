"""What nobody foresaw, servers and disks that don't answer, readers that have gone: never a trace."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import click
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError, IntegrityError, OperationalError

from config.cli.faults import known_outage
from config.cli.output import run_guarded
from core.errors import Conflict
from tests.config.cli.calls import COMMAND, Answer, Caller, environment, process


def raising(fault: BaseException) -> click.Command:
    def work() -> None:
        raise fault

    return click.Command(
        "việc", callback=work, params=[click.Option(["--json"], is_flag=True, expose_value=False)]
    )


def guarded(fault: BaseException, capsys: pytest.CaptureFixture[str], *arguments: str) -> Answer:
    code = run_guarded(raising(fault), list(arguments))
    out, err = capsys.readouterr()
    return Answer(code, out, err)


@pytest.fixture
def logs(tmp_path: Path, settings: object) -> Path:
    settings.LOGS_DIR = tmp_path / "logs"  # type: ignore[attr-defined]
    return tmp_path / "logs"


def test_an_unforeseen_fault_is_a_sentence_and_its_trace_is_logged(
    capsys: pytest.CaptureFixture[str], logs: Path
) -> None:
    told = guarded(KeyError("Lò Văn Ín"), capsys)
    assert (told.code, told.out) == (3, "")
    assert told.err.startswith("Lỗi: Chương trình gặp lỗi không lường trước")
    assert "Traceback" not in told.err
    log = (logs / "docgen.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "KeyError: 'Lò Văn Ín'" in log
    assert str(logs / "docgen.log") in told.err


def test_an_unforeseen_fault_as_json(capsys: pytest.CaptureFixture[str], logs: Path) -> None:
    told = guarded(ZeroDivisionError(), capsys, "--json")
    assert (told.code, told.err) == (3, "")
    assert told.error["code"] == "fault"
    assert told.error["facts"] == {"type": "ZeroDivisionError", "log": str(logs / "docgen.log")}


def test_faults_are_kept_one_after_the_other(
    capsys: pytest.CaptureFixture[str], logs: Path
) -> None:
    guarded(ValueError("một"), capsys)
    guarded(ValueError("hai"), capsys)
    log = (logs / "docgen.log").read_text(encoding="utf-8")
    assert log.index("một") < log.index("hai")


def test_without_a_place_for_logs_the_trace_goes_to_a_file_of_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: object
) -> None:
    (tmp_path / "tệp").write_text("")
    settings.LOGS_DIR = tmp_path / "tệp" / "logs"  # type: ignore[attr-defined]
    told = guarded(ValueError("một"), capsys, "--json")
    log = Path(str(told.error["facts"]["log"]))
    assert "ValueError: một" in log.read_text(encoding="utf-8")
    log.unlink()


def test_an_expected_error_keeps_its_code_and_facts(capsys: pytest.CaptureFixture[str]) -> None:
    fault = Conflict(
        "Số đã cấp.", facts={"missing": ["signer_name"], "wrong": {"date": "lùi ngày"}}
    )
    told = guarded(fault, capsys, "--json")
    assert told.code == 2
    assert told.error == {"code": "conflict", "message": "Số đã cấp.", "facts": fault.facts}
    plain = guarded(fault, capsys)
    assert plain.err == "Lỗi: Số đã cấp.\n  Thiếu: signer_name\n  date: lùi ngày\n"


def test_interruption_by_the_user(capsys: pytest.CaptureFixture[str]) -> None:
    told = guarded(KeyboardInterrupt(), capsys)
    assert told.code == 3
    assert "Đã dừng theo yêu cầu" in told.err


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (OperationalError("attempt to write a readonly database"), "database", "quyền ghi"),
        (OperationalError("unable to open database file"), "database", "không mở được"),
        (OperationalError("database or disk is full"), "database", "đã đầy"),
        (OperationalError("database is locked"), "database", "một lệnh khác đang ghi"),
        (DatabaseError("database disk image is malformed"), "database", "bản sao lưu"),
        (OperationalError("gì đó"), "database", "docgen doctor"),
        (OSError(errno.ENOSPC, "No space left", "kho/files/a"), "storage", "ổ đĩa đã đầy"),
        (PermissionError(errno.EACCES, "Permission denied", "kho"), "storage", "không có quyền"),
        (ImproperlyConfigured("DATABASE_URL không đúng."), "settings", "DATABASE_URL không đúng."),
    ],
)
def test_outages_say_what_to_do(
    fault: Exception, code: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    told = known_outage(fault)
    assert told is not None
    assert (told.exit_code, told.code) == (3, code)
    assert said in told.message


def test_a_broken_rule_of_the_database_is_our_fault_not_an_outage() -> None:
    assert known_outage(IntegrityError("UNIQUE constraint failed")) is None
    assert known_outage(OSError(errno.EINVAL, "Invalid argument")) is None


@pytest.mark.parametrize("arguments", [["schema", "plan"], ["--help"], ["kinds"], ["mak"]])
def test_a_reader_that_has_gone_is_no_fault(tmp_path: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        done = subprocess.run(
            [*COMMAND, *arguments],
            stdout=gone,
            stderr=subprocess.PIPE,
            env=environment(tmp_path / "kho"),
            check=False,
            timeout=60,
        )
    told = done.stderr.decode()
    assert "Traceback" not in told
    assert "BrokenPipe" not in told
    assert "Exception ignored" not in told


def test_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    told = process(tmp_path / "tệp" / "kho", "records", "show", "--json")
    assert (told.code, told.err) == (3, "")
    assert told.error["code"] == "storage"
    assert str(tmp_path / "tệp" / "kho") in told.error["message"]


def test_a_damaged_store(tmp_path: Path) -> None:
    (tmp_path / "docgen.sqlite3").write_bytes(b"khong phai co so du lieu " * 100)
    told = process(tmp_path, "records", "show", "--json")
    assert (told.code, told.err) == (3, "")
    assert told.error["code"] == "database"
    assert "bản sao lưu" in told.error["message"]
    assert process(tmp_path, "doctor").code == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"DATABASE_URL": "không-phải-địa-chỉ"}, "DATABASE_URL không đúng"),
        ({"DATABASE_URL_FILE": "/khong/co"}, "DATABASE_URL_FILE"),
        ({"DATABASE_URL": "postgres://a:b@127.0.0.1:1/x"}, "máy chủ đang chạy"),
    ],
)
def test_settings_that_lead_nowhere(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    told = process(tmp_path, "records", "show", "--json", **settings)
    assert (told.code, told.err) == (3, "")
    assert said in told.error["message"]
    assert "a:b@" not in told.out


def test_the_exit_of_a_call_without_an_error_is_nought(call: Caller) -> None:
    assert call("kinds").code == 0
