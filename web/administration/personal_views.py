"""The register of requests about personal data."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.errors import NotFound, UserError
from core.letters import clean_line
from records.models import Person
from web.administration import personal
from web.administration.fields import DayField, DeskForm, LineField
from web.frame import address_of
from web.models import Access, DataRequest, DataRight, RequestState
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

PAGE = 50
FOUND = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RequestForm(DeskForm):
    """A request as it came."""

    person = forms.ModelChoiceField(
        label="Người yêu cầu", queryset=Person.objects.all(), to_field_name="code",
        widget=forms.HiddenInput,
    )  # fmt: skip
    right = forms.ChoiceField(label="Yêu cầu", choices=DataRight.choices)
    received = DayField(label="Ngày nhận")
    how = LineField(
        label="Nhận bằng", max_length=200, help_text="Đơn giấy, thư điện tử, gặp trực tiếp…"
    )

    def clean_received(self) -> object:
        """Not in the future: the terms run from it."""
        day = self.cleaned_data["received"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Ngày nhận chưa đến.")
        return day


@desk(Right.ADMINISTER)
def data_requests(request: DeskRequest) -> HttpResponse:
    """All requests, open ones first by their term."""
    rows = DataRequest.objects.select_related("person")
    rows = rows.order_by("closed_on", "answer_by", "-id") if request.GET.get("xong") else rows.filter(
        state__in=(RequestState.OPEN, RequestState.ANSWERED)
    ).order_by("act_by", "id")  # fmt: skip
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "today": timezone.localdate(), "all": bool(request.GET.get("xong"))}
    return render(request, "web/administration/data_requests.html", context)


@desk(Right.ADMINISTER, methods=("GET", "HEAD", "POST"))
def data_request_new(request: DeskRequest) -> HttpResponse:
    """Find the person, then write the request down."""
    wanted = clean_line(request.GET.get("tim", ""))[:100]
    chosen = Person.objects.filter(code=request.GET.get("nguoi", "")).first()
    form = RequestForm(
        request.POST or None,
        initial={"person": chosen.code if chosen else None, "received": timezone.localdate()},
    )
    if request.method == "POST":
        chosen = Person.objects.filter(code=request.POST.get("person", "")).first()
        if form.is_valid():
            data = form.cleaned_data
            with transaction.atomic():
                row = personal.register_request(
                    data["person"],
                    right=DataRight(data["right"]),
                    received=data["received"],
                    how=data["how"],
                    actor=request.viewer.actor,
                )
                _note(request, row, Access.DID, f"ghi yêu cầu: {row.get_right_display()}")
            return redirect("web:data_request", pk=row.pk)
    found = []
    if wanted and chosen is None:
        query = Q(code=wanted) | Q(id_number=wanted) | Q(full_name__icontains=wanted)
        found = list(Person.objects.filter(query).order_by("full_name", "code")[:FOUND])
    context = {"form": form, "wanted": wanted, "found": found, "chosen": chosen}
    status = 422 if form.errors else 200
    return render(request, "web/administration/data_request_new.html", context, status=status)


def _note(request: DeskRequest, row: DataRequest, action: Access, words: str) -> None:
    note_access(request, action, f"person:{row.person.code}", words)


@desk(Right.ADMINISTER)
def data_request(request: DeskRequest, pk: int) -> HttpResponse:
    """One request with what can be done about it."""
    row = get_object_or_404(DataRequest.objects.select_related("person"), pk=pk)
    today = timezone.localdate()
    reasons = (
        personal.reasons_against(row.person, today=today)
        if row.right == DataRight.ERASE and row.is_open
        else []
    )
    people = address_of("people")
    context = {
        "row": row,
        "reasons": reasons,
        "today": today,
        "record": f"{people}?q={row.person.code}" if people else "",
    }
    return render(request, "web/administration/data_request.html", context)


@desk(Right.ADMINISTER, methods=("POST",))
def data_request_act(request: DeskRequest, pk: int) -> HttpResponse:
    """Answer, close, refuse or erase; each in one transaction with its line in the log."""
    row = get_object_or_404(DataRequest.objects.select_related("person"), pk=pk)
    act, words = request.POST.get("act", ""), clean_line(request.POST.get("words", ""))[:2000]
    today, actor = timezone.localdate(), request.viewer.actor
    steps = {
        "answer": personal.answer_request,
        "close": personal.close_request,
        "refuse": personal.refuse_request,
    }
    with transaction.atomic():
        if act == "erase":
            personal.erase(row, actor=actor, today=today)
        elif act in steps:
            if not words:
                raise UserError(
                    "Ghi vài lời: đã trả lời gì, bằng cách nào.", facts={"missing": ["words"]}
                )
            steps[act](row, actor=actor, today=today, words=words)
        else:
            raise UserError("Không rõ việc cần làm. Tải lại trang rồi bấm lại nút.")
        _note(request, row, Access.DID, f"{row.get_right_display()}: {row.get_state_display()}")
    messages.success(request, f"Đã ghi: {row.get_state_display()}.")
    return redirect("web:data_request", pk=row.pk)


@desk(Right.ADMINISTER)
def data_request_export(request: DeskRequest, pk: int, form: str) -> HttpResponse:
    """All that the store holds about the person who asked, as .xlsx or .json; only while such a request is open."""
    row = get_object_or_404(DataRequest.objects.select_related("person"), pk=pk)
    if form not in ("xlsx", "json"):
        raise NotFound("Chỉ xuất được tệp .xlsx hoặc .json.")
    if row.right != DataRight.EXPORT or not row.is_open:
        raise UserError("Chỉ xuất dữ liệu khi có yêu cầu xem, sao chép đang chờ xử lý.")
    data = personal.as_workbook(row.person) if form == "xlsx" else personal.as_json(row.person)
    _note(request, row, Access.TOOK, f"xuất dữ liệu cá nhân, .{form}")
    response = HttpResponse(data, content_type=XLSX if form == "xlsx" else "application/json")
    response["Content-Disposition"] = f'attachment; filename="du-lieu-{row.person.code}.{form}"'
    return response
