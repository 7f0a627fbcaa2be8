"""The Word templates that are in use: published in this store or else shipped; kept with each document."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from core.errors import NotFound
from docgen.kinds.base import Data, DocumentKind
from docgen.models import TemplateVersion
from registry.files import read, store
from registry.models import StoredFile

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Template:
    """One template in use: its name (`founding_decision/thanh_lap`), title, version.

    ``path`` is the shipped file; ``published`` the version of this store that takes its place.
    """

    name: str
    title: str
    version: str
    path: Path
    published: TemplateVersion | None = None

    @property
    def kind(self) -> str:
        """The document kind it is for."""
        return self.name.partition("/")[0]

    def read(self) -> bytes:
        """The bytes of the template. Raises Outage when a published file is missing or damaged."""
        return self.path.read_bytes() if self.published is None else read(self.published.file)


def find_template(name: str, *, library: Path) -> Template:
    """The shipped template of that name with its manifest. Raises NotFound."""
    path = library / f"{name}.docx"
    manifest = path.with_suffix(".toml")
    if not path.is_file() or not manifest.is_file():
        raise NotFound(
            f"Không có mẫu văn bản “{name}” trong thư mục mẫu. "
            "Kiểm tra tệp .docx và .toml cùng tên, hoặc cài lại docgen.",
            facts={"template": name},
        )
    facts = tomllib.loads(manifest.read_text(encoding="utf-8"))
    return Template(name, str(facts["title"]), str(facts["version"]), path)


def template_in_use(name: str, *, library: Path) -> Template:
    """The last version published in this store, else the shipped one. Raises NotFound."""
    shipped = find_template(name, library=library)
    published = latest_version(name)
    if published is None:
        return shipped
    return replace(
        shipped, title=published.title, version=str(published.version), published=published
    )


def latest_version(name: str) -> TemplateVersion | None:
    """The last version of a template published in this store."""
    return (
        TemplateVersion.objects.filter(name=name)
        .select_related("file")
        .order_by("-version")
        .first()
    )


def template_library(library: Path) -> list[Template]:
    """Every template in use, by name."""
    names = sorted(
        path.relative_to(library).with_suffix("").as_posix() for path in library.glob("*/*.docx")
    )
    return [template_in_use(name, library=library) for name in names]


def template_for(kind: DocumentKind, data: Data, *, library: Path) -> Template:
    """The template that these data call for."""
    return template_in_use(kind.template(data), library=library)


def keep_template(template: Template) -> StoredFile:
    """Store the template's bytes, so that a paper can be made again as it was."""
    if template.published is not None:
        return template.published.file
    return store(
        template.path.read_bytes(), media_type=DOCX, name=f"{template.name.replace('/', '-')}.docx"
    )


def kept_bytes(template_file: StoredFile) -> bytes:
    """The bytes of a stored template, verified by their hash; a lost one is taken from the shipped library."""
    return read(template_file, remake=_shipped_again)


def _shipped_again(template_file: StoredFile) -> bytes | None:
    """The shipped template that was kept under this name; the caller proves that it is the same."""
    for path in Path(settings.TEMPLATES_DOCX_DIR).glob("*/*.docx"):
        if f"{path.parent.name}-{path.name}" == template_file.name:
            return path.read_bytes()
    return None
