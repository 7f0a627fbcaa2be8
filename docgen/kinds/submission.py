"""Tờ trình: a new union asks to be recognised (5.e), or an upper union asks its own upper body (e4). Pure."""

from __future__ import annotations

from core.citations import Citation, bases, punctuate
from core.dates import format_long
from core.errors import Problem
from core.numbers import count_with_words, format_count
from core.profiles import profile_on
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
from docgen.kinds import examples_congress as examples
from docgen.kinds.base import (
    CITATION_FIELDS,
    COMMON_FIELDS,
    Context,
    Data,
    DocumentKind,
    Numbering,
)
from docgen.kinds.common import (
    addressees,
    common_context,
    day,
    issuing_body,
    number,
    rows,
    rules_for,
    text,
    texts,
)
from docgen.kinds.congress import order_problems, term_of, term_problems, union_of
from docgen.kinds.people import (
    COMMITTEE_POSTS,
    GENDERS,
    UNION_POSTS,
    Row,
    chair_only,
    committee_name,
    committee_problems,
    day_text,
    district_problems,
    duplicates,
    employer_side_problems,
    listed,
    post_label,
    same_name,
    size_problems,
    union_name_problems,
    value,
)

_F = FieldSpec
_K = FieldKind

_SENDERS = (
    Choice("organising_group", "Ban vận động"),
    Choice("union", "Công đoàn cơ sở"),
    Choice("upper", "Công đoàn cấp trên cơ sở"),
)


def _people(posts: tuple[Choice, ...]) -> tuple[FieldSpec, ...]:
    return (
        _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
        _F("dob", _K.PARTIAL_DATE, "Ngày sinh"),
        _F("gender", _K.ENUM, "Giới tính", choices=GENDERS),
        _F("job", _K.TEXT, "Chức vụ, nghề nghiệp", max_length=150),
        _F("union_post", _K.ENUM, "Chức danh", required=True, choices=posts),
    )


_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("sender", _K.ENUM, "Người trình", required=True, choices=_SENDERS),
    _F("addressees", _K.TEXT_LIST, "Kính gửi", required=True, minimum=1),
    _F(
        "legal_bases",
        _K.ROWS,
        "Căn cứ (để trống: theo quy định tại ngày văn bản)",
        item=CITATION_FIELDS,
    ),
    # A request for recognition.
    _F("new_union", _K.BOOLEAN, "Đề nghị công nhận cả công đoàn cơ sở mới thành lập"),
    _F("union_name", _K.TEXT, "Tên công đoàn cơ sở", source="công đoàn cơ sở"),
    _F("enterprise_name", _K.TEXT, "Tên doanh nghiệp", source="doanh nghiệp"),
    _F("congress_date", _K.DATE, "Ngày đại hội"),
    _F("first_meeting_date", _K.DATE, "Ngày Ban Chấp hành họp lần thứ nhất"),
    _F("member_count", _K.INTEGER, "Số đoàn viên", minimum=1),
    _F("member_names", _K.TEXT_LIST, "Họ tên đoàn viên"),
    _F("term_start", _K.INTEGER, "Nhiệm kỳ từ năm", minimum=2000),
    _F("term_end", _K.INTEGER, "Nhiệm kỳ đến năm", minimum=2000),
    _F("members", _K.ROWS, "Ban chấp hành", item=_people(COMMITTEE_POSTS)),
    _F("inspection_members", _K.ROWS, "Ủy ban kiểm tra", item=_people(UNION_POSTS[5:])),
    # Any other submission.
    _F("matter", _K.TEXT, "Việc trình (nối sau “Về việc”)"),
    _F("reasons", _K.TEXT_LIST, "Lý do, sự cần thiết"),
    _F("request_items", _K.TEXT_LIST, "Nội dung trình"),
    _F("attachments", _K.TEXT_LIST, "Hồ sơ gửi kèm"),
)
#: What a request for recognition cannot do without, and any other submission.
_NEEDED = {
    True: {
        "union_name": "tên công đoàn cơ sở",
        "enterprise_name": "tên doanh nghiệp",
        "congress_date": "ngày đại hội",
        "member_count": "số đoàn viên",
        "term_start": "năm đầu nhiệm kỳ",
        "term_end": "năm cuối nhiệm kỳ",
        "members": "danh sách Ban Chấp hành",
        "attachments": "hồ sơ gửi kèm",
    },
    False: {
        "matter": "việc trình",
        "reasons": "lý do, sự cần thiết",
        "request_items": "nội dung trình",
    },
}


#: How exactly a birth date is known, by the slashes in its printed form.
_PRECISION = ("năm", "tháng", "ngày")


def asks_recognition(data: Data) -> bool:
    """Whether a new union asks its upper union to recognise it; the upper union's own submissions do not."""
    return data.get("sender") != "upper"


def _founds(data: Data) -> bool:
    """Whether the union itself is new, and not only its committee; an organising group always founds."""
    return bool(data.get("new_union")) or data.get("sender") == "organising_group"


def _asked(data: Data) -> list[str]:
    """What is to be recognised, as the subject names it."""
    members = rows(data, "members")
    found = [union_of(data)] if _founds(data) else []
    found.append(committee_name(members, provisional=False))
    if rows(data, "inspection_members"):
        found.append("Ủy ban Kiểm tra")
    return found


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    if not asks_recognition(data):
        matter = text(data, "matter").removeprefix("Về việc ").rstrip(".")
        return f"Về việc {matter}"
    asked = _asked(data)
    joined = " và ".join([", ".join(asked[:-1]), asked[-1]] if len(asked) > 1 else asked)
    of_union = "" if asked[0] == union_of(data) else f" {union_of(data)}"
    return f"Về việc đề nghị công nhận {joined}{of_union}, nhiệm kỳ {term_of(data)}"


def _check(data: Data) -> tuple[Problem, ...]:
    if data.get("sender") is None:
        return ()
    recognition = asks_recognition(data)
    problems = [
        Problem("missing_for_submission", f"Tờ trình này phải có {label}.", (key,))
        for key, label in _NEEDED[recognition].items()
        if not data.get(key)
    ]
    if not recognition:
        return tuple(problems)
    members, rules = rows(data, "members"), profile_on(day(data, "intended_date"))
    problems += union_name_problems(union_of(data), text(data, "enterprise_name"))
    problems += term_problems(data)
    if members:
        problems += committee_problems(members, key="members")
    problems += employer_side_problems(members, rules=rules, key="members")
    elected_under = profile_on(day(data, "congress_date") or day(data, "intended_date"))
    count = number(data, "member_count")
    problems += size_problems(len(members), union_members=count, rules=elected_under, key="members")
    problems += [*_inspection_problems(data), *_member_problems(data)]
    for index, name in enumerate(texts(data, "addressees")):
        body = name.removeprefix("Ban Thường vụ ")
        problems += district_problems(body, rules=rules, key=f"addressees[{index}]")
    steps = (
        ("congress_date", "ngày đại hội"),
        ("first_meeting_date", "ngày họp lần thứ nhất"),
        ("intended_date", "ngày tờ trình"),
    )
    return (*problems, *order_problems(data, steps))


def _inspection_problems(data: Data) -> list[Problem]:
    people = rows(data, "inspection_members")
    problems = duplicates(people, key="inspection_members")
    heads = sum(row.get("union_post") == "inspection_chair" for row in people)
    if people and heads != 1:
        message = f"Ủy ban Kiểm tra phải có đúng một Chủ nhiệm; danh sách có {heads} người."
        problems.append(Problem("one_inspection_chair", message, ("inspection_members",)))
    return problems


def _member_problems(data: Data) -> list[Problem]:
    """Enough members, as many as the list, and nobody on a committee who is not one."""
    count, names = number(data, "member_count"), texts(data, "member_names")
    least = profile_on(day(data, "intended_date")).founding_members_min
    problems = []
    if count is not None and count < least:
        message = f"Cần ít nhất {least} đoàn viên để thành lập công đoàn cơ sở; mới có {count}."
        problems.append(Problem("too_few_members", message, ("member_count",)))
    if names and count is not None and count != len(names):
        message = f"Số đoàn viên ghi {count} nhưng danh sách có {len(names)} người. Hãy sửa số hoặc danh sách."
        problems.append(Problem("member_count", message, ("member_count", "member_names")))
    for key in ("members", "inspection_members") if names else ():
        for index, row in enumerate(rows(data, key)):
            name = value(row, "full_name")
            if name and not any(same_name(name, other) for other in names):
                message = f"{name} không có trong danh sách đoàn viên. Hãy đối chiếu họ tên hoặc bổ sung danh sách."
                problems.append(Problem("not_a_member", message, (f"{key}[{index}].full_name",)))
    return problems


def _comrade(row: Row) -> str:
    """``Đồng chí Vàng Thị Sao, sinh ngày 09/02/1994, Kế toán - Phó Chủ tịch``."""
    parts = [f"Đồng chí {value(row, 'full_name')}"]
    born = day_text(row, "dob")
    if born:
        parts.append(f"sinh {_PRECISION[born.count('/')]} {born}")
    if value(row, "job"):
        parts.append(value(row, "job"))
    return f"{', '.join(parts)} - {post_label(row.get('union_post'))}"


def _requests(data: Data) -> list[dict[str, object]]:
    """What is asked, numbered; each with its people."""
    if not asks_recognition(data):
        return [
            {"noi_dung": entry.rstrip(" ;.") + ".", "ds_dong": []}
            for entry in texts(data, "request_items")
        ]
    members, inspection = rows(data, "members"), rows(data, "inspection_members")
    union, term = union_of(data), term_of(data)
    found: list[dict[str, object]] = []
    if _founds(data):
        count = format_count(number(data, "member_count") or 0)
        found.append({"noi_dung": f"Công nhận {union}, gồm {count} đoàn viên.", "ds_dong": []})
    if chair_only(members):
        who = f"Công nhận Chủ tịch {union}, nhiệm kỳ {term}:"
    else:
        who = (
            f"Công nhận Ban Chấp hành và các chức danh trong Ban Chấp hành {union}, nhiệm kỳ {term}, gồm "
            f"{count_with_words(len(members))} đồng chí:"
        )
    found.append({"noi_dung": who, "ds_dong": listed([_comrade(row) for row in members])})
    if inspection:
        words = (
            f"Công nhận Ủy ban Kiểm tra {union}, nhiệm kỳ {term}, gồm "
            f"{count_with_words(len(inspection))} đồng chí:"
        )
        found.append({"noi_dung": words, "ds_dong": listed([_comrade(row) for row in inspection])})
    return found


def _reasons(data: Data) -> list[str]:
    if not asks_recognition(data):
        return [entry.rstrip(" ;.") + "." for entry in texts(data, "reasons")]
    congress, meeting = day(data, "congress_date"), day(data, "first_meeting_date")
    union = union_of(data)
    held = f"Đại hội thành lập {union}" if _founds(data) else f"Đại hội {union}"
    elected = "Chủ tịch" if chair_only(rows(data, "members")) else "Ban Chấp hành"
    lines = []
    if congress:
        lines.append(
            f"{_upper(format_long(congress))}, {held} đã bầu {elected}, nhiệm kỳ {term_of(data)}."
        )
    if meeting:
        lines.append(
            f"{_upper(format_long(meeting))}, Ban Chấp hành đã họp lần thứ nhất và bầu các chức danh."
        )
    return lines


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _addressed(data: Data) -> str:
    """Whom the closing line asks: the first addressee."""
    return next(iter(addressees(data)), "")


def _context(data: Data, numbering: Numbering) -> Context:
    rules = rules_for(data, numbering)
    given = [Citation.of(row) for row in rows(data, "legal_bases")]
    return common_context(data, numbering, subject=subject(data)) | {
        "ds_kinh_gui": addressees(data),
        "ds_can_cu": punctuate(bases(given or rules.founding_bases)),
        "chu_the_trinh": issuing_body(data),
        "noi_trinh": _addressed(data),
        "ds_ly_do": _reasons(data),
        "ds_noi_dung_trinh": _requests(data),
        "ds_ho_so": [entry.rstrip(" ;.") for entry in texts(data, "attachments")],
        "ten_cong_doan_co_so": union_of(data),
        "nhiem_ky": term_of(data) if number(data, "term_start") else "",
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="submission",
        label_vi="Tờ trình",
        symbol_type="TTr",
        annexes=(),
        fields=_FIELDS,
        example=examples.SUBMISSION,
    ),
    template=lambda _data: "submission/to_trinh",
    check=_check,
    context=_context,
    register_subject=subject,
)
