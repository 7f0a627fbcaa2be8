"""Papers that a person has laid down to be checked: an hour on the own shelf, seen by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import NotFound, UserError
from docgen.rules import RULES
from docgen.services.paper_checks import check_paper
from registry.shelf import Shelf
from web.viewer import Viewer

WORD, MARKED, MENDED = "paper.docx", "marked.docx", "mended.docx"
MOST = 20
WAITING, DONE, FAILED = "waiting", "done", "failed"
_TITLES = {rule.id: (rule.title, rule.source) for rule in RULES}
_PROFILES = {
    "nd30": "Nghị định 30/2020/NĐ-CP",
    "tld_2011": "Hướng dẫn thể thức văn bản công đoàn năm 2011",
    "tld_2024": "Quy định thể thức văn bản công đoàn năm 2024",
}


def shelf_of(viewer: Viewer) -> Shelf:
    """The own shelf of the person."""
    return Shelf("papers", str(viewer.user.pk))


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as the page shows it."""

    rule: str
    title: str
    source: str
    message: str
    place: str
    quote: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on the shelf: its name, how far the check is, and what was found."""

    token: str
    name: str
    state: str
    fault: str = ""
    profile: str = ""
    errors: Sequence[Finding] = ()
    warnings: Sequence[Finding] = ()
    fixed: Sequence[Finding] = ()
    checked: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether the check is over and found nothing."""
        return self.state == DONE and not self.errors and not self.warnings


def lay_down(shelf: Shelf, files: Sequence[tuple[str, bytes]]) -> list[str]:
    """Files to be checked, the last one first on the list."""
    return [shelf.put({WORD: data}, {"name": name, "state": WAITING}) for name, data in files]


def check(shelf: Shelf, token: str) -> None:
    """Check a paper that waits, in the cage; what cannot be read is said at the paper. Raises NotFound, Outage."""
    facts = shelf.facts(token)
    if facts.get("state") != WAITING:
        return
    try:
        answer = check_paper(shelf.read(token, WORD))
    except NotFound:
        raise
    except UserError as fault:
        shelf.note(token, facts | {"state": FAILED, "fault": fault.message})
        return
    shelf.add(token, MARKED, answer.marked)
    if answer.mended:
        shelf.add(token, MENDED, answer.mended)
    shelf.note(token, facts | {"state": DONE, "report": answer.facts})


def papers_on(shelf: Shelf) -> list[Paper]:
    """What lies on the shelf, the newest first."""
    found = []
    for token in shelf.tokens():
        try:
            found.append(paper_on(shelf, token))
        except NotFound:  # its hour ended this moment
            continue
    return found


def paper_on(shelf: Shelf, token: str) -> Paper:
    """One paper. Raises NotFound."""
    facts = shelf.facts(token)
    report: Any = facts.get("report") or {}
    findings = report.get("findings", ())
    return Paper(
        token=token,
        name=str(facts.get("name", "")),
        state=str(facts.get("state", WAITING)),
        fault=str(facts.get("fault", "")),
        profile=_PROFILES.get(report.get("profile", ""), ""),
        errors=[_finding(one) for one in findings if one["severity"] == "E"],
        warnings=[_finding(one) for one in findings if one["severity"] != "E"],
        fixed=[_finding(one) for one in report.get("fixed", ())],
        checked=len(report.get("checked", ())),
    )


def _finding(one: dict[str, Any]) -> Finding:
    title, source = _TITLES.get(one["rule"], ("", ""))
    where = one["where"]
    return Finding(
        rule=one["rule"],
        title=title,
        source=source,
        message=one["message"],
        place=f"đoạn {where['paragraph']}" if where["paragraph"] else "",
        quote=where["text"],
        found=one.get("found", one.get("before", "")),
        expected=one.get("expected", one.get("after", "")),
    )
