"""Word files that come from the browser: of bounded size and number, named by nobody but us."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from core.errors import Unreadable, UserError
from docgen.engine.package import MAX_FILE
from web.files import safe_name
from web.viewer import DeskRequest

MEGABYTE = 1024 * 1024


def word_files(request: DeskRequest, field: str, *, most: int) -> list[tuple[str, bytes]]:
    """Names and bytes of the files sent. Raises UserError for none or too many, Unreadable for one too large."""
    files: Sequence[UploadedFile[bytes]] = request.FILES.getlist(field)
    if not files:
        raise UserError("Chưa chọn tệp nào. Kéo tệp Word (.docx) vào trang, hoặc bấm Chọn tệp.")
    if len(files) > most:
        raise UserError(
            f"Mỗi lần nhiều nhất {most} tệp; đã gửi {len(files)} tệp. Gửi làm nhiều lần."
        )
    return [(safe_name(file.name or "tep.docx"), _bytes(file)) for file in files]


def _bytes(file: UploadedFile[bytes]) -> bytes:
    if file.size is None or file.size > MAX_FILE:
        raise Unreadable(
            f"Tệp “{safe_name(file.name or '')}” quá lớn (tối đa {MAX_FILE // MEGABYTE} MB). "
            "Nén ảnh trong tệp rồi lưu lại.",
            code="too_large",
        )
    return bytes(file.read())
