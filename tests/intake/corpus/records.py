"""The values of one form of each kind, following its rules across fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from tests.intake.corpus.values import (
    JOBS,
    NOTES,
    PLACES,
    SECTORS,
    SORROWS,
    WISHES,
    Data,
    Maker,
)


def make_data(kind: str, seed: str, *, rows: int | None = None) -> Data:
    """The values of one form. ``rows``: so many in its list."""
    made = _KINDS[kind](Maker(seed), rows)
    return {key: value for key, value in made.items() if value is not None}


def _survey(m: Maker, _rows: int | None) -> Data:
    total = m.pick((7, 12, 27, 48, 105, 1234))
    indef = m.upto(total // 2)
    fixed = m.upto(total - indef)
    none = m.upto(total - indef - fixed)
    union = m.random.random() < 0.3
    survey = m.day()
    return {
        "survey_date": survey.isoformat(),
        "enterprise_name": m.firm(),
        "tax_code": m.tax_code(),
        "founded_date": m.pick(("2019-03-12", "2007", "2021-05", "2015-12-01")),
        "enterprise_type": m.pick(
            (
                "state",
                "llc_single",
                "llc_multi",
                "joint_stock",
                "private",
                "cooperative",
                "fdi",
                "household",
            )
        ),
        "sector": m.maybe(m.pick(SECTORS)),
        "address": m.address(),
        "legal_rep_name": m.name(),
        "legal_rep_post": m.pick(("Giám đốc", "Chủ tịch HĐQT", "Chủ doanh nghiệp")),
        "legal_rep_phone": m.maybe(m.phone()),
        "contact_name": m.maybe(m.name()),
        "contact_phone": m.maybe(m.phone()),
        "contact_email": m.maybe(
            m.pick(("ketoan@vidu.example", "hanh.chinh-01@laichau.example")), 0.5
        ),
        "status": m.pick(("active", "active", "suspended", "not_at_address")),
        "workers_total": total,
        "workers_female": m.upto(total),
        "workers_ethnic": m.upto(total),
        "workers_foreign": m.maybe(0),
        "workers_over35": m.maybe(m.upto(total)),
        "contracts_indef": indef,
        "contracts_fixed": fixed,
        "contracts_other": m.maybe(0, 0.4),
        "contracts_none": none,
        "workers_si": m.upto(total),
        "avg_wage": m.maybe(m.pick((7_500_000, 6_250_000, 12_000_000, 8_900_000))),
        "hardship": m.maybe(m.pick(SORROWS), 0.6),
        "has_party_org": m.maybe(m.pick((True, False))),
        "has_union": union,
        "union_members": m.random.randint(1, total) if union else 0,
        "kpcd_paid": m.maybe(m.pick(("full", "partial", "none", "reduced"))),
        "has_collective_agreement": m.maybe(m.pick((True, False))),
        "willing_workers": m.upto(total),
        "employer_attitude": m.maybe(m.pick(("agree", "needs_time", "disagree"))),
        "obstacles": m.maybe(m.pick(SORROWS), 0.6),
        "expected_date": m.maybe(m.pick(("2024-09", "2024-12", "2025", "2024-10-15"))),
        "proposals": m.maybe(m.pick(WISHES), 0.6),
        "surveyor_name": m.name(),
        "signer_employer": m.maybe(m.name()),
    }


def _enterprises(m: Maker, rows: int | None) -> Data:
    made = []
    taxes: set[str] = set()
    for _ in range(rows or m.random.randint(2, 9)):
        workers = m.random.randint(3, 160)
        tax = m.tax_code()
        while tax in taxes:
            tax = m.tax_code()
        taxes.add(tax)
        status = m.pick(("active", "active", "active", "suspended", "dissolved"))
        made.append(
            _filled(
                enterprise_name=m.firm(),
                tax_code=tax,
                address=m.place(),
                enterprise_type=m.maybe(
                    m.pick(("llc_single", "llc_multi", "joint_stock", "cooperative", "private"))
                ),
                sector=m.maybe(m.pick(SECTORS)),
                legal_rep_name=m.maybe(m.name()),
                phone=m.maybe(m.phone()),
                workers_total=workers,
                workers_female=m.maybe(m.upto(workers)),
                workers_si=m.maybe(m.upto(workers)),
                status=status,
                eligible=status == "active" and m.pick((True, True, False)),
                expected_date=m.maybe(m.pick(("2024-06", "2024-09", "2025")), 0.6),
                officer_in_charge=m.maybe(m.name(), 0.6),
                note=m.maybe(m.pick(NOTES), 0.3),
            )
        )
    return {
        "district": m.district(),
        "as_of": m.day().isoformat(),
        "prepared_by": m.maybe(m.name()),
        "total_enterprises": len(made),
        "total_workers": sum(row["workers_total"] for row in made),
        "rows": made,
    }


def _filled(**values: object) -> Data:
    return {key: value for key, value in values.items() if value is not None}


def _application(m: Maker, _rows: int | None) -> Data:
    firm = m.firm()
    return {
        "addressee": f"Ban Vận động thành lập công đoàn cơ sở {firm}",
        **m.person(),
        "native_place": m.address(),
        "address": m.maybe(m.address()),
        "workplace": firm,
        "job": m.maybe(m.pick(JOBS)),
        "date_signed": m.day().isoformat(),
    }


def _collective(m: Maker, rows: int | None) -> Data:
    firm = m.firm()
    people = []
    for _ in range(rows or m.random.randint(5, 12)):
        person = m.person()
        person.pop("ethnicity")
        person["phone"] = m.maybe(person["phone"])
        people.append(_filled(**person, native_place=m.maybe(m.place())))
    return {
        "addressee": f"Ban Vận động thành lập công đoàn cơ sở {firm}",
        "workplace": firm,
        "applicants_total": len(people),
        "prepared_by": m.name(),
        "date_signed": m.day().isoformat(),
        "rows": people,
    }


def _members(m: Maker, rows: int | None) -> Data:
    people = [
        _filled(
            **m.person(),
            job=m.maybe(m.pick(JOBS)),
            joined_date=m.maybe(m.pick(("2024-06-18", "2023", "2024-01"))),
            note=m.maybe(m.pick(NOTES), 0.3),
        )
        for _ in range(rows or m.random.randint(5, 14))
    ]
    return {
        "union_name": m.union(),
        "as_of": m.day().isoformat(),
        "members_total": len(people),
        "rows": people,
    }


def _profiles(m: Maker, rows: int | None) -> Data:
    people = []
    for at in range(rows or m.random.randint(3, 7)):
        person = m.person()
        person.pop("id_number")
        person.pop("phone")
        people.append(
            _filled(
                **person,
                native_place=m.place(),
                job=m.pick(JOBS),
                party_date=m.maybe(m.pick(("2019-05-19", "2022", "2021-02")), 0.4),
                education_general=m.pick(("12/12", "9/12", "10/10")),
                education_professional=m.maybe(
                    m.pick(("Cao đẳng kế toán", "Đại học Luật", "Trung cấp điện"))
                ),
                education_political=m.maybe(m.pick(("Sơ cấp", "Trung cấp")), 0.5),
                proposed_post=("chair", "vice_chair")[at] if at < 2 else "member",
            )
        )
    year = m.pick((2023, 2024))
    return {
        "union_name": m.union(),
        "body": "executive_committee",
        "term": f"{year}-{year + 5}",
        "date_signed": m.day().isoformat(),
        "rows": people,
    }


def _recognition(m: Maker, rows: int | None) -> Data:
    firm, congress = m.firm(), m.day()
    people = []
    for at in range(rows or m.random.randint(3, 7)):
        person = m.person()
        post = ("chair", "vice_chair", "inspection_duty")[at] if at < 3 else "member"
        people.append({"full_name": person["full_name"], "dob": person["dob"], "post": post})
    return {
        "sender": f"Công đoàn cơ sở {firm}",
        "doc_number": m.maybe(f"{m.random.randint(1, 30):02d}/TTr-CĐCS"),
        "doc_date": (congress + timedelta(days=m.random.randint(1, 9))).isoformat(),
        "addressee": f"Ban Thường vụ {m.district()}",
        "union_name": f"Công đoàn cơ sở {firm}",
        "enterprise_name": firm,
        "congress_date": congress.isoformat(),
        "member_count": max(len(people), m.random.randint(5, 90)),
        "term": "2024-2029",
        "signer_name": m.name(),
        "rows": people,
    }


def _votes(m: Maker, rows: int | None) -> Data:
    candidates = rows or m.random.randint(3, 6)
    seats = max(candidates - m.upto(1), 1)
    present = m.random.randint(9, 60)
    invalid = m.upto(1)
    valid = present - invalid
    votes = sorted(
        (m.random.randint(present // 2 + 1, valid) for _ in range(candidates)), reverse=True
    )
    if candidates > seats:
        votes[-1] = m.upto(present // 2)
    while sum(votes) > valid * seats:
        votes = [
            max(vote - 1, present // 2 + 1) if at < seats else max(vote - 1, 0)
            for at, vote in enumerate(votes)
        ]
    named = m.upto(1)
    return {
        "union_name": m.union(),
        "body": "executive_committee",
        "meeting_date": m.day().isoformat(),
        "summoned": present + m.upto(2),
        "present": present,
        "voted": present,
        "seats": seats,
        "candidates_total": candidates,
        "self_nominated": named,
        "nominated": candidates - named,
        "ballots_issued": present,
        "ballots_collected": present,
        "ballots_valid": valid,
        "ballots_invalid": invalid,
        "head_teller": m.name(),
        "rows": [
            {
                "full_name": m.name(),
                "votes": vote,
                "rate": _rate(vote, present),
                "elected": at < seats,
            }
            for at, vote in enumerate(votes)
        ],
    }


def _rate(part: int, whole: int) -> int | float:
    rate = round(100 * part / whole, 2)
    return int(rate) if rate == int(rate) else rate


def _progress(m: Maker, rows: int | None) -> Data:
    made = []
    for name in m.random.sample(range(10_000), rows or m.random.randint(1, 8)):
        target, unions = m.random.randint(40, 1500), m.random.randint(1, 12)
        joined, left = m.upto(60), m.upto(20)
        cum_joined, cum_left, cum_unions = joined + m.upto(300), left + m.upto(40), m.upto(unions)
        total = m.random.randint(500, 4000)
        made.append(
            _filled(
                org_name=f"{m.pick(('Công đoàn cơ sở', 'CĐCS'))} {m.firm()} {name}",
                target_members=target,
                target_unions=unions,
                month_joined=joined,
                month_left=left,
                month_net=joined - left,
                month_unions=m.upto(cum_unions),
                cum_joined=cum_joined,
                cum_left=cum_left,
                cum_net=cum_joined - cum_left,
                cum_unions=cum_unions,
                rate_members=_rate(cum_joined, target),
                rate_unions=_rate(cum_unions, unions),
                members_total=total,
                members_female=m.upto(total),
                unions_total=m.random.randint(20, 99),
                note=m.maybe(m.pick(NOTES), 0.3),
            )
        )
    return {
        "district": m.district(),
        "period": m.pick(("2024-05", "2024-Q2", "2024-H1", "2024-9M", "2024")),
        "as_of": m.day().isoformat(),
        "prepared_by": m.maybe(m.name()),
        "signer_name": m.name(),
        "rows": made,
    }


def _launch(m: Maker, rows: int | None) -> Data:
    total, event = m.random.randint(8, 90), m.day()
    chair, secretary = m.name(), m.name()
    while secretary == chair:
        secretary = m.name()
    return {
        "union_name": m.union(),
        "event_date": event.isoformat(),
        "start_time": m.pick(("08:00", "14:00", "07:30")),
        "end_time": m.pick(("16:30", "17:00", "15:45")),
        "venue": f"Hội trường {m.firm()}, {m.pick(PLACES)}",
        "chair": chair,
        "secretary": secretary,
        "members_present": m.random.randint(total // 2, total),
        "members_total": total,
        "founding_decision_no": f"{m.random.randint(1, 99):02d}/QĐ-LĐLĐ",
        "founding_decision_date": (event - timedelta(days=m.random.randint(1, 20))).isoformat(),
        "rows": [
            {"full_name": m.name(), "post": ("chair", "vice_chair")[at] if at < 2 else "member"}
            for at in range(rows or m.random.randint(3, 7))
        ],
    }


_KINDS: dict[str, Callable[[Maker, int | None], Data]] = {
    "enterprise_survey": _survey,
    "enterprise_list": _enterprises,
    "membership_application": _application,
    "collective_application": _collective,
    "member_list": _members,
    "candidate_profiles": _profiles,
    "recognition_request": _recognition,
    "vote_count": _votes,
    "progress_report": _progress,
    "launch_report": _launch,
}


#: Free texts that look like something else: labels within, a colon, a dash, a number, several sentences.
_NASTY = (
    "Kiến nghị, đề xuất tăng mức hỗ trợ nhà trọ",
    "Khó khăn: thiếu vốn, thiếu lao động; kiến nghị: không",
    "- Lao động mùa vụ - Chưa có quỹ lương riêng",
    "1. Thiếu nhà ở. 2. Đường xa 12 km, mưa lũ tháng 7, 8",
    "Không đủ người, không có kinh phí",
    "Địa chỉ cũ tại bản Nà Đa; nay đã chuyển",
    "Đoàn viên công đoàn cũ: 12/27 người",
)
_FREE = ("hardship", "obstacles", "proposals", "note", "sector", "job")


def make_nasty(kind: str, seed: str) -> Data:
    """The values of one form with free texts that look like other things."""
    data, random = make_data(kind, seed), Random(seed)
    for part in (data, *data.get("rows", ())):
        for key in _FREE:
            if key in part:
                part[key] = random.choice(_NASTY)
    return data
