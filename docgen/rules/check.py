"""The checker: bytes of a Word file in, findings out."""

from __future__ import annotations

from datetime import date

from core.errors import UserError
from core.profiles import profile_on
from docgen.rules.finding import Finding, Report
from docgen.rules.opening import open_docx
from docgen.rules.paper import Paper
from docgen.rules.recognise import recognise
from docgen.rules.registry import RULES
from docgen.rules.view.build import build_view

#: Format profiles that can be asked for by name; without a name the date decides.
PROFILES = ("nd30", "tld_2011", "tld_2024")


def read_paper(docx: bytes, *, on: date | None = None, profile: str | None = None) -> Paper:
    """The paper in a Word file, with the profile that governs it.

    Raises Unreadable for what is no Word file, UserError for an unknown profile.
    """
    paper = recognise(build_view(open_docx(docx)))
    settle_profile(paper, on=on, profile=profile)
    return paper


def settle_profile(paper: Paper, *, on: date | None, profile: str | None) -> None:
    """The profile asked for by name, else that of ``on``, else of the date printed, else today's."""
    if profile is not None and profile not in PROFILES:
        names = ", ".join(PROFILES)
        raise UserError(
            f"Không có bộ quy định “{profile}”. Chọn một trong: {names}.",
            facts={"wrong": {"profile": f"phải là {names}"}},
        )
    paper.profile = profile or profile_on(on or paper.issued).format_key


def report_on(paper: Paper) -> Report:
    """Every rule that applies, asked."""
    findings: list[Finding] = []
    checked: list[str] = []
    skipped: list[str] = []
    for rule in RULES:
        if not rule.applies(paper):
            skipped.append(rule.id)
            continue
        checked.append(rule.id)
        findings += rule.findings(paper)
    return Report(paper.profile, tuple(findings), tuple(checked), tuple(skipped))


def inspect_docx(docx: bytes, *, on: date | None = None, profile: str | None = None) -> Report:
    """Findings with the profile used, the rules asked and those that do not apply to this kind of paper.

    ``on`` decides the profile, else the date printed on the paper, else today's rules. Raises Unreadable
    and UserError.
    """
    return report_on(read_paper(docx, on=on, profile=profile))


def check_docx(docx: bytes, *, on: date | None = None, profile: str | None = None) -> list[Finding]:
    """All breaches of the rules of form in a Word file, errors and warnings (contract.md §6)."""
    return list(inspect_docx(docx, on=on, profile=profile).findings)
