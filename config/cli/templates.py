"""Verbs on Word templates: template lint, publish, list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from django.conf import settings

from config.cli.documents import ACTOR
from config.cli.output import FOUND, answer, json_option, note, read_input, unreadable, write_file
from config.cli.store import StoreVerb
from config.cli.verbs import verb_group
from docgen.engine.faults import ERROR, Fault
from docgen.engine.package import MAX_FILE
from docgen.services.templates import TemplateRefused, lint_template, publish_template
from docgen.templates import Template, template_library

FILE = click.argument(
    "file", type=click.Path(path_type=Path), metavar="TỆP.docx", help="Mẫu Word cần xem."
)
KIND = click.option(
    "--kind", required=True, metavar="LOẠI", help="Loại văn bản của mẫu; xem “docgen kinds”."
)


@verb_group("template", help="Mẫu Word: kiểm tra, ban hành, liệt kê.")
def template() -> None:
    """The verbs hang below."""


def read_template(path: Path) -> bytes:
    """The bytes of an author's file. Raises UserError if it cannot be read or is far too large."""
    if path.is_file() and path.stat().st_size > MAX_FILE:
        raise unreadable(str(path), f"quá lớn, tối đa {MAX_FILE // 1048576} MB")
    return read_input(path)


def lint_lines(faults: Sequence[Fault]) -> str:
    """Faults for people; the fields that are not used are one line."""
    lines = [str(fault) for fault in faults if fault.rule != "NAME-05"]
    idle = [f"{fault.name}" for fault in faults if fault.rule == "NAME-05"]
    if idle:
        lines.append(f"[W] NAME-05  Mẫu không dùng các trường: {', '.join(idle)}")
    errors = sum(fault.severity == ERROR for fault in faults)
    if not faults:
        lines.append("Mẫu không có lỗi.")
    else:
        lines.append(f"{errors} lỗi, {len(faults) - errors} lưu ý.")
    return "\n".join(lines)


@template.command("lint", help="Tìm mọi lỗi của một mẫu Word và chỉ đúng chỗ.")
@FILE
@KIND
@click.option(
    "--annotate",
    "annotate_to",
    type=click.Path(path_type=Path),
    metavar="TỆP.docx",
    help="Ghi thêm một bản sao có lỗi dưới dạng bình luận của Word.",
)
@json_option
def lint(file: Path, kind: str, annotate_to: Path | None, *, as_json: bool) -> int:
    """Exit 0 without errors, 1 with errors, 2 for a file that cannot be read."""
    linted = lint_template(read_template(file), kind=kind, annotated=annotate_to is not None)
    facts: dict[str, object] = {
        "file": str(file),
        "kind": kind,
        "errors": linted.errors,
        "warnings": len(linted.faults) - linted.errors,
        "findings": [fault.as_facts() for fault in linted.faults],
    }
    if annotate_to is not None and linted.annotated:
        write_file(annotate_to, linted.annotated)
        facts["annotated"] = str(annotate_to)
    elif annotate_to is not None:
        note("Tệp chứa thứ không được phép nên không có bản sao với bình luận.")
    answer(facts, as_json=as_json, text=lambda: lint_lines(linted.faults))
    return FOUND if linted.errors else 0


@template.command(
    "publish", cls=StoreVerb, help="Ban hành một mẫu Word: dùng cho các văn bản soạn từ nay."
)
@FILE
@KIND
@click.option("--name", required=True, metavar="TÊN", help="Tên mẫu; xem “docgen template list”.")
@ACTOR
@json_option
def publish(file: Path, kind: str, name: str, actor: str, *, as_json: bool) -> int:
    """Check, try and publish; a template with errors is refused with all of them (exit 1)."""
    try:
        published = publish_template(read_template(file), kind=kind, name=name, actor=actor)
    except TemplateRefused as refused:
        facts = {"file": str(file), "kind": kind, "published": None, **refused.facts}
        answer(facts, as_json=as_json, text=f"{lint_lines(refused.faults)}\nChưa ban hành.")
        return FOUND
    version = published.version
    facts = {
        "file": str(file),
        "kind": kind,
        "published": {
            "name": version.name,
            "version": version.version,
            "sha256": version.file.sha256,
            "new": published.is_new,
        },
        "findings": [fault.as_facts() for fault in published.faults],
    }
    done = "Đã ban hành" if published.is_new else "Tệp này đang được dùng, không có gì thay đổi:"
    answer(facts, as_json=as_json, text=f"{done} {version.name}, lần {version.version}.")
    return 0


def template_facts(entry: Template) -> dict[str, object]:
    """How scripts see a template in use."""
    published = entry.published
    return {
        "name": entry.name,
        "kind": entry.kind,
        "title": entry.title,
        "version": int(entry.version),
        "shipped": published is None,
        "sha256": published.file.sha256 if published else None,
        "published_at": published.published_at if published else None,
        "published_by": published.published_by if published else None,
    }


@template.command("list", cls=StoreVerb, help="Các mẫu đang dùng.")
@json_option
def list_templates(*, as_json: bool) -> None:
    """Templates in use, shipped or published in this store."""
    entries = template_library(settings.TEMPLATES_DOCX_DIR)
    lines = [
        f"{entry.name:<38} lần {entry.version:<3} "
        f"{'kèm theo docgen' if entry.published is None else 'của kho này':<16} {entry.title}"
        for entry in entries
    ]
    facts = [template_facts(entry) for entry in entries]
    answer({"templates": facts}, as_json=as_json, text="\n".join(lines))


VERBS = (template,)
