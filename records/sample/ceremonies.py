"""The ceremony at which the decisions of a case are announced: when, where, who came and what was said."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from records.models import CasePath, CaseState, CommitteeMember, OfficeHolder, OrgKind, UnionOrg
from records.sample.casework import Dossier
from records.sample.orgs import district_org_code
from records.sample.people import PeopleMaker
from records.sample.store import PROVINCE, REFORM_DAY, Store, add_working_days, dice, read_toml

#: Who is at a ceremony on which day: nobody can be in two districts.
Diary = set[tuple[str, date]]

_AFTER_DECISION = 5  # working days
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_STARTS = (time(8, 30), time(14, 0), time(9, 0), time(15, 30))
_GIFTS = (
    "tặng hoa chúc mừng và 05 bộ tài liệu hướng dẫn hoạt động công đoàn cơ sở",
    "tặng hoa chúc mừng, 2.000.000 đồng và huy hiệu Công đoàn Việt Nam cho các đoàn viên mới",
    "tặng hoa chúc mừng và 10 suất quà, mỗi suất 500.000 đồng, cho đoàn viên có hoàn cảnh khó khăn",
    "tặng hoa chúc mừng và 01 bộ loa cầm tay phục vụ sinh hoạt của đoàn viên",
)
# One paragraph each, joined from lines.
_NEW_CHAIR = tuple(
    " ".join(lines)
    for lines in (
        (
            "Hứa cùng Ban Chấp hành lắng nghe, đại diện, chăm lo, bảo vệ quyền và lợi ích hợp pháp,",
            "chính đáng của đoàn viên, người lao động; xây dựng công đoàn cơ sở vững mạnh",
        ),
        (
            "Cảm ơn sự tin tưởng của đoàn viên; hứa sớm xây dựng quy chế hoạt động, vận động thêm",
            "người lao động gia nhập công đoàn và tổ chức tốt phong trào thi đua",
        ),
    )
)
_EMPLOYER = tuple(
    " ".join(lines)
    for lines in (
        (
            "Chúc mừng công đoàn cơ sở; cam kết tạo điều kiện về thời gian, nơi làm việc để công đoàn",
            "cơ sở hoạt động, phối hợp thực hiện đối thoại tại nơi làm việc và thỏa ước lao động tập thể",
        ),
        (
            "Khẳng định tôn trọng quyền tự nguyện tham gia công đoàn của người lao động; cam kết đóng",
            "kinh phí công đoàn đầy đủ, đúng hạn và cùng công đoàn cơ sở chăm lo bữa ăn ca, chỗ ở cho",
            "người lao động",
        ),
    )
)
_UPPER = tuple(
    " ".join(lines)
    for lines in (
        (
            "Đề nghị Ban Chấp hành xây dựng quy chế, chương trình hoạt động, phân công nhiệm vụ từng",
            "ủy viên; phối hợp với người sử dụng lao động chuẩn bị ký kết thỏa ước lao động tập thể;",
            "báo cáo kết quả hoạt động theo quy định",
        ),
        (
            "Đề nghị Ban Chấp hành hoàn thành việc đăng ký con dấu, mở tài khoản, cấp thẻ đoàn viên;",
            "tiếp tục tuyên truyền, phát triển đoàn viên trong số người lao động còn lại của đơn vị",
        ),
    )
)
# With a chair alone (HD 03: under ten members) nobody shares out the work of a committee.
_UPPER_TO_CHAIR = "Đề nghị Chủ tịch Công đoàn cơ sở sớm xây dựng chương trình hoạt động và vận động thêm đoàn viên"
_VENUES = {
    "cooperative": "Nhà làm việc của {name}, {place}",
    "non_public_unit": "Phòng họp {name}, {place}",
}


def add_ceremonies(store: Store, dossiers: Sequence[Dossier], people: PeopleMaker) -> None:
    """Fill time, place and course of each ceremony; those of one body and wave follow day by day."""
    turns: dict[tuple[str, date | None], int] = {}
    diary: Diary = set()
    for dossier in dossiers:
        plan = dossier.plan
        reformed = plan.decide_on is not None and plan.decide_on >= REFORM_DAY
        key = (PROVINCE if reformed else plan.profile.district, plan.decide_on)
        turns[key] = turns.get(key, -1) + 1
        _add_ceremony(store, dossier, turns[key], people, diary=diary)


def _add_ceremony(
    store: Store, dossier: Dossier, at: int, people: PeopleMaker, *, diary: Diary
) -> None:
    plan, case = dossier.plan, dossier.case
    if plan.decide_on is None or plan.state == CaseState.RECOGNISED:
        return
    die = dice(f"ceremony/{case.code}")
    day = add_working_days(
        plan.decide_on, _AFTER_DECISION + at
    )  # invitations go out after the decisions
    starts = datetime.combine(day, _STARTS[at % len(_STARTS)], tzinfo=_ZONE)
    case.launch_at = dossier.launched_at = starts
    case.launch_ends_at = starts + timedelta(minutes=75 + 15 * (at % 3))
    address = _address(dossier).removesuffix(", tỉnh Lai Châu")
    address = address[:1].lower() + address[1:]  # in the middle of a sentence: bản, khu, số
    case.launch_venue = _VENUES.get(plan.profile.type, "Hội trường {name}, {place}").format(
        name=plan.profile.short_name or plan.profile.name, place=address
    )
    case.launch = _course(store, dossier, die, people, diary=diary)


def _address(dossier: Dossier) -> str:
    profile = dossier.plan.profile
    if dossier.plan.decide_on and dossier.plan.decide_on >= REFORM_DAY:
        return profile.later_address
    return profile.address


def _course(
    store: Store, dossier: Dossier, die: random.Random, people: PeopleMaker, *, diary: Diary
) -> dict[str, Any]:
    profile, case = dossier.plan.profile, dossier.case
    assert case.launch_at is not None  # noqa: S101 - set by the caller
    on = case.launch_at.date()
    reformed = on >= REFORM_DAY
    org = store.orgs[PROVINCE if reformed else district_org_code(profile.district)]
    chair = _chair(store, org, dossier)
    secretary = _secretary(store, org, dossier, diary=diary)
    diary |= {(holder.person.full_name, on) for holder in (chair, secretary)}
    head = dossier.seats[0]
    total = len(dossier.applications)
    manager = f"{profile.manager_post}{_of(profile.manager_post, profile.name)}"
    addressed = "Bà" if profile.manager_is_female else "Ông"
    return {
        "chair": _person(chair),
        "secretary": _person(secretary),
        "guests": [*_union_guests(store, dossier, chair, on, diary=diary), *_local_guests(store, dossier, people),
                   {"full_name": profile.manager, "post": manager, "side": "employer"}],
        "members_present": max(5, total - die.randint(0, min(3, total // 6 + 1))),
        "members_total": total,
        "speeches": _speeches(dossier, die, head, f"{addressed} {profile.manager}, {manager}",
                              chair),
        "gifts": die.choice(_GIFTS),
        "employer_representative": profile.manager,
    }  # fmt: skip


def _of(post: str, name: str) -> str:
    """`Giám đốc Công ty ...`; a post that names its kind of body already has it: `Giám đốc Hợp tác xã ...`."""
    for kind in ("Hợp tác xã", "Chi nhánh"):
        if post.endswith(kind) and name.startswith(kind):
            return name.removeprefix(kind)
        if post.endswith(kind):
            return f", {name}"
    return f" {name}"


def _chair(store: Store, org: UnionOrg, dossier: Dossier) -> OfficeHolder:
    first_post = "chair" if len(dossier.applications) % 2 else "vice_chair"
    posts = (first_post, "vice_chair", "chair")
    if org.code == PROVINCE:
        posts = ("permanent_vice_chair", "vice_chair", "chair")
    return _held(store, org, posts, dossier)


def _secretary(store: Store, org: UnionOrg, dossier: Dossier, *, diary: Diary) -> OfficeHolder:
    """A specialist of the host who isn't elsewhere that day."""
    unit = store.orgs["ban-tc-kt"] if org.code == PROVINCE else org
    launch_at = dossier.case.launch_at
    on = launch_at.date() if launch_at else None
    free = [
        holder
        for holder in store.holders
        if on is not None
        and holder.org == unit
        and holder.post == "specialist"
        and holder.is_valid_on(on)
        and (holder.person.full_name, on) not in diary
    ]
    return free[0] if free else _held(store, unit, ("specialist",), dossier)


def _held(store: Store, org: UnionOrg, posts: tuple[str, ...], dossier: Dossier) -> OfficeHolder:
    launch_at = dossier.case.launch_at
    found = launch_at and store.holder(org, posts, launch_at.date())
    if not found:
        raise LookupError(f"Không ai giữ chức vụ {posts} ở {org} vào ngày {launch_at}.")
    return found


def _person(holder: OfficeHolder) -> dict[str, str]:
    return {"full_name": holder.person.full_name, "post": _post_line(holder)}


def _post_line(holder: OfficeHolder) -> str:
    """Post and body in one line: `Chủ tịch Liên đoàn Lao động huyện Tam Đường`."""
    title = str(holder.title)
    if holder.org.level == "unit":
        body = "Liên đoàn Lao động tỉnh Lai Châu"
        return (
            f"{title} {body}" if holder.org.name in title else f"{title} {holder.org.name} {body}"
        )
    return f"{title} {holder.org.name}"


def _union_guests(
    store: Store, dossier: Dossier, chair: OfficeHolder, on: date, *, diary: Diary
) -> list[dict[str, str]]:
    """Who chairs, and for a district the province's officer who follows it, if he is free that day."""
    found = [{**_person(chair), "side": "union"}]
    if chair.org.code != PROVINCE:
        helper = _helper(dossier.plan.profile.district)
        if (helper, on) in diary:
            return found
        diary.add((helper, on))
        found += [
            {**_person(holder), "side": "union"}
            for holder in store.holders
            if holder.person.full_name == helper
            and holder.is_valid_on(on)
            and holder.org.kind == OrgKind.DEPARTMENT
        ]
    return found


def _helper(district: str) -> str:
    rows = read_toml("assignments.toml")["assignment"]
    return next(str(row["support"][0]) for row in rows if district in row["districts"])


def _local_guests(store: Store, dossier: Dossier, people: PeopleMaker) -> list[dict[str, str]]:
    """The Party committee and the People's Committee of the commune; made-up names."""
    profile = dossier.plan.profile
    reformed = bool(dossier.plan.decide_on and dossier.plan.decide_on >= REFORM_DAY)
    area = store.areas[profile.later_area_code if reformed else profile.area_code].full_name
    first, _ = people.name_of(female_percent=30)
    second, _ = people.name_of(female_percent=30)
    return [
        {"full_name": first, "post": f"Phó Bí thư Đảng ủy {area}", "side": "party"},
        {"full_name": second, "post": f"Phó Chủ tịch Ủy ban nhân dân {area}", "side": "authority"},
    ]


def _speeches(
    dossier: Dossier,
    die: random.Random,
    head: CommitteeMember,
    manager: str,
    chair: OfficeHolder,
) -> list[dict[str, str]]:
    alone = len(dossier.seats) == 1
    upper = _UPPER_TO_CHAIR if alone else die.choice(_UPPER)
    promise = die.choice(_NEW_CHAIR)
    if alone:
        promise = promise.replace("Hứa cùng Ban Chấp hành lắng nghe", "Hứa lắng nghe")
    if dossier.plan.path == CasePath.APPOINTMENT and dossier.provisional_until:
        upper += "; chuẩn bị và tổ chức đại hội trước khi hết thời hạn lâm thời"
    return [
        {
            "speaker": f"Đồng chí {head.person.full_name}, Chủ tịch Công đoàn cơ sở",
            "role": "new_chair",
            "summary": promise,
        },
        {"speaker": manager, "role": "employer", "summary": die.choice(_EMPLOYER)},
        {
            "speaker": f"Đồng chí {chair.person.full_name}, {_post_line(chair)}",
            "role": "upper",
            "summary": upper,
        },
    ]
