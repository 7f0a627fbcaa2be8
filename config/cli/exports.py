"""`docgen export`: any papers of the store as one ZIP; what it shares with `docgen batch export`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from config.cli.output import FOUND, answer, json_option
from config.cli.store import store_verb
from config.cli.verbs import DAY
from core.errors import NotFound
from docgen.kinds import get_kind
from docgen.models import Document, DocumentState
from docgen.services.access import get_document
from docgen.services.exports import Exported, Wishes, export_documents


def export_options(command: click.decorators.FC) -> click.decorators.FC:
    """Where the ZIP goes and what else is in it."""
    for option in (
        click.option(
            "--duplex",
            is_flag=True,
            help="Bản in gộp: chèn trang trắng để mỗi văn bản bắt đầu ở mặt trước (in hai mặt).",
        ),
        click.option(
            "--pdf-per-unit", is_flag=True, help="Thêm mỗi đơn vị một tệp PDF gộp để in, theo số."
        ),
        click.option(
            "-o",
            "--output",
            required=True,
            type=click.Path(path_type=Path),
            help="Tệp .zip được ghi ra.",
        ),
    ):
        command = option(command)
    return command


def report_export(made: Exported, output: Path, wishes: Wishes, *, as_json: bool) -> int:
    """What is in the ZIP, and what it lacks; 1 when a wished-for PDF is missing or a paper has no file."""
    text = f"Đã xuất {made.documents} văn bản của {len(made.units)} đơn vị vào {output}."
    if made.without_file:
        text += f" {made.without_file} văn bản chưa có tệp Word: chạy “docgen sweep”."
    if made.without_pdf:
        text += f" {made.without_pdf} văn bản chưa có PDF: chạy “docgen batch pdf”."
    answer(
        {
            "file": str(output),
            "documents": made.documents,
            "units": made.units,
            "without_file": made.without_file,
            "without_pdf": made.without_pdf,
        },
        as_json=as_json,
        text=text,
    )
    lacking = made.without_file or (wishes.pdf_per_unit and made.without_pdf)
    return FOUND if lacking else 0


@store_verb(
    "export", help="Xuất văn bản bất kỳ thành tệp ZIP có danh mục, chia thư mục theo đơn vị."
)
@click.argument("documents", metavar="VĂN_BẢN", nargs=-1, help="Mã hoặc số; bỏ trống là lọc.")
@click.option("--kind", help="Chỉ loại văn bản này; xem docgen kinds.")
@click.option("--state", type=click.Choice(DocumentState.values), help="Chỉ trạng thái này.")
@click.option("--from", "first", type=DAY, help="Ban hành từ ngày này, YYYY-MM-DD.")
@click.option("--to", "last", type=DAY, help="Ban hành đến hết ngày này, YYYY-MM-DD.")
@export_options
@json_option
def export(
    documents: tuple[str, ...],
    output: Path,
    *,
    pdf_per_unit: bool,
    duplex: bool,
    as_json: bool,
    **chosen_by: Any,
) -> int:
    """The papers named, or those that fit, in the order of issuer, day and number."""
    chosen = Document.objects.order_by(
        "issuer__sort_order", "issuer_id", "issued_on", "number__number", "created_at", "id"
    )
    if documents:
        chosen = chosen.filter(pk__in=[get_document(typed).pk for typed in documents])
    if kind := chosen_by["kind"]:
        chosen = chosen.filter(kind=get_kind(kind).schema.kind)
    limits = {
        "state": chosen_by["state"],
        "issued_on__gte": chosen_by["first"],
        "issued_on__lte": chosen_by["last"],
    }
    chosen = chosen.filter(**{name: value for name, value in limits.items() if value})
    if not chosen.exists():
        raise NotFound("Không có văn bản nào phù hợp. Xem danh sách bằng “docgen documents”.")
    wishes = Wishes(pdf_per_unit, duplex)
    made = export_documents(chosen, target=output, wishes=wishes)
    return report_export(made, output, wishes, as_json=as_json)


VERBS = (export,)
