"""People and the posts they hold on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import NotFound
from core.text import fold
from records.models import Delegation, OfficeHolder, OrgKind, Person, Post
from records.selectors.base import Identified
from records.selectors.orgs import OrgBook, OrgSnapshot, org_book
from records.selectors.scope import remembered

#: Posts from the highest to the lowest; decides whose title is printed when a person holds several.
POST_ORDER: tuple[str, ...] = tuple(Post.values)
#: Signing modes of a post whose holder has none of his own recorded.
_POST_MODES: Mapping[str, tuple[str, ...]] = {
    Post.CHAIR: ("TM", "none"),
    Post.PERMANENT_VICE_CHAIR: ("TM_KT", "KT"),
    Post.VICE_CHAIR: ("TM_KT", "KT"),
    Post.UNIT_HEAD: ("none",),
    Post.OFFICE_HEAD: ("none",),
    Post.COMMITTEE_HEAD: ("none", "TM"),
    Post.COMMITTEE_PERMANENT_DEPUTY: ("KT", "TM_KT"),
    Post.COMMITTEE_DEPUTY: ("KT", "TM_KT"),
}
_HEADS = (Post.CHAIR, Post.COMMITTEE_HEAD, Post.UNIT_HEAD, Post.OFFICE_HEAD)
_DEPUTIES = (
    Post.PERMANENT_VICE_CHAIR,
    Post.VICE_CHAIR,
    Post.COMMITTEE_PERMANENT_DEPUTY,
    Post.COMMITTEE_DEPUTY,
)
_UNIT_HEADS = (Post.UNIT_HEAD, Post.OFFICE_HEAD)
#: Posts whose holders may sign in another's place (ND30 Điều 13 k1, k4).
STAND_INS = tuple(dict.fromkeys((*_HEADS, *_DEPUTIES, *_UNIT_HEADS)))
#: Who signs first when nobody says otherwise: the head, else a deputy in his place (domain.md §2.3).
SIGNING_ORDER = ("TM", "none", "TM_KT", "KT", "TL", "TUQ", "Q")
#: Modes in which the head of a unit below signs a paper of the organisation.
_DELEGATED = frozenset({"TL", "TUQ"})


@dataclass(frozen=True, slots=True, repr=False)
class PersonSnapshot:
    """A person. ``dob`` is YYYY, YYYY-MM or YYYY-MM-DD. The repr shows the code alone (no data in logs)."""

    id: int
    code: str
    full_name: str
    dob: str
    gender: str
    ethnicity: str
    religion: str
    nationality: str
    native_place: str
    address: str
    id_number: str
    phone: str
    email: str
    party_date: str
    education_general: str
    education_professional: str
    education_political: str

    def __repr__(self) -> str:
        return f"PersonSnapshot({self.code})"

    @property
    def birth_year(self) -> int | None:
        """Year of birth, the only part that lists for the register show."""
        return int(self.dob[:4]) if self.dob else None


#: What `person_from` wants, in its order; `id_number` alone may be NULL.
PERSON_COLUMNS = (
    "id", "code", "full_name", "dob", "gender", "ethnicity", "religion", "nationality", "native_place",
    "address", "id_number", "phone", "email", "party_date", "education_general",
    "education_professional", "education_political",
)  # fmt: skip
_ID_NUMBER = PERSON_COLUMNS.index("id_number")


def person_from(values: Sequence[Any]) -> PersonSnapshot:
    """Freeze the values of `PERSON_COLUMNS`: for thousands of people, a row object each costs most."""
    found = list(values)
    found[_ID_NUMBER] = found[_ID_NUMBER] or ""
    return PersonSnapshot(*found)


def person_snapshot(row: Person) -> PersonSnapshot:
    """Freeze one row."""
    return PersonSnapshot(
        id=row.pk,
        code=row.code,
        full_name=row.full_name,
        dob=row.dob,
        gender=row.gender,
        ethnicity=row.ethnicity,
        religion=row.religion,
        nationality=row.nationality,
        native_place=row.native_place,
        address=row.address,
        id_number=row.id_number or "",
        phone=row.phone,
        email=row.email,
        party_date=row.party_date,
        education_general=row.education_general,
        education_professional=row.education_professional,
        education_political=row.education_political,
    )


def person_on(code: str, *, as_of: date) -> PersonSnapshot:
    """The person with this code. People have no dates of their own. Raises NotFound."""
    row = Person.objects.filter(code=code).first()
    if row is None:
        raise NotFound(
            f"Không có người mã {code}.", facts={"person": code, "as_of": as_of.isoformat()}
        )
    return person_snapshot(row)


def join_title(title: str, org_name: str) -> str:
    """Post and organisation without saying a word twice: ``Trưởng ban`` + ``Ban Tổ chức - Kiểm tra``."""
    words, after = title.split(), org_name.split()
    for size in range(min(len(words), len(after)), 0, -1):
        if [fold(w) for w in words[-size:]] == [fold(w) for w in after[:size]]:
            return " ".join([*words[:-size], *after])
    return f"{title} {org_name}".strip()


@dataclass(frozen=True, slots=True)
class HolderSnapshot:
    """A post held by a person on the day. ``title`` as printed under a signature."""

    person: PersonSnapshot
    org: OrgSnapshot
    post: str
    title: str
    modes: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None

    @property
    def full_title(self) -> str:
        """Post with organisation, as in a list: ``Phó Chủ tịch LĐLĐ tỉnh Lai Châu``."""
        return join_title(self.title, self.org.short_name or self.org.name)


def _holder(row: OfficeHolder, book: OrgBook) -> HolderSnapshot:
    own = tuple(str(mode) for mode in row.may_sign)
    return HolderSnapshot(
        person=person_snapshot(row.person),
        org=book.snapshot(row.org_id),
        post=row.post,
        title=row.title,
        modes=own or _POST_MODES.get(row.post, ()),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _in_order(holders: Iterable[HolderSnapshot]) -> tuple[HolderSnapshot, ...]:
    return tuple(
        sorted(
            holders, key=lambda h: (POST_ORDER.index(h.post), h.valid_from or date.min, h.person.id)
        )
    )


def holders_of(org: Identified, *, as_of: date) -> tuple[HolderSnapshot, ...]:
    """Everyone who holds a post in the organisation on the day, highest post first."""
    rows = list(OfficeHolder.objects.valid_on(as_of).filter(org_id=org.id).select_related("person"))
    book = org_book(as_of=as_of, also={org.id})
    return _in_order(_holder(row, book) for row in rows)


def offices_of(
    people: Iterable[int], *, as_of: date, book: OrgBook
) -> Mapping[int, tuple[HolderSnapshot, ...]]:
    """Posts of many people on the day by person id (one query); the most telling post first.

    Union posts come before seats in a steering committee.
    """
    rows = OfficeHolder.objects.valid_on(as_of).filter(person_id__in=set(people))
    found: defaultdict[int, list[HolderSnapshot]] = defaultdict(list)
    for row in rows.select_related("person"):
        found[row.person_id].append(_holder(row, book))
    return {
        person: tuple(
            sorted(_in_order(holders), key=lambda h: h.org.kind == OrgKind.STEERING_COMMITTEE)
        )
        for person, holders in found.items()
    }


def office_of(person: Identified, *, as_of: date) -> HolderSnapshot | None:
    """The post by which the person is named in a paper of that day, or None."""
    rows = OfficeHolder.objects.filter(person_id=person.id).values_list("org_id", flat=True)
    book = org_book(as_of=as_of, also=set(rows))
    held = offices_of([person.id], as_of=as_of, book=book).get(person.id, ())
    return held[0] if held else None


def office_title_of(person: Identified, *, as_of: date) -> str:
    """Post with organisation on the day (``Phó Chủ tịch LĐLĐ tỉnh Lai Châu``); empty when none is held."""
    held = office_of(person, as_of=as_of)
    return held.full_title if held else ""


@dataclass(frozen=True, slots=True)
class SignerSnapshot:
    """Who signs, with what right. ``head_title`` is the post signed for in KT., TL., TUQ., Q. (QH-02)."""

    person: PersonSnapshot
    post: str
    title: str
    mode: str
    head_title: str
    org: OrgSnapshot
    unit: OrgSnapshot  # where the signer holds the post; a unit below when signing TL. or TUQ.
    delegator: str = (
        ""  # who delegated, and by which paper, where the right is not the signer's own
    )
    basis: str = ""


def signers_of(
    org: OrgSnapshot, *, as_of: date, modes: Iterable[str] = SIGNING_ORDER
) -> tuple[SignerSnapshot, ...]:
    """Everyone who may sign a paper of the organisation on the day, by the order of ``modes``, then post.

    Heads of departments and the office sign only TL. and TUQ. Last come those to whom one of the others delegated.
    """
    book = org_book(as_of=as_of, also={org.id})
    units = {unit.id for unit in book.children(org.id, kinds=(OrgKind.DEPARTMENT, OrgKind.OFFICE))}
    rows = OfficeHolder.objects.valid_on(as_of).filter(org_id__in={org.id, *units})
    holders = _in_order(_holder(row, book) for row in rows.select_related("person"))
    heads = [h for h in holders if h.org.id == org.id and h.post in _HEADS]
    head_title = heads[0].title if heads else _head_label(org)
    own = tuple(
        SignerSnapshot(
            person=holder.person,
            post=holder.post,
            title=holder.title,
            mode=mode,
            head_title=head_title,
            org=org,
            unit=holder.org,
        )
        for mode in modes
        for holder in holders
        if mode in holder.modes and (holder.org.id == org.id or mode in _DELEGATED)
    )
    return (*own, *_by_delegation(org, own, holders, as_of=as_of, head_title=head_title))


def _by_delegation(
    org: OrgSnapshot,
    own: Sequence[SignerSnapshot],
    holders: Iterable[HolderSnapshot],
    *,
    as_of: date,
    head_title: str,
) -> list[SignerSnapshot]:
    """Who may sign because one of these delegated on that day; the lines are those of the signer's own post."""
    rows = remembered(
        ("delegations", org.id, as_of),
        lambda: list(
            Delegation.objects.valid_on(as_of).filter(org_id=org.id).select_related("delegator")
        ),
    )
    givers = {signer.person.id: signer for signer in reversed(own)}
    found = []
    for row in rows:
        giver = givers.get(row.delegator_id)
        if giver is None or row.delegate_id in givers:
            continue
        posts = [h for h in holders if h.person.id == row.delegate_id]
        held = next(((h, m) for h in posts if (m := _mode_in_place(h, giver))), None)
        if held is None:
            continue
        holder, mode = held
        found.append(
            SignerSnapshot(
                person=holder.person,
                post=holder.post,
                title=holder.title,
                mode=mode,
                head_title=head_title,
                org=org,
                unit=holder.org,
                delegator=row.delegator.full_name,
                basis=row.document,
            )
        )
    return found


def _mode_in_place(holder: HolderSnapshot, giver: SignerSnapshot) -> str:
    """How a deputy or the head of a unit signs in the giver's place; empty for a post that may not.

    A deputy signs KT. whatever was delegated, the head of a unit TL. if that is his right, else TUQ. (ND30 Điều 13).
    """
    if holder.org.id == giver.org.id and holder.post in _DEPUTIES:
        return "TM_KT" if giver.mode in ("TM", "TM_KT") else "KT"
    if holder.org.id == giver.org.id and holder.post in _HEADS:
        return "TM" if giver.mode in ("TM", "TM_KT") else "none"
    if holder.org.id != giver.org.id and holder.post in _UNIT_HEADS:
        return "TL" if "TL" in holder.modes else "TUQ"
    return ""


def can_stand_in(org: OrgSnapshot, person_id: int, *, as_of: date) -> bool:
    """Whether a person holds a post on the day to which the right to sign may be delegated."""
    book = org_book(as_of=as_of, also={org.id})
    units = {unit.id for unit in book.children(org.id, kinds=(OrgKind.DEPARTMENT, OrgKind.OFFICE))}
    held = OfficeHolder.objects.valid_on(as_of).filter(person_id=person_id)
    return (
        held.filter(org_id=org.id, post__in=(*_DEPUTIES, *_HEADS)).exists()
        or held.filter(org_id__in=units, post__in=_UNIT_HEADS).exists()
    )


def _head_label(org: OrgSnapshot) -> str:
    """The post signed for when it is vacant."""
    if org.kind == OrgKind.STEERING_COMMITTEE:
        return str(Post.COMMITTEE_HEAD.label)
    return str(Post.CHAIR.label)


def signer_for(
    org: OrgSnapshot,
    *,
    as_of: date,
    modes: Iterable[str] = SIGNING_ORDER,
    person: Identified | None = None,
) -> SignerSnapshot:
    """Who signs the organisation's paper on the day: the chair, else a deputy in his place (KT.).

    ``modes`` limits and orders the rights (contract keys TM, TM_KT, KT, TL, TUQ, Q, none); ``person`` asks
    for one signer. Raises NotFound when nobody with such a right holds a post on the day.
    """
    wanted = tuple(modes)
    for signer in signers_of(org, as_of=as_of, modes=wanted):
        if person is None or signer.person.id == person.id:
            return signer
    who = "Người được chọn không có" if person is not None else "Không có ai giữ"
    raise NotFound(
        f"{who} quyền ký văn bản của {org.name} vào ngày {as_of:%d/%m/%Y};"
        " hãy ghi chức vụ và quyền ký trong bảng cán bộ.",
        facts={"org": org.code, "as_of": as_of.isoformat(), "modes": list(wanted)},
    )
