"""From checked bytes to readings, without a store: what runs inside the cage. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.errors import Problem
from core.forms import FORMS, FormKind
from intake.certainty import Calibration
from intake.extract.assemble import Acceptance, assemble
from intake.extract.identify import Identity, identify
from intake.extract.split import Piece, split
from intake.guard import FileType
from intake.readers.docx import read_docx
from intake.readers.image import read_image
from intake.readers.pdf import read_pdf
from intake.readers.raw import RawForm
from intake.readers.xlsx import read_xlsx
from intake.reading import Certainty, Reading, Status

#: One reader for each type of file that is read as it is; the others are converted before.
READERS: Mapping[FileType, Callable[[bytes], RawForm]] = {
    FileType.DOCX: read_docx,
    FileType.XLSX: read_xlsx,
    FileType.PDF: read_pdf,
    FileType.IMAGE: read_image,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be read. ``ignore_codes``: the store did not make the code that stands on it."""

    name: str
    expect: str | None = None
    on: date | None = None
    calibration: Calibration | None = None
    acceptance: Acceptance = field(default_factory=Acceptance)
    ignore_codes: bool = False


def read_pieces(
    data: bytes, kind: FileType, wish: Wish, *, original: bytes | None = None
) -> list[Reading]:
    """A reading for every form in a file. ``original`` are the bytes as received, where ``data`` was converted.

    Raises Unreadable when the file cannot be opened.
    """
    raw = READERS[kind](data)
    sha256 = hashlib.sha256(original if original is not None else data).hexdigest()
    return [_read_piece(piece, wish, sha256) for piece in split(raw)]


def _read_piece(piece: Piece, wish: Wish, sha256: str) -> Reading:
    if piece.raw.scanned and not piece.raw.blocks:
        return _rejected(piece, wish, sha256, Identity(None, Certainty.UNKNOWN), _SCAN)
    found = identify(piece.raw, expect=wish.expect, ignore_codes=wish.ignore_codes)
    refusal = _refusal(found, wish.expect)
    if refusal is not None or found.form is None:
        return _rejected(piece, wish, sha256, found, refusal or _UNKNOWN)
    made = assemble(
        piece.raw,
        found.form,
        certainty=found.certainty,
        on=wish.on,
        calibration=wish.calibration,
        acceptance=wish.acceptance,
    )
    return Reading(
        file=wish.name,
        sha256=sha256,
        pages=piece.pages,
        channel=piece.raw.channel,
        kind=found.form.kind,
        version=found.version,
        code=found.code,
        certainty=found.certainty,
        status=made.status,
        fields=made.fields,
        rows=made.rows,
        problems=(*_identity_problems(found), *made.problems),
    )


_SCAN = (
    "Tệp là bản quét hoặc ảnh chụp, không có chữ để đọc bằng máy. Hãy gửi kèm tệp Word, Excel hoặc PDF gốc, "
    "hoặc nhập tay từ bản này."
)
_UNKNOWN = (
    "Không nhận ra đây là biểu mẫu nào. Hãy gửi đúng mẫu đã phát, hoặc chọn loại biểu mẫu khi nhận."
)


def _refusal(found: Identity, expect: str | None) -> str | None:
    """A form that is plainly another than the one awaited gives no values."""
    if expect is None or found.form is None or found.form.kind == expect:
        return None
    wanted: FormKind | None = FORMS.get(expect)
    label = wanted.label_vi if wanted else expect
    return f"Đây là “{found.form.label_vi}”, không phải “{label}”. Hãy gửi đúng mẫu."


def _identity_problems(found: Identity) -> tuple[Problem, ...]:
    if found.foreign:
        message = "Mã in trên biểu mẫu không phải do kho này phát ra."
        return (Problem("foreign_code", message, ()),)
    if found.form is not None and found.version > found.form.version:
        message = (
            f"Biểu mẫu phiên bản {found.version} mới hơn bản đang dùng ({found.form.version})."
        )
        return (Problem("newer_version", message, ()),)
    return ()


def _rejected(piece: Piece, wish: Wish, sha256: str, found: Identity, reason: str) -> Reading:
    return Reading(
        file=wish.name,
        sha256=sha256,
        pages=piece.pages,
        channel=piece.raw.channel,
        kind=found.form.kind if found.form else "",
        version=found.version,
        code=found.code,
        certainty=found.certainty if found.form else Certainty.UNKNOWN,
        status=Status.REJECTED,
        reason=reason,
    )
