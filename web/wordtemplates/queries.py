"""Templates with their versions and their use; the names a template may use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count

from core.errors import NotFound
from core.letters import unaccent
from docgen.kinds import KINDS, get_kind
from docgen.kinds.template_names import template_names
from docgen.models import Document, TemplateVersion
from docgen.templates import Template, find_template
from docgen.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a template: who published it and when, how many papers were made with it."""

    number: int
    by: str
    at: datetime | None
    used: int
    in_use: bool
    published: TemplateVersion | None = None


@dataclass(slots=True)
class Row:
    """A template of the list: its last version, and how many papers were made with any version."""

    kind: str
    name: str
    title: str
    version: int
    by: str
    at: datetime | None
    used: int


@dataclass(slots=True)
class Group:
    """The templates of one kind of document."""

    kind: str
    label: str
    rows: list[Row] = field(default_factory=list)


def _library() -> Path:
    return Path(settings.TEMPLATES_DOCX_DIR)


def all_templates() -> list[Group]:
    """Every template by kind, in the order of a campaign; two queries whatever there is."""
    last: dict[str, TemplateVersion] = {}
    for version in TemplateVersion.objects.order_by("name", "version"):
        last[version.name] = version
    used = dict(Document.objects.order_by().values_list("template").annotate(n=Count("pk")))
    groups = []
    for key, kind in KINDS.items():
        group = Group(key, kind.schema.label_vi)
        for path in sorted((_library() / key).glob("*.docx")):
            shipped = find_template(f"{key}/{path.stem}", library=_library())
            group.rows.append(_row(shipped, last.get(shipped.name), used.get(shipped.name, 0)))
        groups.append(group)
    return groups


def _row(shipped: Template, last: TemplateVersion | None, used: int) -> Row:
    kind, _, name = shipped.name.partition("/")
    if last is None:
        return Row(kind, name, shipped.title, int(shipped.version), "", None, used)
    return Row(kind, name, last.title, last.version, last.published_by, last.published_at, used)


def template_of(kind: str, name: str) -> Template:
    """The shipped template of that name. Raises NotFound."""
    get_kind(kind)
    return find_template(f"{kind}/{name}", library=_library())


def versions_of(shipped: Template) -> list[Version]:
    """All versions, the newest first; the one that came with docgen is the last."""
    rows = list(
        TemplateVersion.objects.filter(name=shipped.name)
        .select_related("file")
        .order_by("-version")
    )
    used = dict(
        Document.objects.filter(template=shipped.name)
        .order_by()
        .values_list("template_file")
        .annotate(n=Count("pk"))
    )
    found = [
        Version(
            row.version, row.published_by, row.published_at, used.pop(row.file_id, 0),
            in_use=place == 0, published=row,
        )
        for place, row in enumerate(rows)
    ]  # fmt: skip
    rest = sum(used.values())
    found.append(Version(int(shipped.version), "", None, rest, in_use=not rows))
    return found


def version_of(shipped: Template, number: int) -> Version:
    """One version. Raises NotFound."""
    for version in versions_of(shipped):
        if version.number == number:
            return version
    raise NotFound(f"Mẫu “{shipped.title}” không có lần ban hành {number}.")


@dataclass(frozen=True, slots=True)
class Name:
    """A name for authors of templates, with the tag to copy."""

    name: str
    label: str
    type: str
    sample: str
    source: str
    tag: str


def names_for(kind: str, *, query: str) -> list[Name]:
    """The names of a kind (of all, when none is given) in whose name, label or sample all words stand.

    Diacritics and case do not matter. Raises NotFound for an unknown kind.
    """
    every = {name: entry.kind for name, entry in VOCABULARY.items()}
    types = template_names(get_kind(kind)) if kind else every
    words = unaccent(query).casefold().replace("_", " ").split()
    found = [_name(name, type_) for name, type_ in sorted(types.items())]
    return [one for one in found if _fits(one, words)]


def _fits(name: Name, words: Iterable[str]) -> bool:
    text = unaccent(f"{name.name} {name.label} {name.sample}").casefold().replace("_", " ")
    return all(word in text for word in words)


def _name(name: str, type_: str) -> Name:
    entry = VOCABULARY.get(name)
    return Name(
        name=name,
        label=entry.label_vi if entry else "",
        type=type_,
        sample=entry.sample if entry else "",
        source=entry.source if entry else "",
        tag=tag_of(name, type_),
    )


def tag_of(name: str, type_: str) -> str:
    """What an author types into the template for a name: a field of a list stands inside its loop."""
    if "[]." in name:
        return f"{{{{ dong.{name.rpartition('[].')[2]} }}}}"
    if type_ == "danh sách":
        return f"{{%p for dong in {name} %}}"
    if type_ == "có/không":
        return f"{{% if {name} %}}"
    if type_ == "văn bản con":
        return f"{{{{p {name} }}}}"
    return f"{{{{ {name} }}}}"
