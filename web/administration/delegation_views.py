"""Who signs for whom while somebody is away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from core.errors import NotFound, UserError
from records.models import Delegation, OfficeHolder, OrgKind, Person, UnionOrg
from records.selectors.people import STAND_INS
from records.services.audit import By
from records.services.delegations import delegate_signing, end_delegation
from web.administration.fields import DayField, DeskForm, LineField
from web.rights import Right
from web.viewer import DeskRequest, Viewer, desk

PAGE = 30
_BODIES = (
    OrgKind.PROVINCE_FEDERATION,
    OrgKind.DISTRICT_FEDERATION,
    OrgKind.BRANCH_UNION,
    OrgKind.COMMUNE_UNION,
    OrgKind.STEERING_COMMITTEE,
)


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """People by name and post."""

    def label_from_instance(self, obj: Any) -> str:
        """Name with the first post held today."""
        held = next(iter(obj.held_now), None)
        return (
            f"{obj.full_name}, {held.title} {held.org.short_name or held.org.name}"
            if held
            else str(obj)
        )


class DelegationForm(DeskForm):
    """A new delegation."""

    org = forms.ModelChoiceField(
        label="Văn bản của cơ quan", queryset=UnionOrg.objects.none(), to_field_name="code",
        empty_label=None,
    )  # fmt: skip
    delegator = PersonChoice(
        label="Người ủy quyền (đi vắng)",
        queryset=Person.objects.none(),
        to_field_name="code",
        empty_label="(chọn)",
    )
    delegate = PersonChoice(
        label="Người được ủy quyền", queryset=Person.objects.none(), to_field_name="code",
        help_text="Cấp phó, hoặc người đứng đầu một ban, văn phòng.",
    )  # fmt: skip
    first = DayField(label="Từ ngày")
    last = DayField(label="Đến hết ngày")
    document = LineField(
        label="Văn bản ủy quyền", max_length=300,
        help_text="Như: Giấy ủy quyền số 03/GUQ-LĐLĐ ngày 04/5/2024.",
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        held = OfficeHolder.objects.valid_on(today).select_related("org")
        people = (
            Person.objects.filter(pk__in=held.values("person"))
            .prefetch_related(Prefetch("offices", queryset=held, to_attr="held_now"))
            .order_by("full_name", "code")
        )
        bodies = UnionOrg.objects.valid_on(today).filter(kind__in=_BODIES)
        self._set("org", bodies.order_by("kind", "sort_order", "name"))
        self._set("delegate", people.filter(offices__in=held.filter(post__in=STAND_INS)).distinct())
        signing = held.filter(post__in=STAND_INS) | held.exclude(may_sign=[])
        people = people.filter(offices__in=signing).distinct()
        own = people if viewer.may(Right.ADMINISTER) else people.filter(pk=_own_id(viewer))
        self._set("delegator", own)

    def _set(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows


def _own_id(viewer: Viewer) -> int:
    return viewer.person.pk if viewer.person else 0


@desk(Right.ADMINISTER, Right.APPROVE, methods=("GET", "HEAD", "POST"))
def delegations(request: DeskRequest) -> HttpResponse:
    """The delegations, those that hold first, and a new one. A leader delegates for himself only."""
    viewer = request.viewer
    form = DelegationForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = delegate_signing(
                data["org"],
                delegator=data["delegator"],
                delegate=data["delegate"],
                first=data["first"],
                last=data["last"],
                document=data["document"],
                by=By(viewer.actor, "web", "Ủy quyền ký"),
            )
        except UserError as fault:
            form.add_error(None, fault.message)
        else:
            messages.success(request, f"Đã ghi: {made.delegate} ký thay {made.delegator}.")
            return redirect(f"{reverse('web:delegations')}?xong=1")
    rows = Delegation.objects.select_related("org", "delegator", "delegate")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    today = timezone.localdate()
    context = {"form": form, "page": page, "today": today, "own": _own_id(viewer),
               "all": viewer.may(Right.ADMINISTER)}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "web/administration/delegations.html", context, status=status)


@desk(Right.ADMINISTER, Right.APPROVE, methods=("POST",))
def delegation_end(request: DeskRequest, pk: int) -> HttpResponse:
    """End one; what was signed stays signed."""
    viewer = request.viewer
    row = get_object_or_404(Delegation.objects.select_related("delegator", "delegate"), pk=pk)
    if not viewer.may(Right.ADMINISTER) and row.delegator_id != _own_id(viewer):
        raise NotFound("Chỉ kết thúc được ủy quyền của chính mình.")
    end_delegation(
        row, today=timezone.localdate(), by=By(viewer.actor, "web", "Kết thúc ủy quyền ký")
    )
    messages.success(request, f"Từ hôm nay {row.delegate} không còn ký thay {row.delegator}.")
    return redirect("web:delegations")
