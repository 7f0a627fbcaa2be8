"""Write every shipped template and its manifest, byte for byte the same each time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docgen.engine import compile_template
from docgen.vocabulary import VOCABULARY
from tools.templates.recipe import Recipe
from tools.templates.recipes import RECIPES

# A fixed day, so that the files do not change when nothing changed.
_BUILT = datetime(2024, 1, 1, tzinfo=UTC)
_ZIP_DATE = (2024, 1, 1, 0, 0, 0)


def build_all(folder: Path) -> list[Path]:
    """Write ``<kind>/<name>.docx`` and ``.toml`` under ``folder``; return the files written."""
    written: list[Path] = []
    for key, recipe in sorted(RECIPES.items()):
        document = recipe.make()
        data = to_bytes(document)
        target = folder / f"{key}.docx"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        manifest = target.with_suffix(".toml")
        manifest.write_text(manifest_text(key, recipe, used_names(data)), encoding="utf-8")
        written += [target, manifest]
    return written


def to_bytes(document: Any) -> bytes:
    """The package with fixed properties, dates and member order."""
    core = document.core_properties
    core.created = core.modified = _BUILT
    core.last_modified_by, core.revision, core.comments = "docgen", 1, ""
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(raw) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, source.read(name))
    return out.getvalue()


def used_names(template: bytes) -> tuple[str, ...]:
    """Names of the vocabulary the template uses: ``ten_co_quan``, ``ds_can_cu``, ``ds_doan_vien[].ho_ten``."""
    return tuple(sorted({name.removesuffix("[]") for name in compile_template(template).names}))


def manifest_text(key: str, recipe: Recipe, names: tuple[str, ...]) -> str:
    """TOML for the office: what each name in the template means, where it comes from, how it looks."""
    lines = [
        f"# Mẫu {key}: các tên dùng trong tệp Word cùng tên.",
        f"title = {_quoted(recipe.title)}",
        f"kind = {_quoted(key.partition('/')[0])}",
        f"version = {recipe.version}",
    ]
    for name in names:
        entry = VOCABULARY[name]
        lines += [
            "",
            "[[fields]]",
            f"name = {_quoted(name)}",
            f"label = {_quoted(entry.label_vi)}",
            f"type = {_quoted(entry.kind)}",
            f"source = {_quoted(entry.source)}",
            f"sample = {_quoted(entry.sample)}",
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
