"""`docgen read`: returned forms read, nothing stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from django.conf import settings

from config.cli.output import FOUND, answer, by_chunks, json_option, read_input
from config.cli.store import store_is_ready
from config.cli.verbs import verb
from core.errors import Unreadable, UserError
from core.forms import FORMS, FormField, get_form
from core.letters import clean_line
from intake import read_form
from intake.calibrate import calibrate, office_calibration, save_office
from intake.guard import MAX_FILE
from intake.lookup import IssuedForms
from intake.read import Settings
from intake.reading import FieldReading, Reading, Status

_STATUS = {
    Status.CLEAN: "rõ ràng, không cần kiểm tra",
    Status.NEEDS_REVIEW: "cần người kiểm tra",
    Status.REJECTED: "không nhận",
}
_CERTAINTY = {"known": "theo mã in", "likely": "theo bố cục", "unknown": "không rõ"}


@verb("read", help="Đọc biểu mẫu gửi về (Word, Excel, PDF) và nói điều chưa chắc; không lưu gì.")
@click.argument(
    "files",
    nargs=-1,
    type=click.Path(path_type=Path),
    metavar="TỆP...",
    help="Một hay nhiều tệp gửi về.",
)
@click.option(
    "--as",
    "expect",
    type=click.Choice(list(FORMS)),
    metavar="MẪU",
    help="Loại biểu mẫu, khi đã biết; xem “docgen kinds”.",
)
@click.option(
    "--calibrate",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="THƯ_MỤC",
    help="Hiệu chỉnh độ tin cậy bằng một thư mục biểu mẫu đã biết kết quả đúng (mỗi tệp kèm tệp .truth.json).",
)
@json_option
def read(files: tuple[Path, ...], expect: str | None, folder: Path | None, *, as_json: bool) -> int:
    """Exit 0 if everything is clean, 1 if something needs a person, 2 for a single unreadable file."""
    home = Path(settings.DOCGEN_HOME)
    if folder is not None:
        if files:
            raise click.UsageError("--calibrate đọc cả thư mục; không ghi thêm tệp.")
        return _calibrate(folder, home, as_json=as_json)
    if not files:
        raise click.UsageError("Hãy ghi tệp cần đọc.")
    chosen = Settings(calibration=office_calibration(home))
    entries: list[dict[str, object]] = []
    lines: list[str] = []
    unsure = False
    # Without a store a code is read, but nobody can say whose it is.
    store = IssuedForms() if store_is_ready() else None

    def look(chunk: Sequence[Path]) -> None:
        nonlocal unsure
        for path in chunk:
            try:
                readings = read_form(
                    file_bytes(path), name=str(path), expect=expect, store=store, settings=chosen
                )
            except UserError as fault:
                if len(files) == 1:
                    raise
                error = {"code": fault.code, "message": fault.message, "facts": fault.facts}
                entries.append({"file": str(path), "error": error})
                lines.append(f"{path}: không đọc được. {fault.message}")
                unsure = True
                continue
            entries.extend(one.as_json() for one in readings)
            lines.extend(line for one in readings for line in reading_lines(one))
            unsure = unsure or any(one.status is not Status.CLEAN for one in readings)

    by_chunks(files, look, label="Đọc", size=1)
    answer(entries, as_json=as_json, text="\n".join(lines))
    return FOUND if unsure else 0


def _calibrate(folder: Path, home: Path, *, as_json: bool) -> int:
    """Exit 0, or 1 where a value was wrong though nothing was open about it, or a form was not read."""
    made = calibrate(folder, lambda path: read_form(file_bytes(path), name=path.name))
    kept = save_office(home, made)
    facts = {
        "files": made.files,
        "values": made.values,
        "right": made.right,
        "wrong": made.wrong,
        "unread": made.unread,
        "kept": str(kept),
    }
    told = (
        f"Đã đọc {made.files} tệp, {made.values} giá trị, đúng {made.right}; "
        f"sai mà không nêu nghi vấn: {len(made.wrong)}."
    )
    lines = [
        told,
        *(f"  [sai] {one}" for one in made.wrong),
        *(f"  [chưa đọc] {one}" for one in made.unread),
        f"Độ tin cậy của cơ quan lưu ở {kept}.",
    ]
    answer(facts, as_json=as_json, text="\n".join(lines))
    return FOUND if made.wrong or made.unread else 0


def file_bytes(path: Path) -> bytes:
    """A file's bytes, of bounded size. Raises Unreadable in Vietnamese."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # reading says what is wrong
    if size > MAX_FILE:
        raise Unreadable(f"Tệp {path} quá lớn (tối đa {MAX_FILE // 2**20} MB).", code="too_large")
    return read_input(path)


def reading_lines(reading: Reading) -> Iterator[str]:
    """A reading for people: what was read, what is open."""
    if not reading.kind or reading.status is Status.REJECTED:
        yield f"{reading.file}: {_STATUS[reading.status]}. {reading.reason or ''}"
        return
    form = get_form(reading.kind)
    pages = ", ".join(str(page) for page in reading.pages)
    yield (
        f"{reading.file} (trang {pages}): {form.label_vi}, nhận ra {_CERTAINTY[reading.certainty]};"
        f" {_STATUS[reading.status]}"
    )
    for one in form.fields:
        if one.key in reading.fields:
            yield from _value_lines(one, reading.fields[one.key], indent="  ")
    for number, row in enumerate(reading.rows or (), start=1):
        yield f"  Dòng {number}:"
        for column in form.columns:
            if column.key in row:
                yield from _value_lines(column, row[column.key], indent="    ")
    for problem in reading.problems:
        yield f"  [cần xem] {problem.message}"


def _value_lines(field: FormField, one: FieldReading, *, indent: str) -> Iterator[str]:
    told = "(trống)" if one.value is None else shown(field, one.value)
    yield f"{indent}{field.label_vi}: {told}"
    for problem in one.problems:
        yield f"{indent}  [cần xem] {problem.message}"


def shown(field: FormField, value: object) -> str:
    """A value in words: codes by their label, yes and no in Vietnamese."""
    if isinstance(value, bool):
        return "có" if value else "không"
    label = next((option.label_vi for option in field.options if option.code == value), None)
    return label or clean_line(str(value))


VERBS = (read,)
