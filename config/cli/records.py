"""`docgen records …`: import, export, show."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from config.cli.documents import ACTOR
from config.cli.output import answer, json_option, read_input, write_file
from config.cli.store import store_group
from records.exchange.exporting import export_records, records_template
from records.exchange.importing import import_records
from records.selectors.overview import record_facts, store_overview


@store_group("records", help="Kho hồ sơ: nhập, xuất Excel, xem.")
def records() -> None:
    """The record verbs hang below."""


@records.command("import", help="Nhập hồ sơ từ tệp .xlsx; có lỗi thì không nhập gì và liệt kê hết.")
@click.argument(
    "file",
    metavar="TỆP.xlsx",
    type=click.Path(path_type=Path),
    help="Tệp theo biểu mẫu.",
)
@ACTOR
@json_option
def import_file(file: Path, actor: str, *, as_json: bool) -> None:
    """All errors at once, nothing half-imported."""
    report = import_records(read_input(file), actor=actor)
    sheets = [asdict(sheet) for sheet in report.sheets]
    text = f"Đã nhập: {report.created} mới, {report.changed} thay đổi, {report.unchanged} như cũ."
    answer({"sheets": sheets}, as_json=as_json, text=text)


@records.command("export", help="Xuất toàn bộ kho hồ sơ ra tệp .xlsx.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="Tệp .xlsx được ghi ra.",
)
@click.option("--template", is_flag=True, help="Chỉ lấy biểu trống để nhập.")
@json_option
def export_file(output: Path, *, template: bool, as_json: bool) -> None:
    """One workbook, one sheet an entity."""
    write_file(output, records_template() if template else export_records())
    answer({"file": str(output)}, as_json=as_json, text=f"Đã xuất kho hồ sơ ra {output}.")


@records.command("show", help="Tổng quan kho, hoặc một hồ sơ như case:…, enterprise:…, org:….")
@click.argument("record", required=False, metavar="[HỒ_SƠ]", help="Như case:…; bỏ trống là cả kho.")
@json_option
def show(record: str | None, *, as_json: bool) -> None:
    """Counts of the store, or the facts of one record."""
    facts = record_facts(record) if record else store_overview()
    answer(
        facts, as_json=as_json, text="\n".join(f"{key}: {value}" for key, value in facts.items())
    )


VERBS = (records,)
