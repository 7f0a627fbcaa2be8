"""Pure: template compiler and renderer, repack, PDF making. Imports core, docx, docxtpl, lxml, jinja2."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from docgen.engine.comments import annotate
from docgen.engine.errors import MissingValues, Place, TemplateError, UnsafeTemplate
from docgen.engine.faults import Fault
from docgen.engine.linting import lint
from docgen.engine.packing import Packing
from docgen.engine.pictures import Picture, QrCode, SubDocument
from docgen.engine.template import (
    CompiledTemplate,
    Level,
    Rendered,
    compile_template,
    compiled,
)

if TYPE_CHECKING:
    from docxtpl import RichText

__all__ = [
    "CompiledTemplate",
    "Fault",
    "Level",
    "MissingValues",
    "Packing",
    "Picture",
    "Place",
    "QrCode",
    "Rendered",
    "RichText",
    "SubDocument",
    "TemplateError",
    "UnsafeTemplate",
    "annotate",
    "compile_template",
    "compiled",
    "lint",
]


def __getattr__(name: str) -> object:
    """RichText is docxtpl's own, imported only where somebody asks for it."""
    if name == "RichText":
        return importlib.import_module("docxtpl").RichText
    raise AttributeError(name)
