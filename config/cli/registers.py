"""`docgen register …`: the legal books, series starts, the import of an office's own book."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import cast

import click

from config.cli.documents import ACTOR
from config.cli.output import answer, json_option, read_input, write_file
from config.cli.store import store_group
from config.cli.verbs import YEAR, WholeNumber
from core.errors import NotFound, UserError
from docgen.blanks.register_book import register_book
from records.models import OrgKind, UnionOrg
from registry.books import (
    IncomingRow,
    OutgoingRow,
    book_of,
    incoming_rows,
    outgoing_rows,
    register_json,
)
from registry.models import Direction
from registry.numbering import start_series
from registry.register_import import import_register
from registry.register_sheets import registers_xlsx
from registry.series import SeriesRef


@store_group("register", help="Sổ đăng ký văn bản đi, văn bản đến.")
def register() -> None:
    """The register verbs hang below."""


def get_org(code: str) -> UnionOrg:
    """The organisation with that code. Raises NotFound."""
    org = UnionOrg.objects.filter(code=code).first()
    if org is None:
        codes = list(UnionOrg.objects.order_by("code").values_list("code", flat=True))
        near = difflib.get_close_matches(code, codes, n=3, cutoff=0.5)
        told = (
            f" Có phải: {', '.join(near)}?"
            if near
            else " Mã các tổ chức ở trang Tổ chức của tệp “docgen records export”."
        )
        raise NotFound(f"Không có tổ chức “{code}”.{told}", facts={"org": code, "near": near})
    return org


def home_org() -> UnionOrg:
    """The office that runs this store: the one provincial federation in it. Raises UserError."""
    found = list(UnionOrg.objects.filter(kind=OrgKind.PROVINCE_FEDERATION)[:2])
    if len(found) != 1:
        raise UserError("Chỉ rõ sổ của tổ chức nào bằng --org.", code="usage")
    return found[0]


def _export(
    rows: Sequence[OutgoingRow] | Sequence[IncomingRow],
    *,
    direction: Direction,
    year: int,
    org: UnionOrg | None,
    form: str,
    output: Path | None,
) -> Path:
    """The printable book of one body, as .xlsx or .docx."""
    owner = org or home_org()
    own = cast("Sequence[OutgoingRow]", [row for row in rows if row.org == owner.name])
    book = book_of(own, org=owner, year=year, direction=direction)
    target = output or Path(f"so-van-ban-{direction.value}-{year}.{form}")
    write_file(target, registers_xlsx(own, book) if form == "xlsx" else register_book(own, book))
    return target


def _show(
    rows: Sequence[OutgoingRow] | Sequence[IncomingRow],
    *,
    direction: Direction,
    year: int,
    as_json: bool,
) -> None:
    """The lines of the book, as JSON or for a terminal."""
    answer(
        register_json(direction, year, rows),
        as_json=as_json,
        text="\n".join(line_of(row) for row in rows) or "Sổ chưa có dòng nào.",
    )


def _answer(
    rows: Sequence[OutgoingRow] | Sequence[IncomingRow],
    direction: Direction,
    year: int,
    org: UnionOrg | None,
    form: str | None,
    output: Path | None,
    *,
    as_json: bool,
) -> None:
    """A file when a format is asked for, else the lines."""
    if form is None:
        _show(rows, direction=direction, year=year, as_json=as_json)
        return
    target = _export(rows, direction=direction, year=year, org=org, form=form, output=output)
    answer({"file": str(target)}, as_json=as_json, text=f"Đã ghi {target}.")


def line_of(row: OutgoingRow | IncomingRow) -> str:
    """One line of the book for a terminal: code, date, subject."""
    day = f"{row.date:%d/%m/%Y}" if row.date else "-"
    return f"{row.full:<18} {day}  {row.subject}  [{row.org}]"


def _options(command: click.decorators.FC) -> click.decorators.FC:
    for option in reversed(
        (
            click.option("--year", type=YEAR, required=True, help="Năm của sổ."),
            click.option("--org", help="Mã tổ chức; bỏ trống là mọi sổ trong kho."),
            click.option(
                "--format",
                "form",
                type=click.Choice(["xlsx", "docx"]),
                help="Ghi thành tệp loại này.",
            ),
            click.option(
                "-o",
                "--output",
                type=click.Path(path_type=Path),
                help="Tệp được ghi ra.",
            ),
        )
    ):
        command = option(command)
    return json_option(command)


@register.command("outgoing", help="Sổ văn bản đi.")
@_options
def outgoing(
    year: int, org: str | None, form: str | None, output: Path | None, *, as_json: bool
) -> None:
    """Print or export the outgoing book."""
    chosen = get_org(org) if org else None
    rows = outgoing_rows(year, org=chosen)
    _answer(rows, Direction.OUTGOING, year, chosen, form, output, as_json=as_json)


@register.command("incoming", help="Sổ văn bản đến.")
@_options
def incoming(
    year: int, org: str | None, form: str | None, output: Path | None, *, as_json: bool
) -> None:
    """Print or export the incoming book."""
    chosen = get_org(org) if org else None
    rows = incoming_rows(year, org=chosen)
    _answer(rows, Direction.INCOMING, year, chosen, form, output, as_json=as_json)


@register.command("start", help="Đặt số bắt đầu của một dãy số khi dùng docgen từ giữa năm.")
@click.argument("series", metavar="TỔ_CHỨC:NHÓM_SỐ:NĂM", help="Dãy số.")
@click.option("--next", "next_number", type=WholeNumber(), required=True, help="Số kế tiếp.")
@click.option("--reason", default="Bắt đầu dùng docgen giữa năm", show_default=True, help="Lý do.")
@ACTOR
@json_option
def start(series: str, next_number: int, reason: str, actor: str, *, as_json: bool) -> None:
    """Set the next number of a series that has none yet."""
    org, key, year = parse_series(series)
    started = start_series(
        SeriesRef(get_org(org).pk, key, year),
        next_number=next_number,
        actor=actor,
        reason=reason,
    )
    answer(
        {"series": str(started), "next": started.next_number},
        as_json=as_json,
        text=f"Dãy số {started} bắt đầu từ {started.next_number}.",
    )


def parse_series(text: str) -> tuple[str, str, int]:
    """`org:key:year`. Raises UserError with an example."""
    parts = text.split(":")
    if len(parts) != 3 or not parts[2].isdigit():  # noqa: PLR2004
        raise UserError(
            f"Dãy số “{text}” phải có dạng tổ_chức:nhóm_số:năm, ví dụ ldld-lai-chau:QĐ:2024.",
            code="usage",
        )
    return parts[0], parts[1], int(parts[2])


@register.command("import", help="Nhập sổ văn bản đi đang có từ tệp .xlsx.")
@click.argument("file", metavar="TỆP.xlsx", type=click.Path(path_type=Path), help="Sổ đang dùng.")
@click.option("--org", required=True, help="Mã tổ chức có sổ.")
@click.option("--year", type=YEAR, required=True, help="Năm của sổ.")
@ACTOR
@json_option
def import_book(file: Path, org: str, year: int, actor: str, *, as_json: bool) -> None:
    """Take over an office's own book; all errors at once, nothing half-imported."""
    made = import_register(read_input(file), org=get_org(org), year=year, actor=actor)
    answer(
        {"imported": [{**asdict(one), "series": str(one.series)} for one in made]},
        as_json=as_json,
        text="\n".join(
            f"{one.series}: {one.lines} dòng, số {one.first} đến {one.last}; "
            f"số tiếp theo là {one.next_number}."
            for one in made
        ),
    )


VERBS = (register,)
