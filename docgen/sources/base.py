"""What every source shares: header, signature, references and bases of a paper as of a date."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import QuerySet

from core.errors import NotFound
from docgen.kinds import get_kind
from docgen.models import ENDED_STATES, Document
from records.models import OrgKind, Person, UnionOrg
from records.selectors.citations import legal_bases
from records.selectors.facts import find_fact
from records.selectors.orgs import OrgSnapshot, children_of, org_on
from records.selectors.people import (
    SIGNING_ORDER,
    HolderSnapshot,
    SignerSnapshot,
    join_title,
    office_of,
    signer_for,
)
from records.selectors.scope import is_open, remember, remembered

#: Who a union body's standing organ is; a steering committee is its own collective.
STANDING_COMMITTEE = "Ban Thường vụ"
STEERING_COLLECTIVE = "Ban Chỉ đạo"
ORGANISING_COLLECTIVE = "Ban Vận động"
_COLLECTIVES = {
    OrgKind.STEERING_COMMITTEE.value: STEERING_COLLECTIVE,
    OrgKind.ORGANISING_GROUP.value: ORGANISING_COLLECTIVE,
}
ORGANISATION_UNIT = "TC-KT"
_UNITS = (OrgKind.DEPARTMENT, OrgKind.OFFICE)
#: What the header takes from the issuing body as of the day.
HEADER_KEYS = ("parent_org_name", "issuing_org_name", "issuing_org_short", "place_name")


@dataclass(frozen=True, slots=True)
class Collected:
    """Data of one paper, with the rows that it stands on.

    ``on`` is the paper's own date where the record fixes it (minutes carry the day of the event).
    """

    data: dict[str, object]
    issuer_id: int
    signer_id: int | None = None
    on: date | None = None
    campaign_id: int | None = None
    variant: str = ""
    cites: tuple[Document, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Signature:
    """The signer's fields of a paper, and who it is."""

    fields: dict[str, object]
    name: str
    person_id: int
    by_delegation: str = ""  # of whom, by which paper


def only_known(kind: str, fields: dict[str, object]) -> dict[str, object]:
    """The fields that this kind's schema has, without empty ones (minutes have no place line)."""
    known = {spec.key for spec in get_kind(kind).schema.fields}
    return {key: value for key, value in fields.items() if key in known and value not in ("", None)}


#: Dated facts with the parent line of one body (this and its code), and of every provincial federation:
#: no source settles that line after 01/7/2025 (domain brief §2.1).
PARENT_LINE = "parent_line_"
PROVINCE_PARENT_LINE = "parent_line_province"
#: Text of such a fact that leaves the line out.
NO_LINE = ("", "-")


def parent_line(org: OrgSnapshot, *, on: date) -> str:
    """The line over the issuer: what the office has laid down for the day, else the direct parent (CQ-01).

    A fact with the text `-` leaves the line out.
    """
    found = remembered((PARENT_LINE, org.id, on), lambda: _parent_fact(org, on))
    if found is not None:
        return found
    return org.parent.name if org.parent else ""


def _parent_fact(org: OrgSnapshot, on: date) -> str | None:
    keys = [f"{PARENT_LINE}{org.code}"]
    if org.kind == OrgKind.PROVINCE_FEDERATION:
        keys.append(PROVINCE_PARENT_LINE)
    for key in keys:
        fact = find_fact(key, as_of=on)
        if fact is not None and isinstance(fact.value, str):
            return "" if fact.value.strip() in NO_LINE else fact.value
    return None


def header_of(org: OrgSnapshot, *, on: date) -> dict[str, object]:
    """Issuer and parent line on the day (CQ-01, CQ-02), and the địa danh (DD-01)."""
    return {
        "parent_org_name": parent_line(org, on=on),
        "issuing_org_name": org.name,
        "issuing_org_short": org.name,
        "place_name": org.place_name,
    }


def header_fields(issuer: UnionOrg, *, as_of: date, kind: str) -> dict[str, object]:
    """The header that a paper of this kind carries on that day."""
    return only_known(kind, header_of(org_on(issuer.code, as_of=as_of), on=as_of))


def signing_modes(kind: str, *, as_of: date) -> tuple[str, ...]:
    """In which rights papers of this kind are signed: dated data, since no source settles it (§2.3)."""
    fact = find_fact(f"signing_modes_{kind}", as_of=as_of)
    if fact is None or not isinstance(fact.value, list):
        return SIGNING_ORDER
    return tuple(str(mode) for mode in fact.value)


def signature_of(signer: SignerSnapshot, *, as_of: date) -> Signature:
    """The printed lines of a signer (ND30 PL I II.7b): collective, head's post, own post, name."""
    steering = signer.org.kind == OrgKind.STEERING_COMMITTEE
    collective = _COLLECTIVES.get(signer.org.kind, STANDING_COMMITTEE)
    fields: dict[str, object] = {
        "signing_mode": signer.mode,
        "signer_post": signer.title,
        "signer_name": signer.person.full_name,
    }
    if signer.mode in ("TM", "TM_KT", "TL", "TUQ"):
        fields["signing_collective"] = collective
    if signer.mode in ("TM_KT", "KT", "Q"):
        fields["head_post"] = signer.head_title
    if steering and (host := office_of(signer.person, as_of=as_of)) is not None:
        fields["signer_host_post"] = full_post(host)
    told = f"theo ủy quyền của {signer.delegator} ({signer.basis})" if signer.delegator else ""
    return Signature(fields, signer.person.full_name, signer.person.id, told)


def full_post(holder: HolderSnapshot) -> str:
    """Post with the body in full, as a paper that leaves the house names it (ND30 PL I II.7c).

    A unit is named with the body that it belongs to: `Chánh Văn phòng Liên đoàn Lao động tỉnh Lai Châu`.
    """
    named = join_title(holder.title, holder.org.name)
    body = holder.org.parent if holder.org.kind in _UNITS else None
    return f"{named} {body.name}" if body else named


def default_signature(org: OrgSnapshot, *, kind: str, as_of: date) -> Signature:
    """Who signs when nobody says otherwise. Raises NotFound when no office holder may."""

    def read() -> Signature:
        modes = signing_modes(kind, as_of=as_of)
        return signature_of(signer_for(org, as_of=as_of, modes=modes), as_of=as_of)

    return remembered(("signature", org.id, kind, as_of), read)


def signature_fields(issuer: UnionOrg, *, signer: str, on: date, kind: str) -> Signature:
    """The lines of one named signer (a person's code). Raises NotFound if he may not sign that day.

    Minutes print no signer's fields of their own, so their data stay, but the right is asked all the same.
    """
    person = Person.objects.filter(code=signer).first()
    if person is None:
        raise NotFound(
            f"Không có người ký mang mã “{signer}”. Ghi người ký trong bảng cán bộ rồi ký lại.",
            facts={"signer": signer},
        )
    found = signature_of(
        signer_for(
            org_on(issuer.code, as_of=on),
            as_of=on,
            modes=signing_modes(kind, as_of=on),
            person=person,
        ),
        as_of=on,
    )
    return replace(found, fields=only_known(kind, found.fields))


def symbol(kind: str, org: OrgSnapshot, *, on: date) -> str:
    """`QĐ-LĐLĐ` (SO-04): type and body; a công văn has body and drafting unit instead, where there is one."""
    symbol_type = get_kind(kind).schema.symbol_type
    if symbol_type:
        return f"{symbol_type}-{org.symbol_abbr}"
    unit = drafting_unit(org, as_of=on)
    return f"{org.symbol_abbr}-{unit.symbol_abbr}" if unit else org.symbol_abbr


def common_fields(kind: str, org: OrgSnapshot, *, on: date) -> tuple[dict[str, object], Signature]:
    """Header, symbol, intended date and default signature of a paper."""
    signature = default_signature(org, kind=kind, as_of=on)
    fields = {
        **header_of(org, on=on),
        **signature.fields,
        "doc_symbol": symbol(kind, org, on=on),
        "intended_date": on.isoformat(),
    }
    return only_known(kind, fields), signature


def basis_rows(kind: str, *, variant: str, as_of: date) -> list[dict[str, object]]:
    """The cited documents that stand under this kind of paper on that day."""
    found = remembered(
        ("bases", kind, variant, as_of), lambda: _read_bases(kind, variant=variant, as_of=as_of)
    )
    return [dict(row) for row in found]


def _read_bases(kind: str, *, variant: str, as_of: date) -> list[dict[str, object]]:
    found = []
    for cited in legal_bases(kind, variant=variant, as_of=as_of):
        row: dict[str, object] = {
            "type_name": cited.type_name,
            "code": cited.document_code,
            "date": cited.date.isoformat() if cited.date else None,
            "issuer": cited.issuer,
            "subject": cited.subject,
            "is_law": cited.is_law,
        }
        found.append({key: value for key, value in row.items() if value not in ("", None)})
    return found


def issuer_phrase(document: Document) -> str:
    """Who issued one of our papers, as said after “của”: the collective with the body."""
    name = str(document.data.get("issuing_org_short", document.issuer.name))
    collective = document.data.get("signing_collective")
    if document.data.get("signing_mode") in ("TM", "TM_KT") and collective:
        return name if str(collective) in name else f"{collective} {name}"
    return name


def lower_first(text: str) -> str:
    """`Về việc …` inside a sentence."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """A name at the start of a cell or line."""
    return text[:1].upper() + text[1:]


def reference(document: Document) -> dict[str, object]:
    """One of our own numbered papers, as another paper cites it."""
    if document.issued_on is None:
        raise RuntimeError("only numbered papers are cited")
    return {
        "code": document.code,
        "date": document.issued_on.isoformat(),
        "issuer": issuer_phrase(document),
        "subject": lower_first(document.subject),
    }


def basis_of(document: Document, *, type_name: str) -> dict[str, object]:
    """One of our own papers as a basis line; its subject begins with the words that join it."""
    cited = reference(document)
    words = str(cited["subject"])
    joined = words if words.startswith("về ") else f"về {words}"
    return {"type_name": type_name, **cited, "subject": joined}


def plan_reference(plan: Document) -> dict[str, object]:
    """The campaign's plan within a sentence: its subject begins with the words that join it."""
    cited = basis_of(plan, type_name="Kế hoạch")
    return {key: value for key, value in cited.items() if key != "type_name"}


def standing(kind: str, record: str) -> Document | None:
    """The numbered, standing paper of a kind about a record; inside a scope as it was read there."""
    return remembered(
        ("standing", kind, record), lambda: _numbered(kind).filter(record=record).last()
    )


def _numbered(kind: str) -> QuerySet[Document]:
    """Numbered, standing papers of a kind, the newest last."""
    return (
        Document.objects.filter(kind=kind, number__isnull=False)
        .exclude(state__in=ENDED_STATES)
        .select_related("issuer", "number")
        .order_by("issued_on", "created_at", "id")
    )


def remember_standing(kind: str, records: Collection[str]) -> None:
    """Read the standing papers of many records at once for the `standing` calls of the open scope."""
    if not is_open():
        raise RuntimeError("papers are remembered inside one_reading()")
    found = {paper.record: paper for paper in _numbered(kind).filter(record__in=records)}
    for record in records:
        remember(("standing", kind, record), found.get(record))


def needed(kind: str, record: str, *, label: str) -> Document:
    """As ``standing``; raises NotFound saying which paper has to be issued first."""
    found = standing(kind, record)
    if found is None:
        raise NotFound(
            f"Chưa có {label} đã cấp số cho hồ sơ này. Phát hành văn bản đó trước.",
            code="earlier_paper_missing",
            facts={"kind": kind, "record": record},
        )
    return found


def drafting_unit(org: OrgSnapshot, *, as_of: date) -> OrgSnapshot | None:
    """The unit that drafts organisation papers: Ban Tổ chức - Kiểm tra, where the body has it."""

    def read() -> OrgSnapshot | None:
        units = children_of(org, as_of=as_of, kinds=(OrgKind.DEPARTMENT,))
        return next((unit for unit in units if unit.archive_abbr == ORGANISATION_UNIT), None)

    return remembered(("drafting unit", org.id, as_of), read)


def archive_units(unit: OrgSnapshot | None) -> list[str]:
    """Who keeps a copy: văn thư and the drafting unit where the body has one (NN-03)."""
    return ["VT", unit.archive_abbr] if unit is not None and unit.archive_abbr else ["VT"]
