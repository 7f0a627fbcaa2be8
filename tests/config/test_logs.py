from __future__ import annotations

import logging
import stat
import sys
from pathlib import Path

from config.logs import OneLine, StoreLog


def failed() -> logging.LogRecord:
    try:
        int("Lò Văn Ín")
    except ValueError:
        return logging.LogRecord(
            "workers.jobs", logging.ERROR, __file__, 1, "việc %d dừng", (7,), sys.exc_info()
        )


def test_the_terminal_gets_the_message_and_the_store_the_trace(tmp_path: Path) -> None:
    record = failed()
    assert OneLine("%(levelname)s %(message)s").format(record) == "ERROR việc 7 dừng"
    log = tmp_path / "kho" / "docgen.log"
    StoreLog(log).emit(record)
    StoreLog(log).emit(record)
    text = log.read_text(encoding="utf-8")
    assert text.count("ValueError: invalid literal") == 2
    assert text.startswith("việc 7 dừng\nTraceback")
    assert stat.S_IMODE(log.stat().st_mode) & 0o077 == 0


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    StoreLog(tmp_path / "tệp" / "docgen.log").emit(failed())


def test_nothing_is_made_before_the_first_record(tmp_path: Path) -> None:
    StoreLog(tmp_path / "logs" / "docgen.log")
    assert list(tmp_path.iterdir()) == []
