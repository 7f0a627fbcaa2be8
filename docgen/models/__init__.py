"""Tables of documents: the papers, their history, render jobs, batches, templates."""

from __future__ import annotations

from docgen.models.batches import Batch, BatchItem, BatchState
from docgen.models.conversions import Conversion
from docgen.models.documents import (
    CORRECTION,
    ENDED_STATES,
    FROZEN_STATES,
    Document,
    DocumentEvent,
    DocumentState,
)
from docgen.models.form_jobs import FormJob
from docgen.models.jobs import JobState, Purpose, Rendering
from docgen.models.templates import TemplateVersion

__all__ = [
    "CORRECTION",
    "ENDED_STATES",
    "FROZEN_STATES",
    "Batch",
    "BatchItem",
    "BatchState",
    "Conversion",
    "Document",
    "DocumentEvent",
    "DocumentState",
    "FormJob",
    "JobState",
    "Purpose",
    "Rendering",
    "TemplateVersion",
]
