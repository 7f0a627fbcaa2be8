"""As many made-up founding cases as asked for, beside the sample store: for measuring and for trying out.

Every name is invented; numbers of persons and taxpayers are left out rather than made up by the ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from django.db import transaction

from core.names import company_key
from records.bulk import insert_rows, new_ids
from records.models import (
    Application,
    Campaign,
    CasePath,
    CaseState,
    CaseStep,
    Committee,
    CommitteeKind,
    CommitteeMember,
    Enterprise,
    EnterpriseLocation,
    EnterpriseType,
    EnterpriseUpper,
    FoundingCase,
    OrgKind,
    OrgSeat,
    Person,
    UnionPost,
)
from records.sample.people import PeopleMaker
from records.sample.store import add_working_days

#: Members of one union after another: small enterprises, as in the sample's campaigns.
GROUP_SIZES = (5, 7, 9, 12, 16, 20, 24)
_CHUNK = 500
_SMALL = 10  # under so many members a chair and no committee (HD 03)
_TERM_END = 2028
_TRADES = (
    "Xây dựng", "Thương mại", "Vận tải", "Chế biến nông sản", "Khai khoáng", "Thủy điện", "Du lịch",
    "Dược liệu", "Chè", "Cơ khí", "In ấn", "May mặc", "Lâm nghiệp", "Chăn nuôi", "A&B Dịch vụ",
)  # fmt: skip
_FIRST = (
    "Ánh", "Bình", "Cao", "Đại", "Đông", "Gia", "Hải", "Hoàng", "Hưng", "Khánh", "Lâm", "Long", "Minh",
    "Nam", "Ngọc", "Nhật", "Phú", "Phúc", "Quang", "Sơn", "Tân", "Thái", "Thành", "Thịnh", "Thuận",
    "Tiến", "Trường", "Tùng", "Vạn", "Việt", "Vĩnh", "Xuân",
)  # fmt: skip
_JOBS = ("Công nhân", "Nhân viên kinh doanh", "Tổ trưởng", "Kế toán viên", "Lái xe", "Thủ kho")
_STEPS = (
    (CaseState.SURVEYED, -40, "Phiếu khảo sát"),
    (CaseState.ELIGIBLE, -35, "Kết quả rà soát"),
    (CaseState.ORGANISING, -30, "Danh sách ban vận động"),
    (CaseState.ENOUGH_APPLICATIONS, -15, "Đơn gia nhập"),
    (CaseState.CONGRESS_HELD, -9, "Biên bản đại hội"),
    (CaseState.DOSSIER_FILED, -4, "Phiếu tiếp nhận hồ sơ"),
)


def company_names() -> Iterator[str]:
    """Company names, each once; after all pairs of words a number follows."""
    round_ = 0
    while True:
        for trade, (first, second) in product(_TRADES, product(_FIRST, _FIRST)):
            tail = f" số {round_ + 1}" if round_ else ""
            yield f"Công ty TNHH {trade} {first} {second}{tail}"
        round_ += 1


def add_founding_cases(
    campaign: Campaign, count: int, *, decide_on: date, prefix: str = "hsl", actor: str = "sample"
) -> int:
    """Write so many cases that are ready for their decision on the day; codes ``<prefix>-000001`` and on.

    Districts in charge take turns, and so do the two ways (congress, appointment). Gives the rows written.
    """
    seats = list(
        OrgSeat.objects.valid_on(decide_on)
        .filter(org__kind=OrgKind.DISTRICT_FEDERATION)
        .order_by("org__sort_order", "org__code")
    )
    maker = _Maker(campaign, seats, decide_on, prefix, actor)
    names, written = company_names(), 0
    for start in range(0, count, _CHUNK):
        places = range(start, min(start + _CHUNK, count))
        with transaction.atomic():
            written += maker.write(places, [next(names) for _ in places])
    return written


class _Maker:
    """Writes cases chunk by chunk; each table of a chunk with one statement."""

    def __init__(
        self, campaign: Campaign, seats: Sequence[OrgSeat], on: date, prefix: str, actor: str
    ) -> None:
        self.campaign, self.seats, self.on, self.prefix = campaign, seats, on, prefix
        self.stamp = (actor, actor, "Dữ liệu mẫu")
        self.people = PeopleMaker()

    _STAMP = ("created_by", "updated_by", "source")

    def write(self, places: range, names: Sequence[str]) -> int:
        """One chunk of cases with all that hangs on them."""
        at = list(zip(places, new_ids(Enterprise, len(places)), names, strict=True))
        written = self._enterprises(at)
        case_ids = new_ids(FoundingCase, len(places))
        written += self._cases(at, case_ids)
        return written + self._people(places, case_ids)

    def _rows(self, model: type, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> int:
        return insert_rows(model, (*columns, *self._STAMP), [(*row, *self.stamp) for row in rows])

    def _seat(self, place: int) -> OrgSeat:
        return self.seats[place % len(self.seats)]

    def _enterprises(self, at: Sequence[tuple[int, int, str]]) -> int:
        written = self._rows(
            Enterprise,
            ("id", "code", "name", "name_key", "type", "sector"),
            [
                (pk, f"dn-{self.prefix}-{place + 1:06d}", name, company_key(name),
                 EnterpriseType.LLC_MULTI.value, "Dịch vụ")
                for place, pk, name in at
            ],
        )  # fmt: skip
        written += self._rows(
            EnterpriseLocation,
            ("enterprise_id", "address", "area_id"),
            [(pk, f"số {place + 1}, {self._seat(place).place_name}", self._seat(place).area_id)
             for place, pk, _ in at],
        )  # fmt: skip
        return written + self._rows(
            EnterpriseUpper,
            ("enterprise_id", "org_id"),
            [(pk, self._seat(place).org_id) for place, pk, _ in at],
        )

    def _cases(self, at: Sequence[tuple[int, int, str]], case_ids: Sequence[int]) -> int:
        rows, steps = [], []
        for (place, enterprise, name), pk in zip(at, case_ids, strict=True):
            congress = place % 2 == 0
            path = CasePath.CONGRESS if congress else CasePath.APPOINTMENT
            state = CaseState.DOSSIER_FILED if congress else CaseState.ENOUGH_APPLICATIONS
            held = add_working_days(self.on, -9) if congress else None
            rows.append(
                (pk, f"{self.prefix}-{place + 1:06d}", self.campaign.pk, enterprise, state.value,
                 path.value, f"Công đoàn cơ sở {name}", held, held,
                 "01/TTr-BVĐ" if congress else "",
                 add_working_days(self.on, -6) if congress else None,
                 f"Ban Vận động thành lập Công đoàn cơ sở {name}" if congress else "",
                 add_working_days(self.on, -4), self.on)
            )  # fmt: skip
            for moved, days, evidence in _STEPS[: 6 if congress else 4]:
                steps.append((pk, moved.value, add_working_days(self.on, days), evidence))
        written = self._rows(
            FoundingCase,
            ("id", "code", "campaign_id", "enterprise_id", "state", "path", "union_name",
             "congress_on", "first_meeting_on", "request_code", "request_date", "request_issuer",
             "dossier_complete_on", "decide_on"),
            rows,
        )  # fmt: skip
        return written + self._rows(CaseStep, ("case_id", "state", "on", "evidence"), steps)

    def _people(self, places: range, case_ids: Sequence[int]) -> int:
        sizes = [GROUP_SIZES[place % len(GROUP_SIZES)] for place in places]
        ids = iter(new_ids(Person, sum(sizes)))
        committee_ids = new_ids(Committee, len(case_ids))
        people, applications, committees, seats = [], [], [], []
        applied = add_working_days(self.on, -20)
        for place, case, committee, size in zip(
            places, case_ids, committee_ids, sizes, strict=True
        ):
            names: set[str] = set()
            posts = _posts(size)
            kind = CommitteeKind.PROVISIONAL if place % 2 else CommitteeKind.ELECTED
            committees.append((committee, case, kind.value, self.on.year, _TERM_END))
            for position in range(size):
                person = self.people.worker(female_percent=45, stamp={})
                while person.full_name in names:
                    person = self.people.worker(female_percent=45, stamp={})
                names.add(person.full_name)
                pk, job = next(ids), _JOBS[(place + position) % len(_JOBS)]
                code = f"nld-{self.prefix}-{place + 1:06d}-{position + 1:02d}"
                people.append(
                    (pk, code, person.full_name, person.dob, person.gender, person.ethnicity)
                )
                applications.append((case, pk, job, applied, "5a", False, position + 1))
                if position < len(posts):
                    seats.append((committee, pk, posts[position].value, job, position + 1))
        written = self._rows(
            Person, ("id", "code", "full_name", "dob", "gender", "ethnicity"), people
        )
        written += self._rows(
            Application,
            ("case_id", "person_id", "job", "applied_on", "form", "employer_side", "position"),
            applications,
        )
        written += self._rows(
            Committee, ("id", "case_id", "kind", "term_start", "term_end"), committees
        )
        columns = ("committee_id", "person_id", "post", "job", "position")
        return written + self._rows(CommitteeMember, columns, seats)


def _posts(members: int) -> list[UnionPost]:
    """A chair alone, or a committee of three."""
    if members < _SMALL:
        return [UnionPost.CHAIR]
    return [UnionPost.CHAIR, UnionPost.VICE_CHAIR, UnionPost.INSPECTION_DUTY]
