"""Recognising many unions at once: what `unions.recognise_union` writes for one case, a statement a table.

The plain case only: never recognised, everybody joins for the first time. Whatever is unusual is left to the way
that takes one case after another and says what is wrong; a test holds both ways to the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from records.bulk import insert_rows, new_ids_of, update_rows
from records.models import (
    Application,
    CasePath,
    CaseState,
    CaseStep,
    ChangeLog,
    Committee,
    CommitteeKind,
    CommitteeMember,
    EnterpriseUpper,
    FoundingCase,
    Membership,
    OfficeHolder,
    OrgKind,
    OrgLevel,
    OrgParent,
    OrgSeat,
    UnionOrg,
    UnionPost,
)
from records.selectors.enterprises import Home, homes_of
from records.selectors.orgs import OrgSnapshot, UnionTerm, term_for_new_union
from records.selectors.scope import one_reading, remembered
from records.services.audit import BOOKKEEPING
from records.services.joining import Joining, join_many
from records.services.unions import OFFICES

_APPOINTED_FROM = (CaseState.ENOUGH_APPLICATIONS, CaseState.DOSSIER_FILED)


@dataclass(frozen=True, slots=True)
class Recognition:
    """A decision on a case: its day, how records name it, and the reason written into the change log."""

    case: str
    on: date
    decision: str
    reason: str


def unusual_cases(codes: Sequence[str], *, on: date) -> set[str]:
    """Cases that may not be recognised on the day, or not in the plain way; found in a few queries."""
    rows = {
        pk: (code, enterprise)
        for pk, code, state, path, enterprise in FoundingCase.objects.filter(
            code__in=codes, union__isnull=True
        ).values_list("pk", "code", "state", "path", "enterprise_id")
        if _may_be_recognised(state, path)
    }
    ids = set(rows)
    joiners = _joining(ids, on)
    joins = Application.objects.filter(
        case_id=OuterRef("committee__case_id"),
        person_id=OuterRef("person_id"),
        employer_side=False,
        applied_on__lte=on,
    )
    member = Membership.objects.filter(person_id=OuterRef("person_id"), left_on__isnull=True)
    late = CaseStep.objects.filter(case_id__in=ids).order_by().values("case_id")
    seats = CommitteeMember.objects.filter(committee__case_id__in=ids)
    good = ids & set(joiners.order_by().values_list("case_id", flat=True).distinct())
    good -= set(joiners.filter(Exists(member)).values_list("case_id", flat=True))
    good -= set(seats.exclude(Exists(joins)).values_list("committee__case_id", flat=True))
    good -= set(late.annotate(last=Max("on")).filter(last__gt=on).values_list("case_id", flat=True))
    enterprises = {rows[pk][1] for pk in good}
    led = set(
        EnterpriseUpper.objects.valid_on(on)
        .filter(enterprise_id__in=enterprises)
        .values_list("enterprise_id", flat=True)
    ) - set(
        UnionOrg.objects.valid_on(on)
        .filter(enterprise_id__in=enterprises, kind=OrgKind.GRASSROOTS_UNION)
        .values_list("enterprise_id", flat=True)
    )
    return set(codes) - {rows[pk][0] for pk in good if rows[pk][1] in led}


def _may_be_recognised(state: str, path: str) -> bool:
    if state == CaseState.DOSSIER_FILED:
        return True
    return state in _APPOINTED_FROM and path == CasePath.APPOINTMENT


def _joining(ids: set[int], on: date) -> models.QuerySet[Application]:
    return Application.objects.filter(case_id__in=ids, employer_side=False, applied_on__lte=on)


def recognise_many(wanted: Sequence[Recognition], *, actor: str, channel: str) -> set[str]:
    """Make the unions of these cases, all on one day; the codes of those that were left alone as unusual.

    Call it inside the transaction that needs them. Raises NotFound when a term or a fact is not recorded.
    """
    if not wanted:
        return set()
    (on,) = {one.on for one in wanted}
    with transaction.atomic(savepoint=False), one_reading():
        by_code = {one.case: one for one in wanted}
        rows = list(
            FoundingCase.objects.select_for_update(of=("self",))
            .filter(code__in=by_code)
            .order_by("pk")
        )
        unusual = unusual_cases(list(by_code), on=on)
        rows = [row for row in rows if row.code not in unusual]
        places = homes_of({row.enterprise_id for row in rows}, as_of=on)
        unusual |= {row.code for row in rows if places[row.enterprise_id].upper is None}
        plain = [row for row in rows if row.code not in unusual]
        if plain:
            _Writer(plain, by_code, places, on=on, actor=actor, channel=channel).write()
    return unusual


def seat_many(decisions: Mapping[str, Recognition], *, actor: str, channel: str) -> None:
    """Let the executive committees of these cases, by code, stand on their own decisions."""
    now, rows, log = timezone.now(), [], []
    committees = (
        Committee.objects.select_for_update(of=("self",))
        .filter(case__code__in=decisions)
        .exclude(kind=CommitteeKind.INSPECTION)
        .order_by("pk")
    )
    for pk, code, before in committees.values_list("pk", "case__code", "decision"):
        one = decisions[code]
        if before != one.decision:
            rows.append((pk, one.decision, actor, now))
            line = ({"decision": before}, {"decision": one.decision}, one.reason, actor, channel)
            log.append(("committee", str(pk), "changed", *line))
    update_rows(Committee, ("id", "decision", "updated_by", "updated_at"), rows)
    insert_rows(ChangeLog, _LOG, log)


_LOG = ("record_type", "record_id", "action", "before", "after", "reason", "actor", "channel")


@lru_cache
def _blank(model: type[models.Model]) -> dict[str, object]:
    """What the change log says of a new row on which nothing is set: of one written alone no empty values."""
    row = model()
    found = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if field.name not in BOOKKEEPING
    }
    if model is Membership:  # members are written together (audit.write_new)
        return found
    return {name: value for name, value in found.items() if value is not None}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


class _Writer:
    """Collects the rows of a chunk of cases, then writes each table once."""

    def __init__(
        self,
        rows: Sequence[FoundingCase],
        wanted: Mapping[str, Recognition],
        places: Mapping[int, Home],
        *,
        on: date,
        actor: str,
        channel: str,
    ) -> None:
        self.rows, self.wanted, self.places = rows, wanted, places
        self.on, self.actor, self.channel, self.now = on, actor, channel, timezone.now()
        self.new: defaultdict[type[models.Model], list[dict[str, Any]]] = defaultdict(list)
        self.log: list[tuple[object, ...]] = []
        self.attached: list[tuple[object, ...]] = []
        self.joinings: list[Joining] = []
        ids = {row.pk for row in rows}
        self.committees: defaultdict[int, list[Committee]] = defaultdict(list)
        for committee in Committee.objects.filter(case_id__in=ids).order_by("id"):
            self.committees[committee.case_id or 0].append(committee)
        self.seats: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        seats = CommitteeMember.objects.filter(committee__case_id__in=ids, post__in=OFFICES)
        for held, person, post in seats.order_by("committee_id", "position", "id").values_list(
            "committee_id", "person_id", "post"
        ):
            self.seats[held].append((person, OFFICES[UnionPost(post)]))
        self.ids = self._row_numbers()

    def _row_numbers(self) -> dict[type[models.Model], Iterator[int]]:
        cases = len(self.rows)
        counts: dict[type[models.Model], int] = {
            CaseStep: cases,
            UnionOrg: cases,
            OrgParent: cases,
            OrgSeat: cases,
            OfficeHolder: sum(map(len, self.seats.values())),
        }
        return {model: iter(ids) for model, ids in new_ids_of(counts).items()}

    def write(self) -> None:
        """All rows of all cases, and their lines in the change log."""
        for row in self.rows:
            self._case(row)
        for model, found in self.new.items():
            columns = tuple(found[0])
            insert_rows(model, columns, [tuple(values.values()) for values in found])
        update_rows(
            FoundingCase,
            ("id", "state", "union_id", "updated_by", "updated_at"),
            [(row.pk, row.state, row.union_id, self.actor, self.now) for row in self.rows],
        )
        columns = (
            "id",
            "union_id",
            "decision",
            "term_start",
            "term_end",
            "updated_by",
            "updated_at",
        )
        update_rows(Committee, columns, self.attached)
        insert_rows(ChangeLog, _LOG, [(*line, self.actor, self.channel) for line in self.log])
        join_many(
            self.joinings,
            on=self.on,
            said=_blank(Membership),
            actor=self.actor,
            channel=self.channel,
        )

    def _add(self, model: type[models.Model], reason: str, **values: Any) -> int:
        pk = next(self.ids[model])
        self.new[model].append(
            {"id": pk, "created_by": self.actor, "updated_by": self.actor, **values}
        )
        after = _blank(model) | {name: _plain(value) for name, value in values.items()}
        self.log.append(
            (model._meta.model_name, str(values.get("code") or pk), "created", {}, after, reason)
        )
        return pk

    def _changed(
        self, row: models.Model, reason: str, before: dict[str, object], after: dict[str, object]
    ) -> None:
        name = str(getattr(row, "code", "") or row.pk)
        self.log.append((row._meta.model_name, name, "changed", before, after, reason))

    def _case(self, row: FoundingCase) -> None:
        one, place = self.wanted[row.code], self.places[row.enterprise_id]
        upper, why = place.upper, one.reason
        if upper is None:
            raise RuntimeError("cases without an upper union were left out")
        recognised = CaseState.RECOGNISED.value
        self._add(CaseStep, why, case_id=row.pk, state=recognised, on=self.on,
                  evidence=one.decision, note="")  # fmt: skip
        self._changed(row, why, {"state": row.state}, {"state": recognised})
        union = self._union(row, place, upper, why)
        self._changed(row, why, {"union_id": None}, {"union_id": union})
        row.state, row.union_id = recognised, union
        self.joinings.append(Joining(row.pk, union, one.decision, why))
        for committee in self.committees[row.pk]:
            self._attach(committee, union, upper, one)

    def _union(self, row: FoundingCase, place: Home, upper: OrgSnapshot, why: str) -> int:
        union = self._add(
            UnionOrg,
            why,
            code=f"cdcs-{row.code}"[:60],
            name=row.union_name or f"Công đoàn cơ sở {place.name}",
            symbol_abbr="CĐCS",
            level=OrgLevel.GRASSROOTS.value,
            kind=OrgKind.GRASSROOTS_UNION.value,
            enterprise_id=row.enterprise_id,
            valid_from=self.on,
        )
        self._add(OrgParent, why, org_id=union, parent_id=upper.id, valid_from=self.on)
        if place.area_id is not None:
            self._add(OrgSeat, why, org_id=union, area_id=place.area_id,
                      place_name=place.area_name, valid_from=self.on)  # fmt: skip
        return union

    def _attach(
        self, committee: Committee, union: int, upper: OrgSnapshot, one: Recognition
    ) -> None:
        values: dict[str, object] = {
            "union_id": union,
            "decision": committee.decision or one.decision,
        }
        if committee.term_start is None or committee.term_end is None:
            term: UnionTerm = remembered(
                ("first term", upper.id, self.on),
                lambda: term_for_new_union(upper, founded_on=self.on),
            )
            values |= {"term_start": term.start_year, "term_end": term.end_year}
        before = {name: getattr(committee, name) for name in values}
        changed = sorted(name for name in values if before[name] != values[name])
        self._changed(
            committee,
            one.reason,
            {name: before[name] for name in changed},
            {name: values[name] for name in changed},
        )
        kept = (
            before | {"term_start": committee.term_start, "term_end": committee.term_end} | values
        )
        self.attached.append(
            (committee.pk, union, kept["decision"], kept["term_start"], kept["term_end"],
             self.actor, self.now)
        )  # fmt: skip
        for person, post in self.seats[committee.pk]:
            self._add(OfficeHolder, one.reason, person_id=person, org_id=union, post=post,
                      valid_from=self.on, appointed_by=one.decision)  # fmt: skip
