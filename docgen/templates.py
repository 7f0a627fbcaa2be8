"""The Word templates that are in use: read from the library, kept by hash with each document."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from core.errors import NotFound
from docgen.kinds.base import Data, DocumentKind
from registry.files import read, store
from registry.models import StoredFile

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Template:
    """One template of the library: its name (`founding_decision/thanh_lap`), title, version, file."""

    name: str
    title: str
    version: str
    path: Path


def find_template(name: str, *, library: Path) -> Template:
    """The template of that name with its manifest. Raises NotFound."""
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


def template_for(kind: DocumentKind, data: Data, *, library: Path) -> Template:
    """The template that these data call for."""
    return find_template(kind.template(data), library=library)


def keep_template(template: Template) -> StoredFile:
    """Store the template's bytes, so that a paper can be made again as it was."""
    return store(
        template.path.read_bytes(), media_type=DOCX, name=f"{template.name.replace('/', '-')}.docx"
    )


def kept_bytes(template_file: StoredFile) -> bytes:
    """The bytes of a stored template, verified by their hash."""
    return read(template_file)
