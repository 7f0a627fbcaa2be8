"""Pure: template compiler and renderer, repack, PDF making. Imports core, docx, docxtpl, lxml, jinja2."""

from __future__ import annotations

from docxtpl import RichText

from docgen.engine.errors import MissingValues, Place, TemplateError, UnsafeTemplate
from docgen.engine.template import CompiledTemplate, Rendered, compile_template, compiled

__all__ = [
    "CompiledTemplate",
    "MissingValues",
    "Place",
    "Rendered",
    "RichText",
    "TemplateError",
    "UnsafeTemplate",
    "compile_template",
    "compiled",
]
