"""A large store for the desk: the sample, and thousands of enterprises, papers, entries and forms by bulk insert.

Nothing of it goes through the services: the rows are made as the services would have left them.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from docgen.models import Document, DocumentEvent
from intake.models import ReceivedFile, ReturnedForm
from records.bulk import chunks_of, insert_rows, new_ids
from records.models import (
    Application,
    Campaign,
    ChangeLog,
    EnterpriseObservation,
    FoundingCase,
    Membership,
    OrgParent,
    UnionOrg,
)
from records.sample import load_sample
from records.sample.bulk import add_founding_cases
from registry.models import (
    IncomingEntry,
    IssuedForm,
    NumberSeries,
    OfficialNumber,
    OutgoingEntry,
    StoredFile,
)

CAMPAIGN = "ptdv-2024"
DAY = date(2024, 5, 16)
_CHUNK = 5000
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: Kinds of paper in turn, with their type name and the words that begin their subject.
KINDS = (
    ("founding_decision", "QĐ", "Quyết định", "Về việc thành lập Công đoàn cơ sở"),
    ("committee_decision", "QĐ", "Quyết định", "Về việc công nhận Ban Chấp hành Công đoàn cơ sở"),
    ("admission_decision", "QĐ", "Quyết định", "Về việc kết nạp đoàn viên Công đoàn cơ sở"),
    ("invitation", "GM", "Giấy mời", "Dự lễ ra mắt Công đoàn cơ sở"),
    ("introduction_letter", "GGT", "Giấy giới thiệu", "Khảo sát tại doanh nghiệp"),
    (
        "reminder_letter",
        "",
        "Công văn",
        "Đôn đốc tiến độ phát triển đoàn viên của đơn vị phụ trách",
    ),
)
#: One in so many papers waits for somebody.
_OPEN = 200
_OPEN_STATES = ("draft", "submitted", "returned", "signed")


def fill(*, enterprises: int, documents: int, forms: int) -> dict[str, int]:
    """Fill an empty store; how many rows of each there are."""
    load_sample()
    campaign = Campaign.objects.get(code=CAMPAIGN)
    add_founding_cases(campaign, enterprises, decide_on=DAY)
    counted = {"enterprises": enterprises, "observations": _observations()}
    counted["members"] = _unions(campaign, enterprises // 12)
    counted["documents"] = _documents(campaign, documents)
    counted["incoming"] = _incoming(campaign.org, documents // 10)
    counted["forms"] = _forms(campaign, forms)
    counted["log"] = _log(enterprises)
    return counted


def _observations() -> int:
    ids = FoundingCase.objects.filter(code__startswith="hsl-").values_list(
        "enterprise_id", flat=True
    )
    statuses = ("active", "active", "active", "suspended", "active", "dissolved", "not_at_address")
    total = 0
    for chunk in chunks_of(list(ids), _CHUNK):
        rows = [
            (pk, DAY - timedelta(days=400 * (1 - turn)), "survey", statuses[(pk + turn) % 7],
             8 + pk % 90, 3 + pk % 5, f"Lò Văn {pk % 97}", "{}")
            for pk in chunk for turn in (0, 1)
        ]  # fmt: skip
        columns = ("enterprise_id", "observed_on", "channel", "status", "workers_total",
                   "workers_female", "legal_rep_name")  # fmt: skip
        with transaction.atomic():
            total += insert_rows(EnterpriseObservation, columns, [row[:-1] for row in rows])
    return total


def _unions(campaign: Campaign, count: int) -> int:
    """Unions of the first cases, with their members from the applications."""
    cases = list(
        FoundingCase.objects.filter(campaign=campaign, code__startswith="hsl-")
        .select_related("enterprise")
        .order_by("code")[:count]
    )
    uppers = dict(
        FoundingCase.objects.filter(pk__in=[case.pk for case in cases]).values_list(
            "pk", "enterprise__uppers__org_id"
        )
    )
    members: dict[int, list[int]] = {}
    asked = Application.objects.filter(case__in=cases).values_list("case_id", "person_id")
    for case_id, person in asked:
        members.setdefault(case_id, []).append(person)
    with transaction.atomic():
        ids = new_ids(UnionOrg, len(cases))
        begun = [DAY + timedelta(days=at % 200) for at in range(len(cases))]
        insert_rows(
            UnionOrg,
            ("id", "code", "name", "level", "kind", "enterprise_id", "valid_from"),
            [(pk, f"cdcs-{case.code}", case.union_name, "grassroots", "grassroots_union", case.enterprise_id, on)
             for pk, case, on in zip(ids, cases, begun, strict=True)],
        )  # fmt: skip
        insert_rows(
            OrgParent,
            ("org_id", "parent_id", "valid_from"),
            [(pk, uppers[case.pk], on) for pk, case, on in zip(ids, cases, begun, strict=True)],
        )
        for case, pk in zip(cases, ids, strict=True):
            case.union_id, case.state = pk, "launched"
        FoundingCase.objects.bulk_update(cases, ("union_id", "state"), batch_size=500)
        return insert_rows(
            Membership,
            ("person_id", "union_id", "joined_on"),
            [(person, pk, on) for pk, case, on in zip(ids, cases, begun, strict=True)
             for person in members.get(case.pk, ())],
        )  # fmt: skip


def _file(name: str) -> StoredFile:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return StoredFile.objects.create(sha256=sha256, size=1, media_type="x/y", name=name)


def _papers(campaign: Campaign, count: int) -> Iterator[tuple[int, tuple[str, ...], FoundingCase]]:
    cases = list(
        FoundingCase.objects.filter(campaign=campaign).select_related("enterprise").order_by("code")
    )
    for at in range(count):
        yield at, KINDS[at % len(KINDS)], cases[at // len(KINDS) % len(cases)]


def _documents(campaign: Campaign, count: int) -> int:
    template = _file("mẫu.docx")
    org = campaign.org_id
    first = datetime(2020, 1, 2, 8, tzinfo=_ZONE)
    data = {"recipients": ["Như Điều 3", "Lưu: VT"], "body": ["Điều khoản của văn bản. " * 12] * 5}
    total = 0
    series: dict[tuple[int, str], NumberSeries] = {}
    taken: dict[int, int] = {}
    for chunk in chunks_of(list(_papers(campaign, count)), _CHUNK):
        with transaction.atomic():
            numbers = iter(new_ids(OfficialNumber, len(chunk)))
            rows = []
            for at, (kind, abbr, type_name, words), case in chunk:
                when = first + timedelta(minutes=13 * at)
                pk, open_ = uuid.uuid4(), at % _OPEN == 0
                key = (when.year, abbr or "CV")
                book = series.get(key) or NumberSeries.objects.create(
                    org_id=org, key=key[1], year=key[0]
                )
                series[key] = book
                number = taken[book.pk] = taken.get(book.pk, 0) + (not open_)
                symbol = f"{abbr}-LĐLĐ" if abbr else "LĐLĐ"
                subject = f"{words} {case.enterprise.name}"
                code = "" if open_ else f"{number:02d}/{symbol}"
                state = _OPEN_STATES[at // _OPEN % 4] if open_ else "issued"
                rows.append(
                    (pk, kind, subject, code, state, when, None if open_ else next(numbers), number,
                     symbol, type_name, book.pk, f"case:{case.code}")
                )  # fmt: skip
            _write(rows, data=data, org=org, campaign=campaign.pk, template=template.pk)
            total += len(rows)
    for book in series.values():
        book.next_number = taken[book.pk] + 1
        book.save()
    return total


def _write(
    rows: list[tuple], *, data: dict[str, object], org: int, campaign: int, template: int
) -> None:  # type: ignore[type-arg]
    numbered = [row for row in rows if row[6] is not None]
    insert_rows(
        OfficialNumber,
        ("id", "series_id", "number", "on", "holder", "state", "actor"),
        [
            (row[6], row[10], row[7], row[5].date(), f"document:{row[0]}", "taken", "vanthu")
            for row in numbered
        ],
    )
    insert_rows(
        Document,
        ("id", "kind", "record", "request_key", "campaign_id", "issuer_id", "state", "subject",
         "intended_on", "issued_on", "number_id", "code", "data", "data_as_of", "profile", "template",
         "template_file_id", "requested_by", "created_at", "updated_at"),
        [(row[0], row[1], row[11], f"{row[1]}:{row[0]}", campaign, org, row[4], row[2], row[5].date(),
          row[5].date() if row[6] else None, row[6], row[3], data, row[5].date(), "nd30", "x", template,
          "chuyenvien", row[5], row[5]) for row in rows],
    )  # fmt: skip
    insert_rows(
        DocumentEvent,
        ("document_id", "at", "actor", "from_state", "to_state", "note"),
        [(row[0], row[5], "vanthu", "signed", "numbered", row[3]) for row in numbered],
    )
    insert_rows(
        OutgoingEntry,
        ("number_id", "org_id", "year", "code", "symbol", "date", "kind", "type_name", "subject",
         "signer", "recipients", "kept_by", "copies", "state", "document_id"),
        [(row[6], org, row[5].year, row[3], row[8], row[5].date(), row[1], row[9], row[2],
          "Vàng Văn Thành", "Như Điều 3", "VT", 5, "issued", str(row[0])) for row in numbered],
    )  # fmt: skip


def _incoming(org: UnionOrg, count: int) -> int:
    first = date(2020, 1, 2)
    total = 0
    books: dict[int, NumberSeries] = {}
    for chunk in chunks_of(range(count), _CHUNK):
        with transaction.atomic():
            ids = new_ids(OfficialNumber, len(chunk))
            days = [first + timedelta(days=at * 1700 // count) for at in chunk]
            for day in days:
                if day.year not in books:
                    books[day.year] = NumberSeries.objects.create(
                        org=org, direction="incoming", key="đến", year=day.year
                    )
            insert_rows(
                OfficialNumber,
                ("id", "series_id", "number", "on", "holder", "state"),
                [(pk, books[day.year].pk, at + 1, day, f"den:{pk}", "taken")
                 for pk, at, day in zip(ids, chunk, days, strict=True)],
            )  # fmt: skip
            total += insert_rows(
                IncomingEntry,
                ("number_id", "org_id", "year", "arrived_on", "author", "code", "date", "subject"),
                [(pk, org.pk, day.year, day, f"Công đoàn cơ sở số {at % 4000}", f"{at % 300}/BC-CĐCS", day,
                  f"Báo cáo tiến độ tháng {day.month}/{day.year}")
                 for pk, at, day in zip(ids, chunk, days, strict=True)],
            )  # fmt: skip
    return total


def _forms(campaign: Campaign, count: int) -> int:
    units = list(UnionOrg.objects.filter(kind="district_federation").values_list("pk", flat=True))
    cases = list(
        FoundingCase.objects.filter(campaign=campaign).values_list("code", flat=True)[:count]
    )
    insert_rows(
        IssuedForm,
        ("kind", "version", "file_format", "record_type", "record_id", "campaign_id", "unit_id",
         "issued_on", "due_on", "issued_by", "sha256"),
        [("membership_application", 1, "docx", "case", code, campaign.pk, units[at % len(units)], DAY,
          DAY + timedelta(days=30), "chuyenvien", f"{at:064d}") for at, code in enumerate(cases)],
    )  # fmt: skip
    reading = {
        "file": "Phiếu.pdf", "sha256": "0" * 64, "pages": [1], "channel": "pdf_text", "version": 1,
        "kind": "membership_application", "code": None, "certainty": "likely", "status": "clean",
        "record": None, "fields": {}, "rows": None, "problems": [], "reason": None,
    }  # fmt: skip
    total = 0
    when = datetime(2024, 6, 1, 9, tzinfo=_ZONE)
    for chunk in chunks_of(range(count), _CHUNK):
        with transaction.atomic():
            file_ids = new_ids(StoredFile, len(chunk))
            insert_rows(
                StoredFile,
                ("id", "sha256", "size", "media_type", "name"),
                [(pk, hashlib.sha256(f"phiếu {at}".encode()).hexdigest(), 9, "x/y", f"Phiếu {at}.pdf")
                 for pk, at in zip(file_ids, chunk, strict=True)],
            )  # fmt: skip
            ids = new_ids(ReceivedFile, len(chunk))
            insert_rows(
                ReceivedFile,
                ("id", "file_id", "name", "arrival", "sender_id", "received_at", "received_by", "state"),
                [(pk, file, f"Đơn gia nhập của công đoàn số {at}.pdf", "desk", units[at % len(units)],
                  when + timedelta(minutes=at), "vanthu", "read")
                 for pk, file, at in zip(ids, file_ids, chunk, strict=True)],
            )  # fmt: skip
            total += insert_rows(
                ReturnedForm,
                ("received_id", "position", "kind", "version", "status", "reading", "values", "record_type",
                 "record_id", "org_id", "subject", "state"),
                [(pk, 0, "membership_application", 1, "clean", reading, {}, "case",
                  cases[at % len(cases)], units[at % len(units)], f"đơn:{at}",
                  "needs_review" if at % 100 == 0 else "applied")
                 for pk, at in zip(ids, chunk, strict=True)],
            )  # fmt: skip
    return total


def _log(count: int) -> int:
    rows = [
        ("chuyenvien", "web", "changed", "enterprise", f"dn-hsl-{at + 1:06d}", {"sector": ""}, {"sector": "Dịch vụ"})
        for at in range(count)
    ]  # fmt: skip
    columns = ("actor", "channel", "action", "record_type", "record_id", "before", "after")
    return insert_rows(ChangeLog, columns, rows)
