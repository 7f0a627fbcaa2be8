"""What belongs to a reporting unit, by the tree of organisations of the day: the only way its pages ask for rows.

A unit that took over the whole work of another has that one's forms and files too. Where several units followed one
(a district union and the commune unions after it), each has the forms about the enterprises that are now its own.
The province is no such heir here: its people have the pages of the office.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from core.errors import NotFound
from intake.models import ReceivedFile
from records.models import (
    Enterprise,
    EnterpriseUpper,
    FoundingCase,
    OrgKind,
    OrgSuccession,
    UnionOrg,
)
from registry.models import IssuedForm

_MAX_STEPS = 8


@dataclass(frozen=True, slots=True)
class Scope:
    """The unit, the units whose whole work it does, and those whose work it shares with others."""

    unit: UnionOrg
    whole: frozenset[int]
    shared: frozenset[int]
    on: date

    @property
    def has_ended(self) -> bool:
        """Whether the unit does not exist any more."""
        return self.unit.valid_to is not None and self.unit.valid_to < self.on


def scope_of(unit: UnionOrg, *, on: date) -> Scope:
    """The unit's scope on the day, in two queries a step of succession."""
    whole, shared = {unit.pk}, set[int]()
    if unit.kind == OrgKind.PROVINCE_FEDERATION:
        return Scope(unit, frozenset(whole), frozenset(shared), on)
    fresh = {unit.pk}
    for _ in range(_MAX_STEPS):
        links = OrgSuccession.objects.filter(on__lte=on)
        before = set(links.filter(successor__in=fresh).values_list("predecessor_id", flat=True)) - (
            whole | shared
        )
        if not before:
            break
        heirs = Counter(
            links.filter(predecessor__in=before).values_list("predecessor_id", flat=True)
        )
        fresh = {one for one in before if heirs[one] == 1}
        whole |= fresh
        shared |= before - fresh
        if not fresh:
            break
    return Scope(unit, frozenset(whole), frozenset(shared), on)


def own_forms(scope: Scope) -> QuerySet[IssuedForm]:
    """Forms that were given out to the unit, and those that it owes for a unit before it."""
    mine = Q(unit__in=scope.whole)
    if scope.shared:
        under = EnterpriseUpper.objects.valid_on(scope.on).filter(org__in=scope.whole)
        places = Enterprise.objects.filter(pk__in=under.values("enterprise_id"))
        cases = FoundingCase.objects.filter(enterprise__in=places)
        mine |= Q(unit__in=scope.shared) & (
            Q(record_type="enterprise", record_id__in=places.values("code"))
            | Q(record_type="case", record_id__in=cases.values("code"))
        )
    return IssuedForm.objects.filter(mine).exclude(sha256="")


def own_files(scope: Scope) -> QuerySet[ReceivedFile]:
    """Files that the unit sent."""
    return ReceivedFile.objects.filter(sender__in=scope.whole)


def own_form(scope: Scope, serial: int) -> IssuedForm:
    """A form of the unit. Raises NotFound for one of another, as for one that is not there."""
    found = own_forms(scope).select_related("file").filter(pk=serial).first()
    if found is None:
        raise NotFound("Không có phiếu này trong các phiếu của đơn vị.")
    return found


def own_file(scope: Scope, pk: int) -> ReceivedFile:
    """A file that the unit sent. Raises NotFound for one of another, as for one that is not there."""
    found = own_files(scope).select_related("file", "sender").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không có tệp này trong các tệp đơn vị đã nộp.")
    return found
