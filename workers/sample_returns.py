"""Sample returned forms, made from the sample store: given out and filled, typed by hand, or no forms at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from core.dates import parse_date
from docgen.blanks.make import Format
from docgen.prefill import prefill
from docgen.prefill.base import Wanted
from docgen.services.forms import Order, give_out
from records.models import Application, CaseState, FoundingCase, Measure, Quota, UnionOrg
from registry.models import IssuedForm, OutgoingEntry
from workers.sample_forms import filled_form, letter

FOLDER = "mau-gui-ve"
_CAMPAIGN = "ptdv-2024"
ACTOR = "chiến dịch mẫu"
#: A form goes out so long before it comes back, and is due so long after it went out.
_AHEAD, _DUE = timedelta(days=7), timedelta(days=14)
_POSTS = ("chair", "vice_chair", "inspection_duty")
_STAMP = "%Y-%m-%dT%H-%M"


@dataclass(frozen=True, slots=True)
class SampleReturn:
    """One file: when it came, its name, its form kind ("" for none), what it says.

    With a ``record`` it is a form that the store gave out for it; without, one that an office made itself. Without a
    name it has not come back.
    """

    at: str
    name: str
    kind: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""
    record: str = ""

    def content(self, home: Path) -> bytes:
        """The file's bytes."""
        if not self.record:
            return self.raw or filled_form(self.kind, self.data, typed=self.typed)
        on = date.fromisoformat(self.at[:10]) - _AHEAD
        blank = prefill(self.kind, Wanted(self.record, on))
        order = Order(
            self.kind,
            Format.DOCX,
            on,
            replace(blank, values=dict(self.data) or blank.values),
            self.record,
            on + _DUE,
            str(self.data.get("period") or ""),
        )
        given = give_out([order], actor=ACTOR, channel="cli", profile=home / "libreoffice")
        return given[0].data


def ready_files(home: Path) -> list[tuple[Path, datetime]]:
    """The sample's files with the time at which each came, in that order; made when they are not there.

    All are written before the forms among them count as given out: a killed command makes the same set again.
    """
    folder = home / FOLDER
    mark = folder / ".xong"
    if not mark.exists() and not IssuedForm.objects.filter(issued_by=ACTOR).exists():
        folder.mkdir(parents=True, exist_ok=True)
        with transaction.atomic():
            for one in sample_returns():
                name = f"{one.at.replace(':', '-')}_{one.name}"
                data = one.content(home)
                if one.name:
                    _write(folder / name, data)
    _write(mark, b"")
    found = []
    for path in sorted(folder.glob("2*_*")):
        day = datetime.strptime(path.name.split("_")[0], _STAMP)  # noqa: DTZ007 - made aware below
        found.append((path, timezone.make_aware(day)))
    return found


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)


def sample_returns() -> Iterator[SampleReturn]:
    """Every file of the sample."""
    cases = FoundingCase.objects.filter(campaign__code=_CAMPAIGN).select_related("enterprise")
    fresh = list(
        cases.filter(state=CaseState.NOT_CONTACTED, enterprise__tax_code__isnull=False).order_by(
            "code"
        )[:3]
    )
    held = cases.filter(state=CaseState.CONGRESS_HELD).order_by("code").first()
    launched = cases.filter(state=CaseState.LAUNCHED, union__isnull=False).order_by("-code")
    if len(fresh) > 1:
        yield from _surveys(*fresh[:2])
        yield from _list(*fresh[:2])
    for late in fresh[2:]:
        record = f"enterprise:{late.enterprise.code}"
        yield SampleReturn("2024-09-06T10:00", "", "enterprise_survey", record=record)
    yield from _reports()
    if held is not None:
        yield from _dossier(held)
    for case in launched:
        if entry := _decision(case):
            yield _launch(case, entry)
            break
    yield SampleReturn(
        "2024-09-30T09:00",
        "thu-moi-hop.docx",
        raw=letter(
            "Kính gửi các đồng chí,", "Mời dự họp giao ban lúc 14 giờ tại phòng họp tầng 2."
        ),
    )
    yield SampleReturn(
        "2024-09-30T09:05", "anh-chup-hong.pdf", raw=b"%PDF-1.4\n% cut off on the way\n"
    )


def _survey(case: FoundingCase) -> dict[str, object]:
    place = case.enterprise
    return {
        "survey_date": "2024-09-03",
        "enterprise_name": place.name,
        "tax_code": place.tax_code,
        "enterprise_type": place.type,
        "sector": place.sector,
        "status": "active",
        "workers_total": _workers(case),
        "workers_female": _workers(case) // 3,
        "has_union": False,
        "willing_workers": 7,
        "employer_attitude": "agree",
        "surveyor_name": "Giàng Thị Dở",
    }


def _workers(case: FoundingCase) -> int:
    """As last seen; a leap would be a doubt of its own."""
    seen = (
        case.enterprise.observations.filter(workers_total__isnull=False)
        .order_by("observed_on", "id")
        .last()
    )
    return int(seen.workers_total) if seen is not None and seen.workers_total else 25


def _surveys(clean: FoundingCase, doubtful: FoundingCase) -> Iterator[SampleReturn]:
    """A clean one, the same again in another file, and one with a guess and a wrong name."""
    record = f"enterprise:{clean.enterprise.code}"
    yield SampleReturn(
        "2024-09-05T08:30",
        "phieu-khao-sat-1.docx",
        "enterprise_survey",
        _survey(clean),
        record=record,
    )
    again = {**_survey(clean), "sector": f" {clean.enterprise.sector} "}
    yield SampleReturn(
        "2024-09-06T08:30", "phieu-khao-sat-1-gui-lai.docx", "enterprise_survey", again
    )
    data = {**_survey(doubtful), "enterprise_name": f"{doubtful.enterprise.name} Miền Tây"}
    typed = {"workers_total": f"khoảng {_workers(doubtful)}"}
    yield SampleReturn(
        "2024-09-06T09:00", "phieu-khao-sat-2.docx", "enterprise_survey", data, typed
    )


def _list(known: FoundingCase, other: FoundingCase) -> Iterator[SampleReturn]:
    """A district's list with an enterprise that the records do not have."""
    rows = [
        {"enterprise_name": case.enterprise.name, "tax_code": case.enterprise.tax_code,
         "enterprise_type": case.enterprise.type, "workers_total": _workers(case), "status": "active"}
        for case in (known, other)
    ]  # fmt: skip
    rows.append({"enterprise_name": "Hợp tác xã Mắc ca Nậm Loỏng", "tax_code": "6299900083",
                 "enterprise_type": "cooperative", "workers_total": 14, "status": "active"})  # fmt: skip
    data = {
        "district": "Liên đoàn Lao động huyện Tam Đường",
        "as_of": "2024-09-09",
        "prepared_by": "Giàng Thị Dở",
        "total_enterprises": len(rows),
        "total_workers": sum(int(str(row["workers_total"])) for row in rows),
        "rows": rows,
    }
    yield SampleReturn("2024-09-10T10:00", "danh-sach-doanh-nghiep.docx", "enterprise_list", data)


def _reports() -> Iterator[SampleReturn]:
    """March and April of one district; the second with sums that do not follow from the first."""
    org = UnionOrg.objects.filter(name="Liên đoàn Lao động huyện Tam Đường").first()
    if org is None:
        return
    quotas = dict(
        Quota.objects.filter(org=org, campaign__code=_CAMPAIGN).values_list("measure", "value")
    )
    target = quotas.get(Measure.NEW_MEMBERS) or quotas.get(Measure.NET_INCREASE)
    unions = quotas.get(Measure.NEW_UNIONS)
    for month, joined, cumulative, left in ((3, 12, 30, 5), (4, 9, 41, 7)):
        row: dict[str, object] = {
            "org_name": org.name, "target_members": target, "target_unions": unions, "month_joined": joined,
            "month_left": 2, "month_net": joined - 2, "month_unions": 0, "cum_joined": cumulative,
            "cum_left": left, "cum_net": cumulative - left, "cum_unions": 0,
            "members_total": 2100 + joined, "members_female": 1100, "unions_total": 78,
        }  # fmt: skip
        data = {
            "district": org.name, "period": f"2024-{month:02d}", "as_of": f"2024-{month:02d}-28",
            "prepared_by": "Giàng Thị Dở", "signer_name": "Lò Văn Ín", "rows": [row],
        }  # fmt: skip
        yield SampleReturn(
            f"2024-{month + 1:02d}-03T08:00",
            f"bao-cao-thang-{month}.docx",
            "progress_report",
            data,
            record=f"org:{org.code}",
        )


def _dossier(case: FoundingCase) -> Iterator[SampleReturn]:
    """The papers of a founding congress that was held: all that the decisions need."""
    rows = list(
        Application.objects.filter(case=case, employer_side=False)
        .select_related("person")
        .order_by("position")
    )
    union, day = (
        case.union_name,
        (case.congress_on.isoformat() if case.congress_on else "2024-09-20"),
    )
    seats = list(zip(rows, _POSTS, strict=False))
    count = len(rows)
    profiles: dict[str, object] = {
        "union_name": union, "body": "executive_committee", "term": "2024-2028", "date_signed": day,
        "rows": [{"full_name": one.person.full_name, "gender": one.person.gender, "dob": one.person.dob,
                  "ethnicity": one.person.ethnicity, "job": one.job, "proposed_post": post} for one, post in seats],
    }  # fmt: skip
    members: dict[str, object] = {
        "union_name": union, "as_of": day, "members_total": count,
        "rows": [{"full_name": one.person.full_name, "gender": one.person.gender, "dob": one.person.dob,
                  "job": one.job, "id_number": one.person.id_number} for one in rows],
    }  # fmt: skip
    votes: dict[str, object] = {
        "union_name": union, "body": "executive_committee", "meeting_date": day, "summoned": count,
        "present": count, "voted": count, "seats": len(seats), "candidates_total": len(seats), "self_nominated": 0,
        "nominated": len(seats), "ballots_issued": count, "ballots_collected": count, "ballots_valid": count,
        "ballots_invalid": 0, "head_teller": rows[-1].person.full_name,
        "rows": [{"full_name": one.person.full_name, "votes": count, "rate": 100, "elected": True}
                 for one, _ in seats],
    }  # fmt: skip
    request: dict[str, object] = {
        "sender": union, "doc_number": "01/TTr-CĐCS", "doc_date": "2024-09-25", "union_name": union,
        "addressee": "Ban Thường vụ Liên đoàn Lao động", "enterprise_name": case.enterprise.name,
        "congress_date": day, "member_count": count, "term": "2024-2028",
        "signer_name": seats[0][0].person.full_name,
        "rows": [{"full_name": one.person.full_name, "dob": one.person.dob, "post": post} for one, post in seats],
    }  # fmt: skip
    papers: tuple[tuple[str, str, dict[str, object]], ...] = (
        ("danh-sach-trich-ngang", "candidate_profiles", profiles),
        ("danh-sach-doan-vien", "member_list", members),
        ("bien-ban-kiem-phieu", "vote_count", votes),
        ("to-trinh", "recognition_request", request),
    )
    for at, (name, kind, data) in enumerate(papers):
        yield SampleReturn(
            f"2024-09-26T08:{at:02d}", f"ho-so-{name}.docx", kind, data, record=f"case:{case.code}"
        )


def _decision(case: FoundingCase) -> OutgoingEntry | None:
    """The founding decision of a case that was decided in this store."""
    step = case.steps.filter(state=CaseState.RECOGNISED).order_by("id").last()
    if step is None:
        return None
    number = step.evidence.partition(" ngày ")[0]
    return OutgoingEntry.objects.filter(code=number, date=step.on, kind="founding_decision").first()


def _launch(case: FoundingCase, entry: OutgoingEntry) -> SampleReturn:
    """The signed minutes of a ceremony, with a decision date that the register does not have."""
    begins = timezone.localtime(case.launch_at) if case.launch_at else timezone.now()
    committee = case.committees.exclude(kind="inspection").first()
    seats = committee.members.select_related("person").order_by("position") if committee else ()
    wrong = parse_date(entry.date.isoformat().replace(f"-{entry.date:%d}", "-01"))
    data = {
        "union_name": case.union_name, "event_date": begins.date().isoformat(), "start_time": f"{begins:%H:%M}",
        "venue": case.launch_venue[:100], "chair": str(case.launch.get("chair", {}).get("full_name", "")),
        "secretary": str(case.launch.get("secretary", {}).get("full_name", "")),
        "members_present": case.launch.get("members_present"), "members_total": case.launch.get("members_total"),
        "founding_decision_no": entry.code, "founding_decision_date": str(wrong),
        "rows": [{"full_name": seat.person.full_name, "post": seat.post} for seat in seats],
    }  # fmt: skip
    return SampleReturn("2024-12-20T15:00", "bien-ban-ra-mat.docx", "launch_report", data)
