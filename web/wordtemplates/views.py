"""Pages of Word templates: the list, one template with its versions, the names to use."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from docgen.kinds import KINDS, get_kind
from registry.files import read
from web.files import DOCX, attachment
from web.rights import Right
from web.viewer import DeskRequest, desk
from web.wordtemplates import queries


@desk(Right.SEE_TEMPLATES)
def templates(request: DeskRequest) -> HttpResponse:
    """All templates by kind."""
    return render(request, "web/wordtemplates/templates.html", {"groups": queries.all_templates()})


@desk(Right.SEE_TEMPLATES)
def template(request: DeskRequest, kind: str, name: str) -> HttpResponse:
    """One template: its versions, and where a new one is sent to be tried."""
    shipped = queries.template_of(kind, name)
    versions = queries.versions_of(shipped)
    newest = versions[0].published
    context = {
        "kind": kind,
        "name": name,
        "title": newest.title if newest else shipped.title,
        "label": get_kind(kind).schema.label_vi,
        "versions": versions,
        "may_publish": request.viewer.may(Right.PUBLISH_TEMPLATES),
    }
    return render(request, "web/wordtemplates/template.html", context)


@desk(Right.SEE_TEMPLATES)
def take(request: DeskRequest, kind: str, name: str, version: int) -> HttpResponse:
    """The Word file of a version."""
    del request
    shipped = queries.template_of(kind, name)
    found = queries.version_of(shipped, version)
    data = read(found.published.file) if found.published else shipped.path.read_bytes()
    return attachment(data, name=f"Mẫu {shipped.title} - lần {version}.docx", media_type=DOCX)


@desk(Right.SEE_TEMPLATES)
def names(request: DeskRequest) -> HttpResponse:
    """The names that templates may use, found by words without diacritics."""
    kind, query = request.GET.get("loai", ""), request.GET.get("tim", "")
    kind = kind if kind in KINDS else ""
    context = {
        "names": queries.names_for(kind, query=query),
        "kinds": [(key, one.schema.label_vi) for key, one in KINDS.items()],
        "kind": kind,
        "query": query,
    }
    part = "names_table.html" if request.htmx else "names.html"
    return render(request, f"web/wordtemplates/{part}", context)
