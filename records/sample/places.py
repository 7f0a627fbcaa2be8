"""Areas of Lai Châu before and after 01/7/2025 (NQ 1670/NQ-UBTVQH15: every merger takes whole units)."""

from __future__ import annotations

import re

from core.text import unaccent
from records.models import Area, AreaKind, AreaSuccession
from records.sample.store import LAST_DISTRICT_DAY, REFORM_DAY, Store, read_csv

_KIND_WORDS = {"xã": "commune", "phường": "ward", "thị trấn": "township"}
_SLUG_KINDS = {"commune": "xa", "ward": "phuong", "township": "thi-tran"}
_COMMUNAL = re.compile(r"\b(xã|phường|thị trấn) (.+)$")


def slug(text: str) -> str:
    """Code part of a Vietnamese name: `Mường Than` -> `muong-than`."""
    return re.sub(r"[^a-z0-9]+", "-", unaccent(text).lower()).strip("-")


def old_code(district: str, kind: str, name: str) -> str:
    """Code of a communal unit to 30/6/2025; unaccented names repeat, so the district is in it."""
    return f"lc-{district}-{_SLUG_KINDS[kind]}-{slug(name)}"


def new_code(kind: str, name: str) -> str:
    """Code of a communal unit from 01/7/2025."""
    return f"lc2025-{_SLUG_KINDS[kind]}-{slug(name)}"


def communal_in(text: str) -> tuple[str, str]:
    """Kind and name of the communal unit that ends a text: `Bản Nà Bỏ, xã Bản Giang`."""
    found = _COMMUNAL.search(text)
    if found is None:
        raise ValueError(f"Không thấy xã, phường, thị trấn trong: {text}")
    return _KIND_WORDS[found.group(1)], found.group(2)


def load_areas(store: Store) -> None:
    """Write the province, its 8 districts and 106 old and 38 new communal units, and successions."""
    rows = read_csv("communes.csv")
    top = [
        Area(code="ha-noi", name="Hà Nội", kind=AreaKind.PROVINCIAL_CITY, **store.stamp),
        Area(code="lc", name="Lai Châu", kind=AreaKind.PROVINCE, **store.stamp),
    ]
    _keep(store, top)
    _keep(
        store,
        [
            Area(
                code=f"lc-{row['code']}",
                name=row["name"],
                kind=row["kind"],
                parent=store.areas["lc"],
                valid_to=LAST_DISTRICT_DAY,
                **store.stamp,
            )
            for row in read_csv("districts.csv")
        ],
    )
    _keep(store, [_old_area(store, row) for row in rows])
    new = {(row["new_kind"], row["new_name"]): row for row in rows}
    _keep(store, [_new_area(store, kind, name) for kind, name in new])
    store.save(AreaSuccession, [_succession(store, row) for row in rows])


def successor_codes() -> dict[str, str]:
    """Code of the new unit of each old one."""
    return {
        old_code(row["district"], row["old_kind"], row["old_name"]): new_code(
            row["new_kind"], row["new_name"]
        )
        for row in read_csv("communes.csv")
    }


def _keep(store: Store, areas: list[Area]) -> None:
    store.areas.update((area.code, area) for area in store.save(Area, areas))


def _old_area(store: Store, row: dict[str, str]) -> Area:
    return Area(
        code=old_code(row["district"], row["old_kind"], row["old_name"]),
        name=row["old_name"],
        kind=row["old_kind"],
        parent=store.areas[f"lc-{row['district']}"],
        valid_to=LAST_DISTRICT_DAY,
        **store.stamp,
    )


def _new_area(store: Store, kind: str, name: str) -> Area:
    return Area(
        code=new_code(kind, name),
        name=name,
        kind=kind,
        parent=store.areas["lc"],
        valid_from=REFORM_DAY,
        **store.stamp,
    )


def _succession(store: Store, row: dict[str, str]) -> AreaSuccession:
    return AreaSuccession(
        predecessor=store.areas[old_code(row["district"], row["old_kind"], row["old_name"])],
        successor=store.areas[new_code(row["new_kind"], row["new_name"])],
        on=REFORM_DAY,
        **{**store.stamp, "source": "Nghị quyết 1670/NQ-UBTVQH15, Điều 1"},
    )
