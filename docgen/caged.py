"""The child's side of the cage: ``python -m docgen.caged`` does one task and ends. No Django, no store."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable

from core.errors import UserError
from core.frames import pack, unpack
from docgen.engine import TemplateError, UnsafeTemplate, annotate, compile_template, lint
from docgen.kinds import get_kind
from docgen.kinds.template_names import example_numbering, template_names
from docgen.rules import inspect_docx
from docgen.rules.annotate import annotate_findings
from docgen.rules.fix import fix_docx

Facts = dict[str, object]
_PIPE_ONLY = 0  # bytes of any file it may write


def _on_part(part: str) -> None:
    """Tell the parent where we are, should we not come back."""
    sys.stderr.write(f"part {part}\n")
    sys.stderr.flush()


def _lint(facts: Facts, data: bytes) -> tuple[Facts, bytes]:
    """All faults of a template; with ``annotate`` also a copy of the file with comments.

    A file with forbidden content is not copied.
    """
    vocabulary = template_names(get_kind(str(facts["kind"]))) if facts.get("kind") else None
    faults = lint(data, vocabulary=vocabulary, on_part=_on_part)
    wanted = facts.get("annotate") and not any(fault.rule == "FILE-06" for fault in faults)
    marked = annotate(data, faults) if wanted else b""
    return {"findings": [fault.as_facts() for fault in faults]}, marked


def _trial(facts: Facts, data: bytes) -> tuple[Facts, bytes]:
    """The template filled with the example of its kind."""
    kind = get_kind(str(facts["kind"]))
    context = kind.context(kind.schema.example, example_numbering(kind))
    rendered = compile_template(data).render(context)
    return {"sha256": rendered.sha256}, rendered.docx


def _paper(facts: Facts, data: bytes) -> tuple[Facts, bytes]:
    """What is wrong with the form of a paper, its copy with comments, and its mended copy behind it."""
    report = inspect_docx(data)
    marked = annotate_findings(data, report.findings)
    mended, changes = fix_docx(data)
    answer: Facts = {
        "profile": report.profile,
        "findings": [finding.as_json() for finding in report.findings],
        "checked": list(report.checked),
        "not_applicable": list(report.not_applicable),
        "fixed": [change.as_json() for change in changes],
        "marked": len(marked),
    }
    return answer, marked + (mended if changes else b"")


TASKS: dict[str, Callable[[Facts, bytes], tuple[Facts, bytes]]] = {
    "lint": _lint,
    "paper": _paper,
    "trial": _trial,
}


def _limit(limits: object) -> None:
    if not isinstance(limits, dict):
        return
    memory, cpu = int(limits["memory"]), int(limits["cpu"])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_PIPE_ONLY, _PIPE_ONLY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _error(error: TemplateError) -> Facts:
    facts: Facts = {"message": error.message_vi, "unsafe": isinstance(error, UnsafeTemplate)}
    if error.where is not None:
        facts["where"] = error.where.as_facts()
    if error.name is not None:
        facts["name"] = error.name
    return facts


def main() -> None:
    """Read one request from stdin, do it within its limits, write the answer to stdout."""
    request, data = unpack(sys.stdin.buffer.read())
    _limit(request.get("limits"))
    facts = request.get("facts")
    try:
        answer, rest = TASKS[str(request["task"])](facts if isinstance(facts, dict) else {}, data)
    except TemplateError as error:
        answer, rest = {"error": _error(error)}, b""
    except UserError as error:  # values that are missing, a paper that is none
        answer, rest = {"error": {"message": error.message}}, b""
    sys.stdout.buffer.write(pack(answer, rest))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
