"""A walk over every page that links lead to, as one role: what was found at each address."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, ResolverMatch, resolve
from lxml import html
from playwright.sync_api import APIRequestContext

#: Of pages that differ in their records only so many are looked at, and so many addresses of one role at most.
ALIKE = 2
MOST = 400
#: Parts in which other words than Vietnamese stand on purpose: names for programs, keys, commands.
NOT_WORDS = (
    "//script | //style | //code | //pre | //kbd | //*[@data-copy] | "
    "//*[contains(concat(' ', @class, ' '), ' mono ')]"
)
SPOKEN = ("title", "placeholder", "aria-label", "alt")


@dataclass
class Seen:
    """One answer."""

    path: str
    view: str
    status: int
    headers: dict[str, str]
    text: str
    came_from: str

    @property
    def is_page(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.text or "<p></p>")

    @cached_property
    def words(self) -> str:
        """All that a person reads or hears, without names for programs."""
        tree = html.document_fromstring(self.text or "<p></p>")
        for part in tree.xpath(NOT_WORDS):
            part.drop_tree()
        spoken = [tree.xpath(f"//@{name}") for name in SPOKEN]
        parts = [*tree.itertext(), *(str(text) for group in spoken for text in group)]
        return re.sub(r"\s+", " ", " ".join(parts))

    def links(self) -> Iterator[str]:
        for name in ("href", "hx-get"):
            for link in self.tree.xpath(f"//*[not(self::link)]/@{name}"):
                yield urljoin(self.path, str(link))


@dataclass
class Walk:
    """What one role found."""

    role: str
    seen: list[Seen] = field(default_factory=list)

    @property
    def pages(self) -> list[Seen]:
        return [one for one in self.seen if one.is_page]


def view_of(path: str) -> str:
    """Which page an address is, whatever its record."""
    parts = urlsplit(path)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return f"none:{parts.path}"
    keys = ",".join(sorted(key for key, _ in parse_qsl(parts.query, keep_blank_values=True)))
    return f"{found.view_name}?{keys}" if keys else found.view_name


def door_of(path: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(path).path)
    except Resolver404:
        return None


def walk(role: str, request: APIRequestContext, *, start: str = "/") -> Walk:
    """Follow every link of the desk from the first page on."""
    found = Walk(role)
    waiting, known, alike = deque([(start, "")]), {start}, Counter[str]()
    while waiting and len(found.seen) < MOST:
        path, came_from = waiting.popleft()
        view = view_of(path)
        if alike[view] >= ALIKE:
            continue
        alike[view] += 1
        one = look(request, path, came_from=came_from)
        found.seen.append(one)
        if not one.is_page:
            continue
        for link in one.links():
            parts = urlsplit(link)
            if (
                parts.scheme
                or parts.netloc
                or parts.path.startswith(("/static/", "/quan-tri/nhom/"))
            ):
                continue
            address = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if address not in known:
                known.add(address)
                waiting.append((address, path))
    return found


def look(request: APIRequestContext, path: str, *, came_from: str = "") -> Seen:
    """One GET; redirects are followed."""
    answer = request.get(path, max_redirects=5, timeout=60_000)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    text = answer.text() if headers.get("content-type", "").startswith("text/html") else ""
    landed = urlsplit(answer.url)
    here = f"{landed.path}?{landed.query}" if landed.query else landed.path
    return Seen(here, view_of(path), answer.status, headers, text, came_from)


@dataclass(frozen=True)
class Secrets:
    """Values of the store that some roles must never read."""

    id_numbers: frozenset[str]
    phones: frozenset[str]
    strangers: frozenset[str]  # enterprises that never belonged to the officer's unit


def secrets_of(home: Path, *, officer: str) -> Secrets:
    """Read from the store's own file."""
    with sqlite3.connect(f"file:{home}/docgen.sqlite3?mode=ro", uri=True) as store:

        def column(sql: str, *values: object) -> frozenset[str]:
            return frozenset(str(row[0]) for row in store.execute(sql, values) if row[0])

        unit = store.execute(
            "SELECT a.unit_id FROM web_account a JOIN auth_user u ON u.id = a.user_id WHERE u.username = ?",
            (officer,),
        ).fetchone()[0]
        return Secrets(
            id_numbers=column("SELECT id_number FROM records_person"),
            phones=column("SELECT phone FROM records_person WHERE length(phone) >= 10"),
            strangers=column(
                "SELECT name FROM records_enterprise WHERE id NOT IN "
                "(SELECT enterprise_id FROM records_enterpriseupper WHERE org_id = ?)",
                unit,
            ),
        )


def move_officer(home: Path, *, username: str, unit: str) -> None:
    """Give an account of the sample another unit: that of the province has every enterprise since the reform."""
    with sqlite3.connect(home / "docgen.sqlite3", timeout=60) as store:
        changed = store.execute(
            "UPDATE web_account SET unit_id = (SELECT id FROM records_unionorg WHERE code = ?) "
            "WHERE user_id = (SELECT id FROM auth_user WHERE username = ?)",
            (unit, username),
        )
        assert changed.rowcount == 1
