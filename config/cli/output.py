"""How answers and errors leave the command line: one JSON document on stdout, or text for people."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from config.cli.faults import known_outage, unforeseen
from config.cli.verbs import usage_message
from core.errors import UserError

Command = TypeVar("Command", bound=Callable[..., Any])

Item = TypeVar("Item")

FOUND = 1  # done, but something was found, needs review or failed for some items
BAD_INPUT = 2
OUTAGE = 3
STOPPED = "Đã dừng theo yêu cầu. Chạy lại lệnh để làm tiếp."


def json_option(command: Command) -> Command:
    """The `--json` flag that every verb with an answer has."""
    return click.option("--json", "as_json", is_flag=True, help="Trả lời bằng một tài liệu JSON.")(
        command
    )


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def answer(value: object, *, as_json: bool, text: str | Callable[[], str] = "") -> None:
    """Print the answer: JSON on request, else the text."""
    if as_json:
        click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))
    else:
        click.echo(text() if callable(text) else text)


def note(message: str) -> None:
    """Progress and remarks go to stderr."""
    click.echo(message, err=True)


def error_answer(code: str, message: str, facts: Mapping[str, object], *, as_json: bool) -> None:
    """An error in the shape of contract.md §2."""
    if as_json:
        body = {"error": {"code": code, "message": message, "facts": dict(facts)}}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2, default=_plain))
    else:
        click.echo(f"Lỗi: {message}", err=True)
        for line in fact_lines(facts):
            click.echo(f"  {line}", err=True)


def fact_lines(facts: Mapping[str, object]) -> list[str]:
    """Missing and wrong fields as lines that a person can act on."""
    lines = []
    missing = facts.get("missing")
    if isinstance(missing, list | tuple) and missing:
        lines.append("Thiếu: " + ", ".join(str(key) for key in missing))
    wrong = facts.get("wrong")
    if isinstance(wrong, Mapping):
        lines += [f"{key}: {reason}" for key, reason in wrong.items()]
    return lines


def wants_json(arguments: list[str]) -> bool:
    """Whether the call asked for JSON; errors of usage follow it too."""
    return "--json" in arguments


def run_guarded(command: click.Command, arguments: list[str]) -> int:
    """Run a call to its exit code: the one place where nothing is let through (contract.md §2)."""
    as_json = wants_json(arguments)
    try:
        result = command.main(args=arguments, prog_name="docgen", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as fault:
        return _no_arguments(fault, as_json=as_json)
    except click.UsageError as fault:
        error_answer("usage", usage_message(fault), {}, as_json=as_json)
        return BAD_INPUT
    except click.exceptions.Abort:
        error_answer("stopped", STOPPED, {}, as_json=as_json)
        return OUTAGE
    except SystemExit as leaving:  # click leaves by itself when the reader of stdout has gone
        _drop_output()
        return leaving.code if isinstance(leaving.code, int) else 0
    except Exception as fault:  # noqa: BLE001 - the edge: whatever happens leaves in words (house §4)
        told = known_outage(fault) or unforeseen(fault)
        error_answer(told.code, told.message, told.facts, as_json=as_json)
        return told.exit_code
    return result if isinstance(result, int) else 0


def _no_arguments(fault: click.exceptions.NoArgsIsHelpError, *, as_json: bool) -> int:
    """`docgen` or `docgen batch` alone: the help page, as a usage error."""
    if as_json:
        error_answer(
            "usage", f"Thiếu lệnh. Xem “{fault.ctx.command_path} --help”.", {}, as_json=True
        )
    else:
        click.echo(fault.message, err=True)
    return BAD_INPUT


def _drop_output() -> None:
    """Nobody reads any more (`docgen … | head`): what is still buffered must not complain at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue


def read_input(path: Path) -> bytes:
    """Bytes of a file that the call names. Raises UserError saying what is wrong with it."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise unreadable(str(path), read_reason(fault)) from fault


def read_reason(fault: OSError) -> str:
    """Why a file can't be read."""
    match fault:
        case FileNotFoundError():
            return "không có tệp này"
        case IsADirectoryError():
            return "đó là thư mục, không phải tệp"
        case PermissionError():
            return "không có quyền đọc"
        case _:
            return "đọc bị lỗi"


def unreadable(path: str, reason: str) -> UserError:
    """The error for a file that can't be read as what it should be."""
    return UserError(
        f"Không đọc được tệp {path}: {reason}. Kiểm tra tên và nội dung tệp.",
        code="unreadable",
        facts={"file": path},
    )


def read_json_file(path: str) -> dict[str, object]:
    """The JSON object in a file, or on stdin with `-`. Raises UserError naming the place."""
    raw = sys.stdin.buffer.read() if path == "-" else read_input(Path(path))
    try:
        value = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once_each)
    except UnicodeDecodeError as fault:
        reason = "không phải mã UTF-8; lưu lại tệp với bảng mã UTF-8"
        raise unreadable(path, reason) from fault
    except json.JSONDecodeError as fault:
        reason = f"không phải JSON đúng, xem dòng {fault.lineno}, cột {fault.colno}"
        raise unreadable(path, reason) from fault
    except (_Twice, RecursionError) as fault:
        raise unreadable(
            path, str(fault) if isinstance(fault, _Twice) else "lồng quá sâu"
        ) from fault
    if not isinstance(value, dict):
        raise unreadable(path, "phải là một đối tượng JSON {...}")
    return value


class _Twice(ValueError):
    """A key stands twice in one object: one of the values would be lost silently."""


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(f"khóa “{key}” ghi hai lần")
        found[key] = value
    return found


def write_file(path: Path, data: bytes) -> None:
    """Write an answer's file; an unwritable place is the user's to mend."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as fault:
        reason = {
            "IsADirectoryError": "đó là thư mục",
            "NotADirectoryError": "một phần của đường dẫn không phải là thư mục",
            "FileExistsError": "một phần của đường dẫn không phải là thư mục",
            "PermissionError": "không có quyền ghi",
        }.get(type(fault).__name__, "ổ đĩa không cho ghi hoặc đã đầy")
        raise UserError(
            f"Không ghi được tệp {path}: {reason}. Chọn thư mục khác hoặc kiểm tra quyền ghi.",
            code="unwritable",
            facts={"file": str(path)},
        ) from fault


@contextmanager
def progress_bar(length: int, *, label: str) -> Iterator[Callable[[int], object]]:
    """Long work, with a progress bar when a person watches; the function given is told how much was done."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield bar.update


def by_chunks(
    items: Sequence[Item], work: Callable[[Sequence[Item]], object], *, label: str, size: int = 10
) -> None:
    """Long work, a chunk at a time, with a progress bar."""
    with progress_bar(len(items), label=label) as moved:
        for start in range(0, len(items), size):
            chunk = items[start : start + size]
            work(chunk)
            moved(len(chunk))
