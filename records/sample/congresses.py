"""The founding congresses: who prepared them, and what was said, counted and decided there."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

from records.models import (
    OfficeHolder,
    OrgKind,
    OrgLevel,
    OrgParent,
    OrgSeat,
    Post,
    UnionOrg,
    UnionPost,
)
from records.sample.casework import Dossier
from records.sample.orgs import district_org_code
from records.sample.store import LAST_DISTRICT_DAY, PROVINCE, REFORM_DAY, Store, dice

_COMMITTEE_FROM = 10  # HD 03: fewer members elect only a chair
_FIVE_SEATS_FROM = 30
_DIRECTIONS = (
    "Xây dựng quy chế hoạt động của Ban Chấp hành, phân công nhiệm vụ từng ủy viên",
    "Tuyên truyền, vận động thêm người lao động gia nhập công đoàn",
    "Phối hợp với người sử dụng lao động tổ chức đối thoại tại nơi làm việc",
    "Thương lượng, ký kết thỏa ước lao động tập thể trong nhiệm kỳ",
    "Chăm lo bữa ăn ca, điều kiện làm việc và đời sống của đoàn viên",
)
_TO_CHAIR = (
    "Xây dựng chương trình hoạt động, phân công đoàn viên giúp việc Chủ tịch",
    *_DIRECTIONS[1:],
)
_EMPLOYER = (
    "Chúc mừng Đại hội; cam kết tạo điều kiện về thời gian, nơi làm việc để công đoàn cơ sở hoạt động",
    "Khẳng định tôn trọng quyền tự nguyện tham gia công đoàn của người lao động và phối hợp chăm lo đời sống",
)
_UPPER = (
    "Đề nghị sớm hoàn thiện hồ sơ đề nghị công nhận và xây dựng chương trình hoạt động ngay sau Đại hội",
    "Đề nghị tiếp tục vận động người lao động còn lại của đơn vị gia nhập công đoàn",
)
_DUTIES = {
    "chair": "Phụ trách chung; công tác tổ chức, đối thoại với người sử dụng lao động",
    "vice_chair": "Công tác tài chính, nữ công",
    "member": "Công tác tuyên truyền, phát triển đoàn viên",
    "inspection_duty": "Công tác kiểm tra, tuyên truyền",
}


def describe_congresses(store: Store, dossiers: Sequence[Dossier]) -> list[Dossier]:
    """Write the organising groups and fill in each congress; the cases themselves are still unsaved."""
    held = [dossier for dossier in dossiers if dossier.case.congress_on]
    groups = store.save(UnionOrg, [_group(store, dossier) for dossier in held])
    for dossier, group in zip(held, groups, strict=True):
        dossier.case.organising_group = group
        dossier.case.congress = _course(store, dossier)
    return held


def save_groups(store: Store, held: Sequence[Dossier]) -> None:
    """Write parents, seats and heads of the organising groups, once the people are written."""
    store.save(OrgParent, [link for dossier in held for link in _parents(store, dossier)])
    store.save(OrgSeat, [_seat(store, dossier) for dossier in held])
    store.save(
        OfficeHolder,
        [
            OfficeHolder(
                person=dossier.applications[-1].person,
                org=dossier.case.organising_group,
                post=Post.COMMITTEE_HEAD,
                valid_from=_formed(dossier),
                **store.stamp,
            )
            for dossier in held
        ],
    )


def _formed(dossier: Dossier) -> date:
    return min(a.applied_on for a in dossier.applications)


def _group(store: Store, dossier: Dossier) -> UnionOrg:
    return UnionOrg(
        code=f"bvd-{dossier.case.code}",
        name=f"Ban Vận động thành lập {dossier.case.union_name}",
        short_name=f"Ban Vận động {dossier.plan.profile.name}"[:200],
        symbol_abbr="BVĐ",
        level=OrgLevel.GRASSROOTS,
        kind=OrgKind.ORGANISING_GROUP,
        valid_from=_formed(dossier),
        sort_order=2000,
        **store.stamp,
    )


def _parents(store: Store, dossier: Dossier) -> list[OrgParent]:
    """The deciding union of the day: the district to its last day, then the province."""
    group, province = dossier.case.organising_group, store.orgs[PROVINCE]
    formed, district = _formed(dossier), dossier.plan.profile.district
    if district == "direct" or formed >= REFORM_DAY:
        return [OrgParent(org=group, parent=province, valid_from=formed, **store.stamp)]
    upper = store.orgs[district_org_code(district)]
    return [
        OrgParent(
            org=group, parent=upper, valid_from=formed, valid_to=LAST_DISTRICT_DAY, **store.stamp
        ),
        OrgParent(org=group, parent=province, valid_from=REFORM_DAY, **store.stamp),
    ]


def _seat(store: Store, dossier: Dossier) -> OrgSeat:
    profile = dossier.plan.profile
    reformed = _formed(dossier) >= REFORM_DAY
    area = store.areas[profile.later_area_code if reformed else profile.area_code]
    return OrgSeat(
        org=dossier.case.organising_group,
        area=area,
        place_name=area.name,
        valid_from=_formed(dossier),
        **store.stamp,
    )


def _course(store: Store, dossier: Dossier) -> dict[str, Any]:
    """The congress as its minutes tell it, by their keys."""
    die = dice(f"congress/{dossier.case.code}")
    names = [a.person.full_name for a in dossier.applications]
    total = len(names)
    present = total - die.randint(0, total // 8)
    upper = _upper_guest(store, dossier)
    employer = _employer(dossier)
    return {
        "start_time": "08:00",
        "end_time": "10:15",
        "venue": _venue(dossier),
        "summoned": total,
        "present": present,
        "guests": [upper, employer],
        "chair": {"full_name": names[-1], "post": "Trưởng Ban Vận động"},
        "secretary": {"full_name": names[-2], "post": "thành viên Ban Vận động"},
        "report": f"Ban Vận động đã tuyên truyền, vận động được {total:02d} người lao động tự nguyện làm đơn gia nhập "
        "Công đoàn Việt Nam",
        "votes_for": present,
        "votes_against": 0,
        "votes_abstain": 0,
        "directions": list((_DIRECTIONS if total >= _COMMITTEE_FROM else _TO_CHAIR)[: 3 + die.randint(0, 2)]),
        **_election(dossier, names, present, die),
        "opinions": [
            {"speaker": _spoken(employer), "side": "employer", "summary": die.choice(_EMPLOYER)},
            {"speaker": f"Đồng chí {_spoken(upper)}", "side": "upper", "summary": die.choice(_UPPER)},
        ],
        "resolution_for": present,
        **_meeting_part(dossier, names, upper),
    }  # fmt: skip


def _meeting_part(dossier: Dossier, names: list[str], upper: dict[str, str]) -> dict[str, Any]:
    """The committee's first meeting, where a committee and not a chair alone was elected."""
    if len(dossier.seats) < 2:  # noqa: PLR2004
        return {}
    return {"first_meeting": _first_meeting(dossier, names, upper)}


def _spoken(person: dict[str, str]) -> str:
    return f"{person['full_name']}, {person['post']}"


def _venue(dossier: Dossier) -> str:
    profile = dossier.plan.profile
    later = bool(dossier.case.congress_on and dossier.case.congress_on >= REFORM_DAY)
    address = (profile.later_address if later else profile.address).removesuffix(", tỉnh Lai Châu")
    return f"Hội trường {profile.short_name or profile.name}, {address[:1].lower()}{address[1:]}"


def _employer(dossier: Dossier) -> dict[str, str]:
    profile = dossier.plan.profile
    post = f"{profile.manager_post}, {profile.name}"
    if not profile.manager_post.endswith(("Hợp tác xã", "Chi nhánh")):
        post = f"{profile.manager_post} {profile.name}"
    return {"full_name": profile.manager, "post": post, "side": "employer"}


def _upper_guest(store: Store, dossier: Dossier) -> dict[str, str]:
    """Who came from the deciding union."""
    held, district = dossier.case.congress_on, dossier.plan.profile.district
    province = district == "direct" or (held is not None and held >= REFORM_DAY)
    org = store.orgs[PROVINCE if province else district_org_code(district)]
    posts = (Post.PERMANENT_VICE_CHAIR, Post.VICE_CHAIR, Post.CHAIR)
    holder = store.holder(org, posts, held) if held else None
    if holder is None:
        raise LookupError(f"Không ai giữ chức vụ ở {org} vào ngày {held}.")
    return {
        "full_name": holder.person.full_name,
        "post": f"{holder.title} {org.name}",
        "side": "union",
    }


def _elected(dossier: Dossier, names: list[str]) -> list[str]:
    """Whom the congress elects: the committee that is recorded, else as many as its rule asks for."""
    if dossier.seats:
        return [seat.person.full_name for seat in dossier.seats]
    if len(names) < _COMMITTEE_FROM:
        return names[:1]
    return names[: 5 if len(names) >= _FIVE_SEATS_FROM else 3]


def _election(
    dossier: Dossier, names: list[str], present: int, die: random.Random
) -> dict[str, Any]:
    """One more candidate than seats where there are people enough; the elected have over half."""
    elected = _elected(dossier, names)
    free = [name for name in names if name not in elected]
    invalid = die.randint(0, 1) if present > 2 * len(elected) + 2 else 0
    valid = present - invalid
    least = present // 2 + 1
    rows: list[dict[str, Any]] = [
        {"full_name": name, "votes": max(least, valid - at - die.randint(0, 1))}
        for at, name in enumerate(elected)
    ]
    left = valid * len(elected) - sum(int(row["votes"]) for row in rows)
    if len(free) > 4 and len(elected) > 1:  # noqa: PLR2004 - chair, secretary and three tellers stay free
        rows.append({"full_name": free[0], "votes": min(left, present // 3)})
    board = [names[-3], names[-4]]
    return {
        "seats": len(elected),
        "voted": present,
        "self_nominated": 0,
        "nominated": len(rows),
        "ballots_issued": present,
        "ballots_collected": present,
        "ballots_valid": valid,
        "ballots_invalid": invalid,
        "rows": rows,
        "head_teller": board[0],
        "tellers": board[1:],
        "board_secretary": board[1],
        "count_end_time": "09:30",
    }


def _first_meeting(dossier: Dossier, names: list[str], upper: dict[str, str]) -> dict[str, Any]:
    """The committee elects its posts right after the congress; all votes go to those nominated."""
    seats = [(seat.person.full_name, str(seat.post)) for seat in dossier.seats]
    count = len(seats)
    own = (UnionPost.CHAIR.value, UnionPost.VICE_CHAIR.value)
    rows = [
        {"full_name": name, "post": post, "votes": count}
        for name, post in (*seats, *((m.person.full_name, str(m.post)) for m in dossier.inspection))
        if post in own or (post.startswith("inspection_") and post != UnionPost.INSPECTION_DUTY)
    ]
    return {
        "start_time": "10:30",
        "end_time": "11:15",
        "venue": _venue(dossier),
        "summoned": count,
        "present": count,
        "guests": [upper],
        "chair": {"full_name": seats[0][0], "post": "Ủy viên Ban Chấp hành"},
        "secretary": {"full_name": seats[-1][0], "post": "Ủy viên Ban Chấp hành"},
        "seats": len(rows),
        "voted": count,
        "self_nominated": 0,
        "nominated": len(rows),
        "ballots_issued": count,
        "ballots_collected": count,
        "ballots_valid": count,
        "ballots_invalid": 0,
        "rows": rows,
        "head_teller": names[-3],
        "tellers": [names[-4]],
        "board_secretary": names[-4],
        "count_end_time": "11:00",
        "duties": [
            {"full_name": name, "duty": _DUTIES.get(post, _DUTIES["member"])}
            for name, post in seats
        ],
        "conclusions": ["Hoàn thiện hồ sơ đề nghị công nhận, gửi công đoàn cấp trên đúng thời hạn"],
    }
