"""Verbs and their groups in Vietnamese: help pages, values, and click's complaints about a call.

The one place that knows click's English: help is laid out here, values are read by types of our own,
and a usage error is put into words from what it is about, never from click's sentence.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

import click

OPTIONS = "[TÙY CHỌN]"
DAY_SHAPE = "ghi ngày dạng 2024-05-02 (năm-tháng-ngày)"
_METAVARS: Mapping[str, str] = {
    "text": "CHỮ",
    "integer": "SỐ",
    "integer range": "SỐ",
    "file": "TỆP",
    "path": "TỆP",
    "directory": "THƯ_MỤC",
}


class Formatter(click.HelpFormatter):
    """Help pages with Vietnamese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line of a help page."""
        super().write_usage(prog, args, prefix or "Cách dùng: ")


class Context(click.Context):
    """The state of one call; help pages are laid out by our formatter."""

    formatter_class = Formatter


class Verb(click.Command):
    """A command whose help page is Vietnamese throughout."""

    context_class = Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", OPTIONS)
        super().__init__(*args, **kwargs)
        for param in self.params:
            if param.metavar is None:
                param.metavar = _METAVARS.get(param.type.name)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The `--help` option, described in Vietnamese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Xem hướng dẫn này."
        return option

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What stands after the verb without a name of its own."""
        arguments = [one for one in self.get_params(ctx) if isinstance(one, click.Argument)]
        if arguments:
            with formatter.section("Tham số"):
                formatter.write_dl([one.get_help_record(ctx) for one in arguments])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options with their defaults and limits."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        rows = [
            (one.get_help_spec(ctx), option_help(one, ctx)) for one in options if not one.hidden
        ]
        if rows:
            with formatter.section("Tùy chọn"):
                formatter.write_dl(rows)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the call; a word too many is named in Vietnamese."""
        is_group = isinstance(self, click.Group)
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as fault:
            fault.ctx = fault.ctx or ctx  # click's parser does not know whose options it reads
            raise
        if rest and not (is_group or ctx.resilient_parsing):
            raise TooMany(rest, ctx=ctx)
        return rest


class TooMany(click.UsageError):
    """Words are left over that no argument takes."""

    def __init__(self, words: Sequence[str], *, ctx: click.Context) -> None:
        super().__init__(f"Thừa tham số: {' '.join(words)}.", ctx)


class VerbGroup(Verb, click.Group):
    """A word such as `batch` under which verbs hang."""

    command_class = Verb

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "LỆNH [THAM SỐ]...")
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work, as declared."""
        del ctx
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the verbs below with a line of help each."""
        Verb.format_options(self, ctx, formatter)
        below = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, verb.help or "") for name, verb in below if verb and not verb.hidden]
        if rows:
            with formatter.section("Lệnh"):
                formatter.write_dl(rows)


verb: Callable[..., Callable[[Callable[..., Any]], click.Command]] = partial(
    click.command, cls=Verb
)
verb_group: Callable[..., Callable[[Callable[..., Any]], click.Group]] = partial(
    click.group, cls=VerbGroup
)


def option_help(option: click.Option, ctx: click.Context) -> str:
    """What an option does, whether it is needed, and its default."""
    extra = option.get_help_extra(ctx)
    notes = []
    if "default" in extra:
        notes.append(f"mặc định: {extra['default']}")
    if "required" in extra or option.required:
        notes.append("bắt buộc")
    return f"{option.help}  [{'; '.join(notes)}]" if notes else option.help or ""


class Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "ngày"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How the value is written."""
        del param, ctx
        return "NĂM-THÁNG-NGÀY"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The date, or a usage error that shows how to write it."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f"“{value}” không phải là ngày; {DAY_SHAPE}", param, ctx)


class WholeNumber(click.ParamType[int]):
    """A whole number of at least ``least``."""

    name = "số"

    def __init__(self, least: int = 1, most: int | None = None) -> None:
        self.least, self.most = least, most

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How the value is written."""
        del param, ctx
        return "SỐ"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The number, or a usage error with its limits."""
        try:
            number = int(value)
        except ValueError:
            self.fail(f"“{value}” không phải là số nguyên", param, ctx)
        if number < self.least or (self.most is not None and number > self.most):
            limits = f"từ {self.least}" + (f" đến {self.most}" if self.most else " trở lên")
            self.fail(f"{number} không hợp lệ; phải {limits}", param, ctx)
        return number


DAY = Day()
YEAR = WholeNumber(1900, 2999)


def usage_message(fault: click.UsageError) -> str:
    """A usage error in Vietnamese: what is wrong, and where the help is."""
    path = fault.ctx.command_path if fault.ctx else "docgen"
    complaint = _complaint(fault)
    return f"{complaint[0].upper()}{complaint[1:]} Xem “{path} --help”."


def _complaint(fault: click.UsageError) -> str:
    match fault:
        case click.NoSuchCommand():
            return f"Không có lệnh “{fault.command_name}”.{_meant(fault.command_name, fault.ctx)}"
        case click.NoSuchOption():
            return f"Không có tùy chọn {fault.option_name}.{_meant(fault.option_name, fault.ctx)}"
        case click.BadOptionUsage():
            return _option_complaint(fault)
        case click.MissingParameter():
            return f"Thiếu {_named(fault.param)}."
        case click.BadParameter() if fault.param is not None:
            return f"{_named(fault.param)}: {_reason(fault)}.".replace("..", ".")
        case click.BadParameter() | TooMany():
            return fault.message
        case _:
            return "Lệnh chưa đủ hoặc thừa tham số."


def _named(param: click.Parameter | None) -> str:
    """A parameter as it is typed: `--date`, or the word in the usage line with its help."""
    if param is None:
        return "tham số"
    if isinstance(param, click.Option):
        return f"tùy chọn {param.opts[-1]}"
    shown = param.metavar or (param.name or "").upper()
    told = getattr(param, "help", None)
    return f"tham số {shown}" + (f" ({told.rstrip('.')})" if told else "")


def _reason(fault: click.BadParameter) -> str:
    """Why a value is wrong; click's own types are described, our own say it themselves."""
    kind = fault.param.type if fault.param else None
    match kind:
        case click.Choice():
            return f"chọn một trong: {', '.join(str(choice) for choice in kind.choices)}"
        case click.types.IntParamType():
            least = getattr(kind, "min", None)
            return "phải là số nguyên" + (f" từ {least} trở lên" if least is not None else "")
        case click.types.FloatParamType():
            return "phải là số"
        case click.DateTime():
            return DAY_SHAPE
        case click.Path() | click.File():
            return "không có tệp này, hoặc không đọc ghi được"
        case click.types.BoolParamType():
            return "chọn true hoặc false"
        case _:
            return fault.message.rstrip(".")


def _option_complaint(fault: click.BadOptionUsage) -> str:
    options = fault.ctx.command.get_params(fault.ctx) if fault.ctx else []
    found = next((one for one in options if fault.option_name in one.opts), None)
    if isinstance(found, click.Option) and found.is_flag:
        return f"Tùy chọn {fault.option_name} không nhận giá trị."
    return f"Tùy chọn {fault.option_name} cần một giá trị theo sau."


def _meant(given: str, ctx: click.Context | None) -> str:
    """` Có phải “make”?` for a near match or two, else nothing."""
    if ctx is None:
        return ""
    known: list[str] = []
    if given.startswith("-"):
        known = [name for param in ctx.command.get_params(ctx) for name in param.opts]
    elif isinstance(ctx.command, click.Group):
        known = ctx.command.list_commands(ctx)
    near = difflib.get_close_matches(given, known, n=2)
    return f" Có phải {' hoặc '.join(f'“{name}”' for name in near)}?" if near else ""
