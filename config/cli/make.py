"""Verbs on data alone: kinds, schema, make."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import click
from django.conf import settings

from config.cli.output import answer, json_option, read_json_file, write_file
from config.cli.verbs import DAY, WholeNumber, verb
from core.errors import Outage, UserError
from core.forms import FORMS
from core.json_schema import form_json_schema, kind_json_schema
from docgen.engine.pdf import convert_to_pdf
from docgen.kinds import KINDS, get_kind
from docgen.kinds.base import Numbering
from docgen.making import make_document


@verb("kinds", help="Các loại văn bản và biểu mẫu.")
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
    forms = [
        {"kind": form.kind, "label": form.label_vi, "version": form.version}
        for form in FORMS.values()
    ]
    lines = ["Văn bản:"]
    lines += [f"{d['kind']:<30} {d['symbol_type'] or '-':<5} {d['label']}" for d in documents]
    lines += ["", "Biểu mẫu:"]
    lines += [f"{f['kind']:<30} {'v' + str(f['version']):<5} {f['label']}" for f in forms]
    answer({"documents": documents, "forms": forms}, as_json=as_json, text="\n".join(lines))


@verb("schema", help="JSON Schema của dữ liệu một loại văn bản hay biểu mẫu.")
@click.argument("kind", metavar="LOẠI", help="Loại văn bản hoặc biểu mẫu; xem “docgen kinds”.")
@click.option("--example", is_flag=True, help="Chỉ lấy dữ liệu mẫu, để sửa rồi đưa cho “make”.")
@click.option("--json", "as_json", is_flag=True, help="Luôn là JSON; tùy chọn này có cũng được.")
def schema(kind: str, *, example: bool, as_json: bool) -> None:
    """Print the JSON Schema (2020-12) of what a document kind takes or a form kind yields, or its example."""
    del as_json
    if kind in FORMS:
        form = FORMS[kind].schema
        answer(form.example if example else form_json_schema(form), as_json=True)
        return
    found = get_kind(kind).schema
    answer(found.example if example else kind_json_schema(found), as_json=True)


@verb("make", help="Tạo một văn bản từ tệp dữ liệu JSON, không cần kho hồ sơ.")
@click.argument("kind", metavar="LOẠI", help="Loại văn bản; xem “docgen kinds”.")
@click.option("--data", "data_file", required=True, metavar="TỆP.json", help="Dữ liệu; - là stdin.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="TỆP.docx",
    help="Tệp .docx được ghi ra.",
)
@click.option("--pdf", is_flag=True, help="Tạo thêm bản PDF cùng tên (cần LibreOffice).")
@click.option("--number", type=WholeNumber(), help="Số văn bản; bỏ trống là dự thảo.")
@click.option("--date", "day", type=DAY, help="Ngày ban hành, YYYY-MM-DD; đi cùng --number.")
@json_option
def make(
    kind: str,
    data_file: str,
    output: Path,
    number: int | None,
    day: date | None,
    *,
    pdf: bool,
    as_json: bool,
) -> None:
    """Render from data alone; a draft unless number and date are given."""
    if (number is None) != (day is None):
        raise UserError(
            "--number và --date phải đi cùng nhau: văn bản có số thì có ngày, dự thảo thì để trống cả hai.",
            code="usage",
        )
    data = read_json_file(data_file)
    made = make_document(
        kind,
        data,
        numbering=Numbering(number=number, issue_date=day),
        templates=settings.TEMPLATES_DOCX_DIR,
    )
    write_file(output, made.docx)
    facts: dict[str, object] = {"file": str(output), "kind": kind, "sha256": made.sha256}
    if pdf:
        facts["pdf"] = str(output.with_suffix(".pdf"))
        write_file(output.with_suffix(".pdf"), pdf_of(output, made.docx))
    facts["warnings"] = [
        {"code": warning.code, "fields": list(warning.fields), "message": warning.message}
        for warning in made.warnings
    ]
    said = "".join(f"\nLưu ý: {warning.message}" for warning in made.warnings)
    answer(facts, as_json=as_json, text=f"Đã tạo {facts.get('pdf', output)}{said}")


def pdf_of(output: Path, docx: bytes) -> bytes:
    """The PDF of a file just made, with a LibreOffice profile of its own. Raises Outage."""
    with tempfile.TemporaryDirectory(prefix="docgen-") as profile:
        result = convert_to_pdf([(output.name, docx)], profile=Path(profile))[0]
    if result.pdf is None:
        raise Outage(f"Đã tạo {output}, nhưng chưa tạo được PDF: {result.problem}")
    return result.pdf


VERBS = (kinds, schema, make)
