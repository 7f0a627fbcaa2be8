"""Pure: template compiler and renderer, repack, PDF making. Imports core, docx, docxtpl, lxml, jinja2."""

from __future__ import annotations

from docxtpl import RichText

from docgen.engine.comments import annotate
from docgen.engine.errors import MissingValues, Place, TemplateError, UnsafeTemplate
from docgen.engine.faults import Fault
from docgen.engine.linting import lint
from docgen.engine.template import CompiledTemplate, Rendered, compile_template, compiled

__all__ = [
    "CompiledTemplate",
    "Fault",
    "MissingValues",
    "Place",
    "Rendered",
    "RichText",
    "TemplateError",
    "UnsafeTemplate",
    "annotate",
    "compile_template",
    "compiled",
    "lint",
]
