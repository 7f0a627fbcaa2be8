"""A paper on trial: what the records say, what is still to be written, the Word file and its faults. Stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from core.errors import DataIncomplete, Problem, UserError
from core.schema import FieldSpec
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.making import checked_data
from docgen.models import ENDED_STATES, Document
from docgen.rules import Finding, check_docx
from docgen.services.asking import askable, with_given
from docgen.services.rendering import compiled_template, fill
from docgen.sources import collect, variant_of
from docgen.sources.base import Collected
from docgen.templates import template_for


@dataclass(frozen=True, slots=True)
class Trial:
    """What would be written. ``docx`` is there when nothing is missing; else ``missing`` and ``wrong`` by path.

    ``fault`` is why the records cannot be read for this paper at all. ``collected`` is what they say.
    """

    kind: str
    record: str
    on: date
    variant: str
    collected: Collected | None = None
    asked: tuple[FieldSpec, ...] = ()
    given: Mapping[str, object] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)
    fault: UserError | None = None
    docx: bytes | None = None
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the paper can be drafted."""
        return self.docx is not None


def try_document(
    kind_key: str,
    *,
    record: str,
    on: date,
    variant: str = "",
    given: Mapping[str, object] | None = None,
) -> Trial:
    """Compose a paper in memory. Raises NotFound for an unknown kind; everything else is in the answer."""
    kind = get_kind(kind_key)
    try:
        variant = variant_of(kind_key, record=record, on=on, given=variant)
        collected = collect(kind_key, record=record, as_of=on, variant=variant)
    except UserError as fault:
        return Trial(kind_key, record, on, variant, fault=fault)
    asked = askable(kind_key, collected.data)
    said = with_given(kind_key, collected.data, given or {})
    day = collected.on or on
    base = Trial(
        kind_key,
        record,
        day,
        collected.variant or variant,
        collected=collected,
        asked=asked,
        given=given or {},
        data=said,
    )
    try:
        data = checked_data(kind, said, Numbering(intended_date=day))
    except DataIncomplete as fault:
        return _with(base, missing=fault.missing, wrong=fault.wrong)
    try:
        docx = draft_bytes(kind_key, data, on=day)
    except UserError as fault:
        return _with(base, fault=fault)
    return _with(
        base,
        data=data,
        docx=docx,
        findings=tuple(check_docx(docx, on=day)),
        warnings=kind.warnings(data),
    )


def _with(trial: Trial, **changes: object) -> Trial:
    values = {name: getattr(trial, name) for name in Trial.__dataclass_fields__}
    return Trial(**{**values, **changes})


def draft_bytes(kind_key: str, data: Mapping[str, object], *, on: date) -> bytes:
    """The Word file of a draft of these checked data, by the template in use. Raises TemplateError, NotFound."""
    template = template_for(get_kind(kind_key), data, library=settings.TEMPLATES_DOCX_DIR)
    rendered = fill(
        kind_key,
        data,
        Numbering(intended_date=on),
        template=compiled_template(template.read()),
        intended_on=on,
    )
    return rendered.docx


def paper_of_last_year(trial: Trial) -> Document | None:
    """The newest numbered paper of the kind by the same issuer about another record, to begin from."""
    if trial.collected is None:
        return None
    return (
        Document.objects.filter(
            kind=trial.kind,
            issuer_id=trial.collected.issuer_id,
            variant__in={trial.variant, ""} if trial.variant else {""},
            number__isnull=False,
            issued_on__lt=trial.on,
        )
        .exclude(record=trial.record)
        .exclude(state__in=ENDED_STATES)
        .order_by("-issued_on", "-created_at")
        .first()
    )
