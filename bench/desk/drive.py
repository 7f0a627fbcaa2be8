"""Inside the store: fill it, then ask every list and search of the desk; one JSON line of figures."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402 - only after the setup above
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402

from bench.desk.fill import CAMPAIGN, fill  # noqa: E402
from docgen.models import Document  # noqa: E402
from records.models import Membership  # noqa: E402
from web.setup.sample_accounts import make_sample_accounts  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Ask:
    """One page: whose section it is of, its url name and arguments, the query, who asks."""

    section: str
    name: str
    query: str = ""
    args: tuple[object, ...] = ()
    user: str = "vanthu"


def asks() -> list[Ask]:
    """Every list and search of the desk."""
    paper = Document.objects.filter(state="issued").order_by("-created_at")[0]
    member = Membership.objects.select_related("union", "person").order_by("-pk")[0]
    return [
        Ask("home", "home"),
        Ask("home", "home", user="lanhdao"),
        Ask("home", "campaign"),
        Ask("home", "reports", "ky=2024-Q2"),
        Ask("search", "search", "q=thuan long"),
        Ask("search", "search", "q=cong doan"),
        Ask("search", "search", "q=4321/QD-LDLD"),
        Ask("search", "search", "q=khongcogi"),
        Ask("search", "search_live", "q=thu"),
        Ask("records", "enterprises"),
        Ask("records", "enterprises", "trang=400"),
        Ask("records", "enterprises", "q=thuan+long"),
        Ask("records", "enterprises", "tinh_trang=suspended"),
        Ask("records", "enterprises", "cdcs=co"),
        Ask("records", "enterprises", "cdcs=chua&buoc=dossier_filed"),
        Ask("records", "enterprises", "don_vi=ldld-tam-duong&tinh_trang=dissolved"),
        Ask("records", "enterprise", args=("dn-hsl-000777",)),
        Ask("records", "unions"),
        Ask("records", "union", args=(member.union.code,)),
        Ask("records", "people"),
        Ask("records", "people", "trang=300"),
        Ask("records", "people", "q=lo+thi"),
        Ask("records", "people", "la=doan-vien"),
        Ask("records", "person", args=(member.person.code,)),
        Ask("records", "orgs"),
        Ask("records", "quotas"),
        Ask("records", "assignments"),
        Ask("records", "records_import"),
        Ask("documents", "documents"),
        Ask("documents", "documents", "trang=2000"),
        Ask("documents", "documents", "q=thuan+long"),
        Ask("documents", "documents", "trang_thai=submitted"),
        Ask("documents", "document", args=(paper.pk,)),
        Ask("documents", "approvals"),
        Ask("documents", "approvals", user="lanhdao"),
        Ask("documents", "compose"),
        Ask("registers", "outgoing"),
        Ask("registers", "outgoing", "nam=2023"),
        Ask("registers", "outgoing", "q=thuan+long"),
        Ask("registers", "incoming"),
        Ask("registers", "incoming", "q=bao+cao"),
        Ask("batches", "batches"),
        Ask("returns", "rounds"),
        Ask("returns", "received"),
        Ask("returns", "received", "trang=100"),
        Ask("returns", "reviews"),
        Ask("unit", "unit", user="donvi"),
        Ask("unit", "unit_due", user="donvi"),
        Ask("unit", "unit_sent", user="donvi"),
        Ask("unit", "unit_progress", user="donvi"),
        Ask("wordtemplates", "wordtemplates"),
        Ask("administration", "administration", user="quantri"),
    ]


def clients() -> dict[str, Client]:
    """A client for each account, with the large campaign in hand."""
    found = {}
    for user in User.objects.all():
        client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        client.force_login(user, backend=BACKEND)
        session = client.session
        session["campaign"] = CAMPAIGN
        session.save()
        found[user.username] = client
    return found


@contextmanager
def counting() -> Iterator[list[int]]:
    """How many queries there are."""
    seen = [0]

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        seen[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield seen


def cpu_ms() -> float:
    """Milliseconds of this process and of its server process on PostgreSQL, user and system."""
    own = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        own += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own * 1000


def measure(ask: Ask, client: Client, *, times: int, warm: int) -> dict[str, Any] | None:
    """Times of one page in milliseconds; None where this desk has no such page."""
    try:
        address = reverse(f"web:{ask.name}", args=ask.args)
    except NoReverseMatch:
        return None
    address += f"?{ask.query}" if ask.query else ""
    found: list[float] = []
    spent = 0.0
    for turn in range(warm + times):
        if turn == warm:
            spent = cpu_ms()
        with counting() as queries:
            start = time.perf_counter()
            answer = client.get(address)
            took = (time.perf_counter() - start) * 1000
        if turn >= warm:
            found.append(took)
    spent = (cpu_ms() - spent) / times
    found.sort()
    return {
        "section": ask.section, "address": address, "user": ask.user, "status": answer.status_code,
        "p50": found[times // 2], "p95": found[int(times * 0.95)], "cpu": spent, "queries": queries[0],
        "kb": len(answer.content) / 1024,
    }  # fmt: skip


def main() -> None:
    """``drive fill N DOCUMENTS FORMS`` or ``drive measure TIMES WARM``."""
    if sys.argv[1] == "fill":
        call_command("migrate", verbosity=0)
        enterprises, documents, forms = map(int, sys.argv[2:5])
        told: Any = fill(enterprises=enterprises, documents=documents, forms=forms)
        make_sample_accounts()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    else:
        known = clients()
        times, warm = map(int, sys.argv[2:4])
        rows = [measure(ask, known[ask.user], times=times, warm=warm) for ask in asks()]
        told = [row for row in rows if row is not None]
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
