"""Word files that come from the browser: of bounded size and number, named by nobody but us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.files.uploadedfile import UploadedFile

from core.errors import Unreadable, UserError
from docgen.engine.package import MAX_FILE
from web.files import safe_name
from web.viewer import DeskRequest

MEGABYTE = 1024 * 1024
#: Bytes of all files sent together.
MAX_TOGETHER = 100 * MEGABYTE


def word_files(request: DeskRequest, field: str, *, most: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the files sent, one after another, when all of them may be taken.

    Raises UserError for none or too many, Unreadable for one, or all together, too large.
    """
    files: Sequence[UploadedFile[bytes]] = request.FILES.getlist(field)
    if not files:
        raise UserError("Chưa chọn tệp nào. Kéo tệp Word (.docx) vào trang, hoặc bấm Chọn tệp.")
    if len(files) > most:
        raise UserError(
            f"Mỗi lần nhiều nhất {most} tệp; đã gửi {len(files)} tệp. Gửi làm nhiều lần."
        )
    for file in files:
        if (file.size or 0) > MAX_FILE:
            raise Unreadable(
                f"Tệp “{safe_name(file.name or '')}” quá lớn (tối đa {MAX_FILE // MEGABYTE} MB). "
                "Nén ảnh trong tệp rồi lưu lại.",
                code="too_large",
            )
    if sum(file.size or 0 for file in files) > MAX_TOGETHER:
        raise Unreadable(
            f"Các tệp gửi cùng lúc quá lớn (tối đa {MAX_TOGETHER // MEGABYTE} MB). Gửi làm nhiều lần.",
            code="too_large",
        )
    return ((safe_name(file.name or "tep.docx"), bytes(file.read())) for file in files)
