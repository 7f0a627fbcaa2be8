"""`docgen check`: papers held against the rules of form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from config.cli.output import FOUND, answer, by_chunks, json_option, read_input, write_file
from config.cli.verbs import DAY, verb
from core.errors import Unreadable, UserError
from docgen.rules import PROFILES, RULES, Finding, Report, inspect_docx
from docgen.rules.annotate import annotate_findings
from docgen.rules.fix import Change, fix_docx
from docgen.rules.opening import MAX_FILE

_TITLES = {rule.id: rule.title for rule in RULES}
OUT = click.Path(path_type=Path)
Answer = dict[str, object]


def word_files(paths: Sequence[Path]) -> tuple[list[Path], bool]:
    """The files named and those of the folders named, and whether the answer is a list."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (
                one for one in path.rglob("*") if one.suffix.lower() == ".docx" and one.is_file()
            )
            files += sorted(one for one in inside if not one.name.startswith("~$"))
        else:
            files.append(path)
    return files, len(paths) != 1 or paths[0].is_dir()


def read_bytes(path: Path) -> bytes:
    """A file's bytes, of bounded size. Raises Unreadable in Vietnamese."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # reading says what is wrong
    if size > MAX_FILE:
        raise Unreadable(f"Tệp {path} quá lớn (tối đa {MAX_FILE // 1048576} MB).")
    return read_input(path)


def report_facts(path: Path, report: Report) -> Answer:
    """The JSON of contract.md §2."""
    return {
        "file": str(path),
        "profile": report.profile,
        "findings": [finding.as_json() for finding in report.findings],
        "checked": list(report.checked),
        "not_applicable": list(report.not_applicable),
    }


def report_text(path: Path, report: Report, fixed: Sequence[Change] = ()) -> str:
    """The answer for people: errors first, each with its place."""
    lines = [f"{path}: {_sum(report)} (bộ quy định {report.profile})"]
    ordered = sorted(report.findings, key=lambda finding: finding.severity)
    lines += [f"  {_finding_line(finding)}" for finding in ordered]
    lines += [f"  [đã sửa] {change.rule}: {change.message}" for change in fixed]
    return "\n".join(lines)


def _sum(report: Report) -> str:
    errors = sum(finding.severity == "E" for finding in report.findings)
    warnings = len(report.findings) - errors
    return f"{errors} lỗi, {warnings} lưu ý" if report.findings else "đúng thể thức"


def _finding_line(finding: Finding) -> str:
    sign = "LỖI  " if finding.severity == "E" else "lưu ý"
    place = (
        f" (đoạn {finding.where.paragraph}: “{finding.where.text}”)"
        if finding.where.paragraph
        else ""
    )
    detail = f" Đang là: {finding.found}; cần: {finding.expected}." if finding.found else ""
    return f"[{sign}] {finding.rule} {finding.message}{detail}{place}"


@verb(
    "check", help="Kiểm tra thể thức văn bản Word theo Nghị định 30 và quy định của Tổng Liên đoàn."
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar="TỆP...",
    help="Tệp .docx, nhiều tệp, hoặc thư mục.",
)
@click.option("--on", type=DAY, help="Ngày chọn bộ quy định; bỏ trống là ngày ghi trên văn bản.")
@click.option(
    "--profile", type=click.Choice(PROFILES), metavar="BỘ", help="nd30, tld_2011 hoặc tld_2024."
)
@click.option(
    "--annotate", "annotate_to", type=OUT, metavar="TỆP.docx", help="Bản sao có lỗi là bình luận."
)
@click.option(
    "--fix", "fix_to", type=OUT, metavar="TỆP.docx", help="Bản sao đã sửa lỗi sửa được chắc chắn."
)
@json_option
def check(
    files: tuple[Path, ...],
    on: date | None,
    profile: str | None,
    annotate_to: Path | None,
    fix_to: Path | None,
    *,
    as_json: bool,
) -> int:
    """Exit 0 without errors, 1 with errors or bad files among several, 2 for a single unreadable file."""
    found, many = word_files(files)
    if many and (annotate_to or fix_to):
        raise UserError("--annotate và --fix dùng với một tệp; hãy chạy từng tệp.", code="usage")
    if not found:
        raise UserError("Không có tệp .docx nào trong thư mục đã nêu.", code="not_found")
    if many:
        return _check_many(found, on=on, profile=profile, as_json=as_json)
    data = read_bytes(found[0])
    report = inspect_docx(data, on=on, profile=profile)
    facts = report_facts(found[0], report)
    fixed: tuple[Change, ...] = ()
    if annotate_to is not None:
        write_file(annotate_to, annotate_findings(data, report.findings))
        facts["annotated"] = str(annotate_to)
    if fix_to is not None:
        mended, fixed = fix_docx(data, on=on, profile=profile)
        write_file(fix_to, mended)
        facts["fixed"] = [change.as_json() for change in fixed]
    answer(facts, as_json=as_json, text=lambda: report_text(found[0], report, fixed))
    return FOUND if report.has_errors else 0


def _check_many(
    files: Sequence[Path], *, on: date | None, profile: str | None, as_json: bool
) -> int:
    entries: list[Answer] = []
    lines: list[str] = []
    wrong: list[Path] = []

    def look(chunk: Sequence[Path]) -> None:
        for path in chunk:
            try:
                report = inspect_docx(read_bytes(path), on=on, profile=profile)
            except UserError as fault:
                error = {"code": fault.code, "message": fault.message, "facts": fault.facts}
                entries.append({"file": str(path), "error": error})
                lines.append(f"{path}: không kiểm tra được. {fault.message}")
                wrong.append(path)
                continue
            entries.append(report_facts(path, report))
            lines.append(report_text(path, report))
            wrong.extend([path] if report.has_errors else [])

    by_chunks(files, look, label="Kiểm tra", size=1)
    answer(entries, as_json=as_json, text="\n".join(lines))
    return FOUND if wrong else 0


VERBS = (check,)
