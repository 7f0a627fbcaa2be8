"""Templates of the office: checked in the cage, tried on an example, published as the version in use."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from core.errors import Conflict, NotFound, UserError
from docgen.cage import Limits, run_caged
from docgen.engine.faults import ERROR, Fault, fault_from_facts
from docgen.kinds import get_kind
from docgen.models import TemplateVersion
from docgen.templates import DOCX, find_template, latest_version
from registry.files import store


@dataclass(frozen=True, slots=True)
class Linted:
    """Faults of a template in document order, and the copy with comments if one was asked for."""

    faults: tuple[Fault, ...]
    annotated: bytes

    @property
    def errors(self) -> int:
        """How many of the faults are errors."""
        return sum(fault.severity == ERROR for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Published:
    """The version in use, whether this call made it, and what the check remarked."""

    version: TemplateVersion
    is_new: bool
    faults: tuple[Fault, ...]


class TemplateRefused(UserError):
    """A template with errors is not published; ``faults`` says all of them."""

    code = "template_refused"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        errors = [fault for fault in faults if fault.severity == ERROR]
        super().__init__(
            f"Mẫu có {len(errors)} lỗi nên chưa ban hành. Lỗi đầu tiên: {errors[0].where}: "
            f"{errors[0].message}.",
            facts={"findings": [fault.as_facts() for fault in faults]},
        )
        self.faults = faults


def lint_template(
    docx: bytes, *, kind: str, annotated: bool = False, limits: Limits | None = None
) -> Linted:
    """Check a template of a kind in the cage.

    Raises NotFound (kind), TemplateError (a file that cannot be read, or goes past the limits).
    """
    known = get_kind(kind)
    answer, copy = run_caged(
        "lint", {"kind": known.schema.kind, "annotate": annotated}, docx, limits=limits
    )
    entries = answer["findings"]
    faults = (
        tuple(fault_from_facts(entry) for entry in entries) if isinstance(entries, list) else ()
    )
    return Linted(faults, copy)


def try_template(docx: bytes, *, kind: str) -> bytes:
    """A template filled with the example of its kind, in the cage.

    Raises NotFound (kind), TemplateError (it cannot be filled).
    """
    return run_caged("trial", {"kind": get_kind(kind).schema.kind}, docx)[1]


def template_name(kind: str, name: str, *, library: Path) -> str:
    """The full name of a template that the kind chooses. Raises NotFound, naming those there are."""
    full = name if "/" in name else f"{kind}/{name}"
    known = sorted(path.stem for path in (library / kind).glob("*.docx"))
    if full.partition("/")[0] == kind and full.partition("/")[2] in known:
        return full
    near = difflib.get_close_matches(full.rpartition("/")[2], known, n=1, cutoff=0.5)
    hint = f" Có phải “{near[0]}”?" if near else ""
    raise NotFound(
        f"Loại văn bản “{kind}” không dùng mẫu nào tên “{name}”.{hint} Các tên: {', '.join(known)}.",
        facts={"template": name, "known": known},
    )


def publish_template(
    docx: bytes, *, kind: str, name: str, actor: str, library: Path | None = None
) -> Published:
    """Make a Word file the template in use for new documents of this store; older ones keep theirs.

    The file is checked and filled with the example of its kind first. The same file again changes nothing.
    Raises NotFound (kind, name), TemplateRefused (with all faults), TemplateError (unreadable, or the trial
    failed), Conflict (someone else published at this moment).
    """
    folder = library or settings.TEMPLATES_DOCX_DIR
    known = get_kind(kind)
    full = template_name(kind, name, library=folder)
    linted = lint_template(docx, kind=kind)
    if linted.errors:
        raise TemplateRefused(linted.faults)
    run_caged("trial", {"kind": kind}, docx)
    shipped = find_template(full, library=folder)
    saved = store(docx, media_type=DOCX, name=f"{full.replace('/', '-')}.docx")
    last = latest_version(full)
    if last is not None and last.file_id == saved.pk:
        return Published(last, is_new=False, faults=linted.faults)
    number = int(shipped.version) if last is None else max(last.version, int(shipped.version))
    try:
        with transaction.atomic():
            version = TemplateVersion.objects.create(
                name=full,
                kind=known.schema.kind,
                version=number + 1,
                title=shipped.title,
                file=saved,
                published_by=actor,
            )
    except IntegrityError as error:
        raise Conflict(
            f"Mẫu “{full}” vừa được người khác ban hành. Xem lại danh sách mẫu rồi thử lại.",
            facts={"template": full},
        ) from error
    return Published(version, is_new=True, faults=linted.faults)
