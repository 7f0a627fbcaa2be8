"""Tables of the record store (domain brief §6.1)."""

from __future__ import annotations

from records.models.campaigns import (
    Assignment,
    Campaign,
    Citation,
    Fact,
    LegalBasis,
    Measure,
    Quota,
    Visit,
)
from records.models.delegations import Delegation
from records.models.enterprises import (
    Enterprise,
    EnterpriseLocation,
    EnterpriseObservation,
    EnterpriseStatus,
    EnterpriseType,
    EnterpriseUpper,
)
from records.models.log import ChangeLog
from records.models.orgs import (
    OfficeHolder,
    OrgKind,
    OrgLevel,
    OrgParent,
    OrgSeat,
    OrgSuccession,
    OrgTerm,
    Post,
    UnionOrg,
)
from records.models.people import Gender, Person, Precision
from records.models.places import Area, AreaKind, AreaSuccession
from records.models.reorganisations import Reorganisation, ReorganisationAct
from records.models.reports import ProgressLine, ProgressReport
from records.models.unions import (
    Application,
    CasePath,
    CaseState,
    CaseStep,
    Committee,
    CommitteeKind,
    CommitteeMember,
    FoundingCase,
    Membership,
    UnionPost,
)

__all__ = [
    "Application",
    "Area",
    "AreaKind",
    "AreaSuccession",
    "Assignment",
    "Campaign",
    "CasePath",
    "CaseState",
    "CaseStep",
    "ChangeLog",
    "Citation",
    "Committee",
    "CommitteeKind",
    "CommitteeMember",
    "Delegation",
    "Enterprise",
    "EnterpriseLocation",
    "EnterpriseObservation",
    "EnterpriseStatus",
    "EnterpriseType",
    "EnterpriseUpper",
    "Fact",
    "FoundingCase",
    "Gender",
    "LegalBasis",
    "Measure",
    "Membership",
    "OfficeHolder",
    "OrgKind",
    "OrgLevel",
    "OrgParent",
    "OrgSeat",
    "OrgSuccession",
    "OrgTerm",
    "Person",
    "Post",
    "Precision",
    "ProgressLine",
    "ProgressReport",
    "Quota",
    "Reorganisation",
    "ReorganisationAct",
    "UnionOrg",
    "UnionPost",
    "Visit",
]
