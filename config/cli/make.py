"""Verbs on data alone: kinds, schema, make."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from django.conf import settings

from config.cli.output import answer, json_option, read_json_file
from core.errors import Outage, UserError
from core.json_schema import kind_json_schema
from docgen.engine.pdf import convert_to_pdf
from docgen.kinds import KINDS, get_kind
from docgen.kinds.base import Numbering
from docgen.making import make_document

DATE = click.DateTime(formats=["%Y-%m-%d"])


def as_day(value: datetime | None) -> date | None:
    """Click's datetime as a date."""
    return value.date() if value else None


@click.command("kinds", help="Các loại văn bản và biểu mẫu.")
@json_option
def kinds(*, as_json: bool) -> None:
    """List document and form kinds (contract.md §2)."""
    documents = [
        {
            "kind": kind.schema.kind,
            "label": kind.schema.label_vi,
            "symbol_type": kind.schema.symbol_type,
            "annexes": list(kind.schema.annexes),
        }
        for kind in KINDS.values()
    ]
    lines = [f"{d['kind']:<26} {d['symbol_type'] or '-':<4} {d['label']}" for d in documents]
    answer({"documents": documents, "forms": []}, as_json=as_json, text="\n".join(lines))


@click.command("schema", help="JSON Schema của dữ liệu một loại văn bản.")
@click.argument("kind")
@click.option("--json", "as_json", is_flag=True, help="Luôn là JSON; tùy chọn này có cũng được.")
def schema(kind: str, *, as_json: bool) -> None:
    """Print the JSON Schema (2020-12) of a document kind's data."""
    del as_json
    answer(kind_json_schema(get_kind(kind).schema), as_json=True)


@click.command("make", help="Tạo một văn bản từ tệp dữ liệu JSON, không cần kho hồ sơ.")
@click.argument("kind")
@click.option("--data", "data_file", required=True, metavar="TỆP.json", help="Dữ liệu; - là stdin.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tệp .docx được ghi ra.",
)
@click.option("--pdf", is_flag=True, help="Tạo thêm bản PDF cùng tên (cần LibreOffice).")
@click.option("--number", type=click.IntRange(min=1), help="Số văn bản; bỏ trống là dự thảo.")
@click.option("--date", "day", type=DATE, help="Ngày ban hành, YYYY-MM-DD; đi cùng --number.")
@json_option
def make(
    kind: str,
    data_file: str,
    output: Path,
    number: int | None,
    day: datetime | None,
    *,
    pdf: bool,
    as_json: bool,
) -> None:
    """Render from data alone; a draft unless number and date are given."""
    on = as_day(day)
    if (number is None) != (on is None):
        raise UserError(
            "--number và --date phải đi cùng nhau: văn bản có số thì có ngày, dự thảo thì để trống cả hai.",
            code="usage",
        )
    data = read_json_file(data_file)
    made = make_document(
        kind,
        data,
        numbering=Numbering(number=number, issue_date=on),
        templates=settings.TEMPLATES_DOCX_DIR,
    )
    write_file(output, made.docx)
    facts: dict[str, object] = {"file": str(output), "kind": kind, "sha256": made.sha256}
    if pdf:
        target = output.with_suffix(".pdf")
        results = convert_to_pdf(
            [(output.name, made.docx)], profile=settings.DOCGEN_HOME / "libreoffice"
        )
        if results[0].pdf is None:
            raise Outage(f"Đã tạo {output}, nhưng chưa tạo được PDF: {results[0].problem}")
        write_file(target, results[0].pdf)
        facts["pdf"] = str(target)
    answer(facts, as_json=as_json, text=f"Đã tạo {facts.get('pdf', output)}")


def write_file(path: Path, data: bytes) -> None:
    """Write an answer's file; an unwritable place is the user's to mend."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as fault:
        raise UserError(
            f"Không ghi được tệp {path}: {fault.strerror}. Chọn thư mục khác hoặc kiểm tra quyền ghi.",
            code="unwritable",
            facts={"file": str(path)},
        ) from fault


VERBS = (kinds, schema, make)
