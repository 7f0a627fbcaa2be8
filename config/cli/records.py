"""`docgen records …`: import, export, show."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click
from django.utils import timezone

from config.cli.documents import ACTOR
from config.cli.output import FOUND, answer, json_option, read_input, write_file
from config.cli.store import store_group
from config.cli.verbs import DAY
from core.dates import format_short
from core.errors import NotFound
from records.exchange.exporting import export_records, records_template
from records.exchange.importing import import_records
from records.models import FoundingCase
from records.selectors.overview import record_facts, store_overview
from records.services.audit import By
from records.services.dossiers import add_papers, items_of, missing_items


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


@records.command(
    "dossier", help="Thành phần của một hồ sơ đề nghị công nhận: đã có gì, còn thiếu gì."
)
@click.argument("case", metavar="HỒ_SƠ", help="Mã hồ sơ, như hs24-001 hoặc case:hs24-001.")
@click.option("--has", "codes", multiple=True, metavar="MÃ", help="Đã nhận thành phần này.")
@click.option("--date", "on", type=DAY, help="Ngày nhận (mặc định hôm nay).")
@ACTOR
@json_option
def dossier(
    case: str, codes: tuple[str, ...], on: date | None, actor: str, *, as_json: bool
) -> int:
    """What came as a form is known; papers are written down here. Exit 1 while something is missing."""
    day = on or timezone.localdate()
    code = case.removeprefix("case:")
    row = FoundingCase.objects.filter(code=code).first()
    if row is None:
        raise NotFound(f"Không có hồ sơ {code}.")
    if codes:
        add_papers(row, codes, on=day, by=By(actor, "cli"))
        row.refresh_from_db()
    missing = {item.code for item in missing_items(row, on=day)}
    items = [
        {"code": item.code, "name": item.name, "received": item.code not in missing}
        for item in items_of(row, on=day)
    ]
    complete = row.dossier_complete_on
    lines = [f"[{'x' if one['received'] else ' '}] {one['code']}: {one['name']}" for one in items]
    if complete:
        lines.append(f"Đủ thành phần từ ngày {format_short(complete)}.")
    facts = {"case": code, "items": items, "complete_on": complete}
    answer(facts, as_json=as_json, text="\n".join(lines))
    return FOUND if missing else 0


VERBS = (records,)
