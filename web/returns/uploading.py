"""Files from the browser into the store: the office's and a unit's take the same way."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.datastructures import MultiValueDict

from core.errors import UserError
from intake.guard import MAX_FILE, check_file
from intake.models import Arrival, FileState, ReceivedFile
from intake.services.receiving import Duplicate, New, receive
from records.models import UnionOrg
from web.files import safe_name
from workers.returns import send_reads

#: Files of one request; a script sends them one by one, a plain form all at once.
MOST = 50


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: received (or received before), or why it was not."""

    name: str
    file: ReceivedFile | None = None
    is_new: bool = False
    fault: str = ""


def take_files(
    files: MultiValueDict[str, UploadedFile[bytes]], *, actor: str, sender: UnionOrg | None
) -> list[Taken]:
    """Keep every file and ring for its reading. Raises UserError when there is none, or too many."""
    given = files.getlist("tep")
    if not given:
        raise UserError("Chưa chọn tệp nào. Chọn tệp rồi bấm Nộp.")
    if len(given) > MOST:
        raise UserError(f"Mỗi lần nộp nhiều nhất {MOST} tệp. Chia làm nhiều lần.")
    return [_take(one, actor=actor, sender=sender) for one in given]


def _take(file: UploadedFile[bytes], *, actor: str, sender: UnionOrg | None) -> Taken:
    name = safe_name(file.name or "tep")
    if file.size is not None and file.size > MAX_FILE:
        return Taken(
            name, fault=f"Tệp lớn quá {MAX_FILE // 2**20} MB. Tách nhỏ hoặc giảm độ phân giải ảnh rồi gửi lại."
        )  # fmt: skip
    try:
        data = file.read()
        check_file(data)
        outcome: New | Duplicate = receive(
            data, name=name, arrival=Arrival.DESK, actor=actor, sender=sender
        )
    except UserError as fault:
        return Taken(name, fault=fault.message)
    if outcome.file.state == FileState.RECEIVED:
        with transaction.atomic():
            send_reads([outcome.file.pk])
    return Taken(name, file=outcome.file, is_new=isinstance(outcome, New))
