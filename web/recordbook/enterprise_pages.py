"""All that the page of one enterprise shows, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from core.errors import NotFound
from core.phones import mask_phone
from docgen.kinds import KINDS
from docgen.models import ENDED_STATES, Document
from records.models import (
    Application,
    CaseState,
    Committee,
    Enterprise,
    EnterpriseLocation,
    EnterpriseObservation,
    EnterpriseUpper,
    FoundingCase,
    OrgKind,
    UnionOrg,
)
from records.selectors.enterprises import EnterpriseSnapshot, enterprise_snapshots
from records.selectors.facts import FOUNDING_MIN_MEMBERS, find_fact
from records.services.cases import allowed_moves
from web.recordbook.history import LogLine, history_of
from web.recordbook.timeline import NextStep, Stage, next_step, stages_of

#: Founding needs five members where no fact is recorded (Điều lệ Công đoàn Việt Nam Điều 13 k1).
_LEAST = 5
_BY_SERVICE = (CaseState.RECOGNISED, CaseState.LAUNCHED)


@dataclass(frozen=True, slots=True)
class CaseView:
    """A founding case for the page: its line, its people, what may be done now."""

    row: FoundingCase
    stages: tuple[Stage, ...]
    next: NextStep | None
    next_paper: Document | None
    moves: tuple[tuple[str, str], ...]
    applications: Sequence[Application]
    committees: Sequence[Committee]
    other_papers: tuple[Document, ...]

    @property
    def aside(self) -> bool:
        """Whether it is refused or paused."""
        return self.row.state in (CaseState.REFUSED, CaseState.PAUSED)

    @property
    def record(self) -> str:
        """How papers name it."""
        return f"case:{self.row.code}"


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    """What the page shows."""

    row: Enterprise
    snapshot: EnterpriseSnapshot
    locations: Sequence[EnterpriseLocation]
    uppers: Sequence[EnterpriseUpper]
    observations: Sequence[EnterpriseObservation]
    unions: Sequence[UnionOrg]
    cases: tuple[CaseView, ...]
    history: tuple[LogLine, ...]


def get_enterprise(code: str) -> Enterprise:
    """The enterprise with this code. Raises NotFound."""
    row = Enterprise.objects.filter(code=code).first()
    if row is None:
        raise NotFound(f"Không có doanh nghiệp mã {code}.", facts={"enterprise": code})
    return row


def masked(row: EnterpriseObservation) -> EnterpriseObservation:
    """The observation with its phones masked; the row is for showing only."""
    row.legal_rep_phone = mask_phone(row.legal_rep_phone) if row.legal_rep_phone else ""
    row.contact_phone = mask_phone(row.contact_phone) if row.contact_phone else ""
    return row


def papers_of(records: Sequence[str]) -> Mapping[str, list[Document]]:
    """Papers about these records by record, oldest first; what they say is not read."""
    rows = Document.objects.filter(record__in=records).defer("data", "given")
    found: dict[str, list[Document]] = {}
    for paper in rows.order_by("created_at", "id"):
        found.setdefault(paper.record, []).append(paper)
    return found


def kind_label(kind: str) -> str:
    """A kind of paper in words."""
    return KINDS[kind].schema.label_vi if kind in KINDS else kind


def _case_views(cases: Sequence[FoundingCase], day: date) -> tuple[CaseView, ...]:
    papers = papers_of([f"case:{case.code}" for case in cases])
    least = find_fact(FOUNDING_MIN_MEMBERS, as_of=day)
    need = least.as_int() if least else _LEAST
    return tuple(_case_view(case, papers.get(f"case:{case.code}", []), need) for case in cases)


def _case_view(case: FoundingCase, papers: list[Document], least: int) -> CaseView:
    applications = list(case.applications.all())
    countable = [
        one
        for one in applications
        if not one.employer_side and one.person.nationality == "Việt Nam"
    ]
    stages = stages_of(case.state, case.path, steps=list(case.steps.all()), papers=papers)
    todo = next_step(case.state, case.path, applications=len(countable), least=least)
    standing = [one for one in papers if one.state not in ENDED_STATES]
    placed = {one.pk for stage in stages for one in stage.papers if isinstance(one, Document)}
    return CaseView(
        row=case,
        stages=stages,
        next=todo,
        next_paper=next((p for p in reversed(standing) if todo and p.kind == todo.kind), None),
        moves=tuple(
            (move, str(CaseState(move).label))
            for move in allowed_moves(case)
            if move not in _BY_SERVICE
        ),
        applications=applications,
        committees=list(case.committees.all()),
        other_papers=tuple(one for one in papers if one.pk not in placed),
    )


def enterprise_page(row: Enterprise, *, day: date, personal: bool) -> EnterprisePage:
    """Everything about one enterprise; ``personal`` shows phones and ID numbers."""
    cases = list(
        FoundingCase.objects.filter(enterprise=row)
        .select_related("campaign", "union")
        .prefetch_related("steps", "applications__person", "committees__members__person")
        .order_by("-campaign__starts_on", "-pk")
    )
    observations = list(
        EnterpriseObservation.objects.filter(enterprise=row).order_by("-observed_on", "-pk")
    )
    if not personal:
        observations = [masked(one) for one in observations]
    locations = list(
        EnterpriseLocation.objects.filter(enterprise=row)
        .select_related("area__parent")
        .order_by("-valid_from", "-pk")
    )
    uppers = list(
        EnterpriseUpper.objects.filter(enterprise=row).select_related("org").order_by("-valid_from")
    )
    unions = list(
        UnionOrg.objects.filter(Q(enterprise=row), kind=OrgKind.GRASSROOTS_UNION).order_by("pk")
    )
    steps = [step.pk for case in cases for step in case.steps.all()]
    about: dict[str, Iterable[object]] = {
        "enterprise": [row.code],
        "enterpriselocation": [one.pk for one in locations],
        "enterpriseupper": [one.pk for one in uppers],
        "enterpriseobservation": [one.pk for one in observations],
        "foundingcase": [case.code for case in cases],
        "casestep": steps,
    }
    return EnterprisePage(
        row=row,
        snapshot=enterprise_snapshots([row.pk], as_of=day)[row.pk],
        locations=locations,
        uppers=uppers,
        observations=observations,
        unions=unions,
        cases=_case_views(cases, day),
        history=history_of(about, personal=personal),
    )
