"""Pages of people: officers and members, personal data only for those who need it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.errors import DataIncomplete
from records.models import Gender, Membership, OfficeHolder, Person
from records.search import narrowed
from records.services.people import change_person
from web.frame import campaign_in_hand
from web.models import Access
from web.recordbook.days import office_day, shown_partial
from web.recordbook.enterprises import by_desk, go
from web.recordbook.history import history_of
from web.recordbook.paging import page_of
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

#: Fields of the form, with their words; the first group is basic, the second sensitive.
FIELDS = {
    "full_name": "họ và tên",
    "dob": "ngày sinh",
    "native_place": "quê quán",
    "address": "nơi ở hiện nay",
    "id_number": "số định danh",
    "phone": "điện thoại",
    "email": "thư điện tử",
    "education_general": "học vấn",
    "education_professional": "chuyên môn",
    "education_political": "lý luận chính trị",
    "ethnicity": "dân tộc",
    "religion": "tôn giáo",
    "party_date": "ngày vào Đảng",
    "nationality": "quốc tịch",
}


@desk(Right.SEE_RECORDS)
def people(request: DeskRequest) -> HttpResponse:
    """Officers and members by name; an ID number finds its person for those who may see it."""
    day = office_day(campaign_in_hand(request))
    text, role = request.GET.get("q", ""), request.GET.get("la", "")
    rows = Person.objects.order_by("full_name", "pk")
    if text:
        asked = Q(search_key__words=text)
        digits = text.replace(" ", "")
        if digits.isdigit() and request.viewer.may(Right.SEE_PERSONAL):
            asked |= Q(id_number=digits)
        rows = narrowed(rows.filter(asked))
    if role == "can-bo":
        rows = rows.filter(pk__in=OfficeHolder.objects.valid_on(day).values("person_id"))
    elif role == "doan-vien":
        rows = rows.filter(pk__in=Membership.objects.filter(left_on=None).values("person_id"))
    offices = OfficeHolder.objects.valid_on(day).select_related("org")
    standing = Membership.objects.filter(left_on=None).select_related("union")
    page = page_of(
        request,
        rows.prefetch_related(
            Prefetch("offices", offices, to_attr="held"),
            Prefetch("memberships", standing, to_attr="member_of"),
        ),
    )
    context = {"page": page, "text": text, "role": role, "filtered": bool(text or role)}
    return render(request, "web/recordbook/people.html", context)


@desk(Right.SEE_RECORDS)
def person(request: DeskRequest, code: str) -> HttpResponse:
    """One person: posts, memberships, committees; the rest masked without the right to it."""
    row = get_object_or_404(Person, code=code)
    personal = request.viewer.may(Right.SEE_PERSONAL)
    if personal:
        note_access(request, Access.SAW, f"person:{row.code}")
    context = {
        "row": row,
        "personal": personal,
        "offices": row.offices.select_related("org").order_by("-valid_from"),
        "memberships": row.memberships.select_related("union").order_by("-joined_on"),
        "seats": row.committee_seats.select_related(
            "committee__union", "committee__case__enterprise"
        ),
        "applications": row.applications.select_related("case__enterprise"),
        "history": history_of({"person": [row.code]}, personal=personal),
    }
    return render(request, "web/recordbook/person.html", context)


def _values(typed: QueryDict) -> dict[str, object]:
    values: dict[str, object] = {name: typed.get(name, "") for name in FIELDS if name in typed}
    if "id_number" in values:
        values["id_number"] = str(values["id_number"]).strip() or None
    gender = typed.get("gender", "")
    if gender and gender not in Gender.values:
        raise DataIncomplete("Chưa chọn giới tính.", missing=["gender"])
    return {**values, "gender": gender}


def _shown(row: Person, name: str) -> str:
    value = str(getattr(row, name) or "")
    return shown_partial(value) if name in ("dob", "party_date") else value


@desk(Right.CHANGE_RECORDS, methods=("GET", "HEAD", "POST"))
def person_edit(request: DeskRequest, code: str) -> HttpResponse:
    """Change a person's data; the change log keeps what stood before."""
    row = get_object_or_404(Person, code=code)
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()
        change_person(row, _values(request.POST), by=by_desk(request, reason))
        messages.success(request, "Đã ghi vào hồ sơ.", extra_tags=f"nguoi-{row.code}")
        return go(request, reverse("web:person", args=[row.code]))
    note_access(request, Access.SAW, f"person:{row.code}")
    fields = [(name, label, _shown(row, name)) for name, label in FIELDS.items()]
    context = {"row": row, "fields": fields, "genders": Gender.choices}
    return render(request, "web/recordbook/person_edit.html", context)
