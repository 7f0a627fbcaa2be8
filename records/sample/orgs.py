"""Union organisations of the province, their parents, seats, terms, and who holds which post."""

from __future__ import annotations

from typing import Any

from records.models import (
    OfficeHolder,
    OrgKind,
    OrgLevel,
    OrgParent,
    OrgSeat,
    OrgSuccession,
    OrgTerm,
    Person,
    UnionOrg,
)
from records.sample.people import PeopleMaker
from records.sample.places import new_code, old_code
from records.sample.store import (
    LAST_DISTRICT_DAY,
    PROVINCE,
    REFORM_DAY,
    Store,
    read_csv,
    read_toml,
)

_SEAT_WARD = ("ward", "Tân Phong")  # the province's offices stand there
_FIRST_DISTRICT = 10  # after the confederation, before the province: the order of lists
_ORG_FIELDS = ("name", "short_name", "symbol_abbr", "archive_abbr", "level", "kind")


def district_org_code(key: str) -> str:
    """Code of a district union by the key of its district; `direct` is the province itself."""
    if key == "direct":
        return PROVINCE
    return f"ldld-{'thanh-pho' if key == 'lai-chau' else 'huyen'}-{key}"


def load_orgs(store: Store) -> None:
    """Write organisations above the grassroots with their parents, seats, terms and successors."""
    data = read_toml("orgs.toml")
    districts = read_csv("districts.csv")
    rows = [_org(store, row) for row in data["org"]]
    rows += [_district_org(store, _FIRST_DISTRICT + at, row) for at, row in enumerate(districts)]
    store.orgs.update((org.code, org) for org in store.save(UnionOrg, rows))
    store.save(OrgParent, _parents(store, data["org"], districts))
    store.save(OrgSeat, _seats(store, data["org"], districts))
    store.save(OrgTerm, _terms(store, data["term"], districts))
    store.save(
        OrgSuccession,
        [
            OrgSuccession(
                predecessor=store.orgs[district_org_code(row["code"])],
                successor=store.orgs[PROVINCE],
                on=REFORM_DAY,
                **{**store.stamp, "source": "Luật 97/2025/QH15"},
            )
            for row in districts
        ],
    )


def load_officers(store: Store, people: PeopleMaker) -> None:
    """Write the office holders of officers.toml; a name stands for one person."""
    data = read_toml("officers.toml")["officer"]
    persons = [people.officer(at + 1, row, stamp=store.stamp) for at, row in enumerate(data)]
    for person in store.save(Person, persons):
        store.officers[person.full_name] = person
    store.holders.extend(
        store.save(
            OfficeHolder,
            [
                OfficeHolder(
                    person=store.officers[row["name"]],
                    org=store.orgs[office["org"]],
                    post=office["post"],
                    post_title=office.get("title", ""),
                    may_sign=office.get("sign", []),
                    valid_from=office["from"],
                    valid_to=office.get("to"),
                    **store.stamp,
                )
                for row in data
                for office in row["offices"]
            ],
        )
    )


def _org(store: Store, row: dict[str, Any]) -> UnionOrg:
    return UnionOrg(
        code=row["code"],
        sort_order=row["sort_order"],
        valid_from=row.get("valid_from"),
        **{name: row.get(name, "") for name in _ORG_FIELDS},
        **store.stamp,
    )


def _district_org(store: Store, at: int, row: dict[str, str]) -> UnionOrg:
    where = f"{'thành phố' if row['kind'] == 'provincial_city' else 'huyện'} {row['name']}"
    return UnionOrg(
        code=district_org_code(row["code"]),
        name=f"Liên đoàn Lao động {where}",
        short_name=f"LĐLĐ {where}",
        symbol_abbr="LĐLĐ",
        archive_abbr="VT",
        level=OrgLevel.UPPER,
        kind=OrgKind.DISTRICT_FEDERATION,
        valid_to=LAST_DISTRICT_DAY,
        sort_order=at,
        **store.stamp,
    )


def _parents(
    store: Store, orgs: list[dict[str, Any]], districts: list[dict[str, str]]
) -> list[OrgParent]:
    province = store.orgs[PROVINCE]
    rows = [
        OrgParent(
            org=store.orgs[row["code"]],
            parent=store.orgs[row["parent"]],
            valid_from=row.get("valid_from"),
            valid_to=LAST_DISTRICT_DAY if row["code"] == PROVINCE else None,
            **store.stamp,
        )
        for row in orgs
        if row.get("parent")
    ]
    # After the reform the line over the province is not settled by a source (corrections §4): a row
    # of its own, so that the office changes one row.
    rows.append(
        OrgParent(
            org=province,
            parent=store.orgs["tld-vn"],
            valid_from=REFORM_DAY,
            **{**store.stamp, "source": "Chưa xác nhận; xem dữ kiện parent_line_province"},
        )
    )
    rows += [
        OrgParent(
            org=store.orgs[district_org_code(row["code"])],
            parent=province,
            valid_to=LAST_DISTRICT_DAY,
            **store.stamp,
        )
        for row in districts
    ]
    return rows


def _seats(
    store: Store, orgs: list[dict[str, Any]], districts: list[dict[str, str]]
) -> list[OrgSeat]:
    old = store.areas[old_code("lai-chau", *_SEAT_WARD)]
    new = store.areas[new_code(*_SEAT_WARD)]
    rows = [
        OrgSeat(
            org=store.orgs["tld-vn"], area=store.areas["ha-noi"], place_name="Hà Nội", **store.stamp
        )
    ]
    for row in orgs:
        org = store.orgs[row["code"]]
        if row["code"] == "tld-vn":
            continue
        if org.valid_from is None or org.valid_from < REFORM_DAY:
            rows.append(_seat(store, org, old, (org.valid_from, LAST_DISTRICT_DAY)))
        rows.append(_seat(store, org, new, (REFORM_DAY, None)))
    for place in districts:
        area = store.areas[old_code(place["code"], place["seat_kind"], place["seat_name"])]
        org = store.orgs[district_org_code(place["code"])]
        rows.append(_seat(store, org, area, (None, LAST_DISTRICT_DAY), place_name=place["name"]))
    return rows


def _seat(
    store: Store, org: UnionOrg, area: Any, span: tuple[Any, Any], *, place_name: str = "Lai Châu"
) -> OrgSeat:
    return OrgSeat(
        org=org,
        area=area,
        place_name=place_name,
        valid_from=span[0],
        valid_to=span[1],
        **store.stamp,
    )


def _terms(
    store: Store, terms: list[dict[str, Any]], districts: list[dict[str, str]]
) -> list[OrgTerm]:
    rows = [OrgTerm(**{**row, "org": store.orgs[row["org"]]}, **store.stamp) for row in terms]
    rows += [
        OrgTerm(
            org=store.orgs[district_org_code(row["code"])],
            start_year=2023,
            end_year=2028,
            **store.stamp,
        )
        for row in districts
    ]
    return rows
