"""How answers and errors leave the command line: one JSON document on stdout, or text for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import click

from core.errors import DocgenError

Command = TypeVar("Command", bound=Callable[..., Any])

FOUND = 1  # done, but something was found, needs review or failed for some items
BAD_INPUT = 2
OUTAGE = 3


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


def usage_message(fault: click.UsageError) -> str:
    """Click's usage errors in Vietnamese."""
    match fault:
        case click.NoSuchOption():
            return f"Không có tùy chọn {fault.option_name}. Xem --help."
        case click.MissingParameter() if fault.param is not None:
            return f"Thiếu {fault.param.get_error_hint(fault.ctx)}. Xem --help."
        case click.BadParameter():
            return f"Giá trị không hợp lệ: {fault.format_message()}"
        case _:
            return f"Lệnh không đúng: {fault.format_message()}. Xem --help."


def run_guarded(command: click.Command, arguments: list[str]) -> int:
    """Run and turn expected errors into their answer and exit code."""
    as_json = wants_json(arguments)
    try:
        result = command.main(args=arguments, prog_name="docgen", standalone_mode=False)
    except click.UsageError as fault:
        error_answer("usage", usage_message(fault), {}, as_json=as_json)
        return BAD_INPUT
    except click.exceptions.Abort:
        click.echo("Đã dừng theo yêu cầu. Chạy lại lệnh để làm tiếp.", err=True)
        return OUTAGE
    except DocgenError as fault:
        error_answer(fault.code, fault.message, fault.facts, as_json=as_json)
        return fault.exit_code
    return result if isinstance(result, int) else 0


def read_json_file(path: str) -> dict[str, object]:
    """The JSON object in a file, or on stdin with `-`. Raises click.BadParameter in Vietnamese."""
    try:
        with click.open_file(path, encoding="utf-8-sig") as handle:
            value = json.load(handle)
    except (OSError, UnicodeDecodeError) as fault:
        raise click.BadParameter(f"không đọc được tệp {path} ({fault}).") from fault
    except json.JSONDecodeError as fault:
        raise click.BadParameter(
            f"tệp {path} không phải JSON đúng: dòng {fault.lineno}, cột {fault.colno}."
        ) from fault
    if not isinstance(value, dict):
        raise click.BadParameter(f"tệp {path} phải chứa một đối tượng JSON {{...}}.")
    return value


def is_terminal() -> bool:
    """Whether a person watches: then long work shows a progress bar."""
    return sys.stderr.isatty()
