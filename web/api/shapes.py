"""Shapes of what the interface takes and gives. Texts are bounded and hold nothing that a database refuses."""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict

from docgen.models import Document
from intake.models import ReceivedFile

#: Row numbers as both databases take them.
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


def _sound(value: Any) -> Any:
    """Refuse NUL, lone surrogates and numbers that are none, at any depth."""
    if isinstance(value, str) and (
        "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value)
    ):
        raise ValueError("có ký tự không dùng được")
    if isinstance(value, float) and (not math.isfinite(value)):
        raise ValueError("không phải số")
    if isinstance(value, dict):
        for key, one in value.items():
            _sound(key)
            _sound(one)
    if isinstance(value, list):
        for one in value:
            _sound(one)
    return value


Key = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_sound)]
Record = Annotated[
    str,
    Field(min_length=3, max_length=120, examples=["campaign:ptdv-2024"]),
    AfterValidator(_sound),
]
Variant = Annotated[str, Field(max_length=40), AfterValidator(_sound)]
Given = Annotated[dict[str, Any], AfterValidator(_sound)]
#: Years as official papers have them.
Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), le=dt.date(2199, 12, 31))]


class In(Schema):
    """What is sent; a field that does not exist is a mistake."""

    model_config = ConfigDict(extra="forbid")


class Fault(Schema):
    """Why not: a code for programs, a sentence for people, facts."""

    code: str
    message: str
    facts: dict[str, Any]


class FaultOut(Schema):
    """The one shape of every error (contract §2)."""

    error: Fault


class DocumentIn(In):
    """Which paper is wanted."""

    kind: Key = Field(
        title="Loại văn bản", description="Như plan, founding_decision; xem GET /api/kinds."
    )
    record: Record = Field(title="Hồ sơ", description="Như campaign:mã, case:mã.")
    date: Day | None = Field(
        None, title="Ngày dự kiến ban hành", description="Bỏ trống là hôm nay."
    )
    variant: Variant = Field(
        "", title="Trường hợp", description="Như found, recognise, nếu cần chỉ rõ."
    )
    given: Given = Field(
        default_factory=dict, title="Người soạn ghi thêm", description="Phần mà hồ sơ không có."
    )


class DocumentOut(Schema):
    """A paper as programs see it."""

    id: UUID
    kind: str
    variant: str
    record: str
    state: str
    state_label: str
    subject: str
    issuer: str
    code: str | None = Field(None, title="Số, ký hiệu")
    date: dt.date | None
    intended_date: dt.date
    sha256: str | None
    has_pdf: bool
    new: bool | None = Field(None, title="Mới lập, hay đã có từ trước")

    @staticmethod
    def of(paper: Document, *, new: bool | None = None) -> dict[str, Any]:
        """The values of a paper."""
        return {
            "id": paper.pk,
            "kind": paper.kind,
            "variant": paper.variant,
            "record": paper.record,
            "state": paper.state,
            "state_label": paper.get_state_display(),
            "subject": paper.subject,
            "issuer": paper.issuer.name,
            "code": paper.code or None,
            "date": paper.issued_on,
            "intended_date": paper.intended_on,
            "sha256": paper.final_file.sha256 if paper.final_file else None,
            "has_pdf": paper.pdf_file_id is not None,
            "new": new,
        }


class BatchIn(In):
    """Which papers are wanted together."""

    campaign: Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_sound)] = Field(
        title="Mã chiến dịch"
    )
    kind: Key = Field(title="Loại văn bản")
    where: Annotated[dict[str, Annotated[str, Field(max_length=120)]], AfterValidator(_sound)] = (
        Field(
            default_factory=dict,
            title="Điều kiện chọn hồ sơ",
            description='Như {"state": "dossier_filed"}.',
        )
    )
    date: Day | None = Field(
        None, title="Ngày dự kiến ban hành", description="Bỏ trống là hôm nay."
    )
    key: Annotated[str, Field(max_length=100), AfterValidator(_sound)] = Field(
        "",
        title="Khóa chống lặp",
        description="Cùng khóa thì là cùng một đợt, gửi lại không lập đợt mới.",
    )
    run: bool = Field(default=True, title="Tạo dự thảo ngay")


class FailureOut(Schema):
    """One paper of a batch that could not be made."""

    record: str
    code: str
    message: str


class BatchOut(Schema):
    """How a batch stands (contract §2)."""

    id: int
    kind: str
    state: str
    total: int
    waiting: int
    running: int
    done: int
    failed: int
    rate_per_s: float | None
    remaining_s: float | None
    numbers: list[int] | None
    failures: list[FailureOut]


class FormOut(Schema):
    """One form found in a file, without what it says."""

    id: int
    kind: str
    state: str
    state_label: str
    record: str | None


class FileOut(Schema):
    """A returned file."""

    id: int | None
    outcome: str | None = Field(None, title="new hoặc duplicate")
    name: str
    state: str | None
    state_label: str | None
    received_at: dt.datetime | None
    error: Fault | None
    forms: list[FormOut]

    @staticmethod
    def of(row: ReceivedFile, *, outcome: str | None = None) -> dict[str, Any]:
        """The values of a file."""
        error = {"code": row.error_code, "message": row.error_message, "facts": {}}
        return {
            "id": row.pk,
            "outcome": outcome,
            "name": row.name,
            "state": row.state,
            "state_label": row.get_state_display(),
            "received_at": row.received_at,
            "error": error if row.error_code else None,
            "forms": [
                {
                    "id": form.pk,
                    "kind": form.kind,
                    "state": form.state,
                    "state_label": form.get_state_display(),
                    "record": f"{form.record_type}:{form.record_id}" if form.record_id else None,
                }
                for form in row.forms.order_by("position")
            ],
        }

    @staticmethod
    def hidden(name: str) -> dict[str, Any]:
        """That the same file came from elsewhere, and nothing more."""
        nothing = dict.fromkeys(("id", "state", "state_label", "received_at", "error"))
        return nothing | {"outcome": "duplicate", "name": name, "forms": []}


class ReviewsOut(Schema):
    """The queue of forms: how many in each state, and those that wait."""

    counts: dict[str, int]
    waiting: list[FormOut]


class KindOut(Schema):
    """A kind of paper or form."""

    kind: str
    label: str


class KindsOut(Schema):
    """All kinds."""

    documents: list[KindOut]
    forms: list[KindOut]
