"""What a person may write into a paper: what no record holds, and what the records do not have this time."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import UserError
from core.schema import FieldSpec
from core.validation import is_blank
from docgen.kinds import get_kind
from docgen.kinds.base import GIVEN, HEADER_FIELDS, RECIPIENT_FIELDS, SIGNER_FIELDS

#: Who issues, who signs and who gets the paper follow from the organisation alone.
_OFFICE = frozenset(spec.key for spec in (*HEADER_FIELDS, *SIGNER_FIELDS, *RECIPIENT_FIELDS))
_FREE = frozenset({"copies"})


def askable(kind: str, collected: Mapping[str, object]) -> tuple[FieldSpec, ...]:
    """The fields that a person may write, given what the records say: theirs always go first."""
    return tuple(
        spec
        for spec in get_kind(kind).schema.fields
        if spec.source == GIVEN
        or ((spec.key not in _OFFICE or spec.key in _FREE) and is_blank(collected.get(spec.key)))
    )


def check_known(kind: str, given: Mapping[str, object]) -> None:
    """Only fields of the kind that are not the office's own may be given at all. Raises UserError."""
    known = {spec.key for spec in askable(kind, {})}
    _refuse(sorted(set(given) - known), known, kind)


def check_given(kind: str, given: Mapping[str, object], collected: Mapping[str, object]) -> None:
    """What the records give is not written over. Raises UserError naming the fields."""
    allowed = {spec.key for spec in askable(kind, collected)}
    _refuse(sorted(set(given) - allowed), allowed, kind)


def with_given(
    kind: str, collected: Mapping[str, object], given: Mapping[str, object]
) -> dict[str, object]:
    """The data of the paper; what the records have come to know since goes before what was written."""
    allowed = {spec.key for spec in askable(kind, collected)}
    return {**collected, **{key: value for key, value in given.items() if key in allowed}}


def _refuse(barred: list[str], allowed: set[str], kind: str) -> None:
    if not barred:
        return
    always = sorted(spec.key for spec in get_kind(kind).schema.fields if spec.source == GIVEN)
    named = always or sorted(allowed)
    told = f"chỉ nhận {', '.join(named)}" if named else "loại văn bản này không nhận"
    raise UserError(
        f"Trường {', '.join(barred)} lấy từ kho hồ sơ, không ghi thẳng; {told}.",
        code="not_given",
        facts={"wrong": dict.fromkeys(barred, "lấy từ kho hồ sơ")},
    )
