"""A new template on its way: sent, checked in the cage, filled with the sample, seen, published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.errors import UserError
from docgen.engine.faults import ERROR, RULES, Fault, fault_from_facts
from docgen.kinds import get_kind
from docgen.services.templates import lint_template, publish_template, try_template
from registry.shelf import Shelf
from web.files import DOCX, attachment, picture
from web.pictures import page_picture, pages_of
from web.rights import Right
from web.uploads import word_files
from web.viewer import DeskRequest, Viewer, desk
from web.wordtemplates import queries

FILE, MARKED, FILLED = "template.docx", "marked.docx", "filled.docx"
#: Fields that a template does not use are told together.
IDLE = "NAME-05"


def shelf_of(viewer: Viewer) -> Shelf:
    """The own shelf of the person."""
    return Shelf("templates", str(viewer.user.pk))


@dataclass(frozen=True, slots=True)
class Found:
    """A fault as the page shows it: the place without its text, the tag that stands there."""

    rule: str
    about: str
    place: str
    quote: str
    message: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A template on the shelf and all that is known of it."""

    token: str
    kind: str
    name: str
    file: str
    errors: list[Found]
    warnings: list[Found]
    idle: list[str]
    fault: str
    has_marked: bool
    has_filled: bool

    @property
    def has_remarks(self) -> bool:
        """Whether there is more to say than which fields are not used."""
        return bool(self.errors or self.warnings)

    @property
    def can_be_published(self) -> bool:
        """Whether it has no error and was filled."""
        return not self.errors and not self.fault and self.has_filled


@desk(Right.SEE_TEMPLATES, methods=("POST",))
def send(request: DeskRequest, kind: str, name: str) -> HttpResponse:
    """Take a template in, check it, fill it with the sample; nothing is published yet."""
    queries.template_of(kind, name)
    ((file, data),) = word_files(request, "tep", most=1)
    facts: dict[str, Any] = {"kind": kind, "name": name, "file": file, "findings": [], "fault": ""}
    files = {FILE: data}
    try:
        linted = lint_template(data, kind=kind, annotated=True)
        facts["findings"] = [fault.as_facts() for fault in linted.faults]
        if linted.faults and linted.annotated:
            files[MARKED] = linted.annotated
        if not linted.errors:
            files[FILLED] = try_template(data, kind=kind)
    except UserError as fault:
        facts["fault"] = fault.message
    return redirect("web:template_trial", shelf_of(request.viewer).put(files, facts))


def trial_on(shelf: Shelf, token: str) -> Trial:
    """What lies on the shelf. Raises NotFound."""
    facts: dict[str, Any] = shelf.facts(token)
    faults = [fault_from_facts(one) for one in facts["findings"]]
    return Trial(
        token=token,
        kind=facts["kind"],
        name=facts["name"],
        file=facts["file"],
        errors=[_found(one) for one in faults if one.severity == ERROR],
        warnings=[_found(one) for one in faults if one.severity != ERROR and one.rule != IDLE],
        idle=[one.name or "" for one in faults if one.rule == IDLE],
        fault=facts["fault"],
        has_marked=shelf.has(token, MARKED),
        has_filled=shelf.has(token, FILLED),
    )


def _found(fault: Fault) -> Found:
    place, _, _ = str(fault.where).partition(": «")
    quote = fault.where.tag or fault.where.text
    return Found(fault.rule, RULES.get(fault.rule, ""), place, quote, fault.message)


@desk(Right.SEE_TEMPLATES)
def trial(request: DeskRequest, token: str) -> HttpResponse:
    """What the check found, and the template filled with the sample."""
    found = trial_on(shelf_of(request.viewer), token)
    context = {
        "trial": found,
        "title": queries.template_of(found.kind, found.name).title,
        "label": get_kind(found.kind).schema.label_vi,
        "may_publish": request.viewer.may(Right.PUBLISH_TEMPLATES),
    }
    return render(request, "web/wordtemplates/trial.html", context)


@desk(Right.SEE_TEMPLATES)
def marked(request: DeskRequest, token: str) -> HttpResponse:
    """The template with its faults as Word comments."""
    return _copy(request, token, MARKED, "có chú thích lỗi")


@desk(Right.SEE_TEMPLATES)
def filled(request: DeskRequest, token: str) -> HttpResponse:
    """The template filled with the sample."""
    return _copy(request, token, FILLED, "điền thử")


def _copy(request: DeskRequest, token: str, file: str, word: str) -> HttpResponse:
    shelf = shelf_of(request.viewer)
    stem = PurePath(trial_on(shelf, token).file).stem
    return attachment(shelf.read(token, file), name=f"{stem} ({word}).docx", media_type=DOCX)


@desk(Right.SEE_TEMPLATES)
def pages(request: DeskRequest, token: str) -> HttpResponse:
    """The pages of the filled template; made now when they are not there."""
    shelf = shelf_of(request.viewer)
    shelf.read(token, FILLED)
    context = {"pages": pages_of(shelf, token, FILLED), "token": token}
    return render(request, "web/wordtemplates/pages.html", context)


@desk(Right.SEE_TEMPLATES)
def page(request: DeskRequest, token: str, page: int) -> HttpResponse:
    """One page as a picture."""
    return picture(page_picture(shelf_of(request.viewer), token, page))


@desk(Right.PUBLISH_TEMPLATES, methods=("POST",))
def publish(request: DeskRequest, token: str) -> HttpResponse:
    """Make it the version in use; the same file again changes nothing."""
    shelf = shelf_of(request.viewer)
    found = trial_on(shelf, token)
    made = publish_template(
        shelf.read(token, FILE), kind=found.kind, name=found.name, actor=request.viewer.actor
    )
    if made.is_new:
        text = f"Đã ban hành mẫu, lần {made.version.version}. Văn bản soạn từ nay dùng mẫu này."
    else:
        text = f"Tệp này đang được dùng (lần {made.version.version}); không có gì thay đổi."
    messages.success(request, text)
    return redirect("web:wordtemplate", found.kind, found.name)
