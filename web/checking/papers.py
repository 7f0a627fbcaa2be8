"""Papers that a person has laid down to be checked: an hour on the own shelf, seen by nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import NotFound, UserError
from docgen.rules import RULES
from docgen.services.paper_checks import check_paper
from registry.shelf import Shelf
from web.viewer import Viewer

WORD, MARKED, MENDED = "paper.docx", "marked.docx", "mended.docx"
MOST = 20
#: Places shown under a finding; the copy with comments has them all.
PLACES = 4
#: Letters of a paragraph shown as its place.
QUOTE = 110
WAITING, DONE, FAILED = "waiting", "done", "failed"
_TITLES = {rule.id: (rule.title, rule.source) for rule in RULES}
_PROFILES = {
    "nd30": "Nghị định 30/2020/NĐ-CP",
    "tld_2011": "Quyết định 1014/QĐ-TLĐ năm 2011 của Tổng Liên đoàn",
    "tld_2024": "Quyết định 933/QĐ-TLĐ năm 2024 của Tổng Liên đoàn",
}


def shelf_of(viewer: Viewer) -> Shelf:
    """The own shelf of the person."""
    return Shelf("papers", str(viewer.user.pk))


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as the page shows it, with all the places where it was made."""

    rule: str
    title: str
    source: str
    message: str
    found: str
    expected: str
    places: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The first places."""
        return self.places[:PLACES]

    @property
    def more(self) -> int:
        """Places that are not shown."""
        return len(self.places) - len(self.shown)


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


def lay_down(shelf: Shelf, files: Iterable[tuple[str, bytes]]) -> list[str]:
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
        errors=_grouped(one for one in findings if one["severity"] == "E"),
        warnings=_grouped(one for one in findings if one["severity"] != "E"),
        fixed=_grouped(report.get("fixed", ())),
        checked=len(report.get("checked", ())),
    )


def _grouped(found: Iterable[dict[str, Any]]) -> list[Finding]:
    """The same fault at several places is one finding; findings in the order of their first place."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in found:
        before, after = one.get("found", one.get("before")), one.get("expected", one.get("after"))
        key = (one["rule"], one["message"], before or "", after or "")
        groups.setdefault(key, []).append(_place(one["where"]))
    return [
        Finding(
            rule=rule,
            title=_TITLES[rule][0] if rule in _TITLES else "",
            source=source_vi(_TITLES[rule][1]) if rule in _TITLES else "",
            message=message,
            found=before,
            expected=after,
            places=tuple(place for place in places if place),
        )
        for (rule, message, before, after), places in groups.items()
    ]


def _place(where: dict[str, Any]) -> str:
    text = where["text"]
    if not text:
        return ""
    quote = f"“{text if len(text) <= QUOTE else text[: QUOTE - 1] + '…'}”"
    return f"Đoạn {where['paragraph']}: {quote}" if where["paragraph"] else quote


def source_vi(source: str) -> str:
    """The source of a rule in words: `ND30 PL I II.6b` is Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6b."""
    words = source.replace("ND30 ", "Nghị định 30/2020/NĐ-CP, ")
    return re.sub(r"\bPL ([IV]+)\b ?", r"Phụ lục \1, ", words).rstrip(", ")
