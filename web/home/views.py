"""The first page, and the campaign in hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from records.models import Campaign, Measure
from records.selectors.campaigns import visits_of
from web.frame import CAMPAIGN_KEY, campaign_in_hand
from web.home.lately import done_lately, running_batches
from web.home.progress import progress_of
from web.home.work import tasks_of
from web.recordbook.days import office_day
from web.rights import Right
from web.viewer import DeskRequest, desk, page_before

#: Parts of a plan that are lists of sentences, in its order.
PLAN_PARTS = (
    ("purposes", "Mục đích"),
    ("requirements", "Yêu cầu"),
    ("activities", "Nội dung, giải pháp"),
)


@desk()
def home(request: DeskRequest) -> HttpResponse:
    """The desk of the office; an officer goes to the page of the own unit."""
    viewer = request.viewer
    if not viewer.rights:
        return render(request, "web/no_role.html", status=403)
    if not viewer.may(Right.SEE_OFFICE):
        return HttpResponseRedirect(reverse("web:unit"))
    campaign, today = campaign_in_hand(request), timezone.localdate()
    tasks = tasks_of(viewer, campaign=campaign, today=today)
    context = {
        "tasks": tasks,
        "waiting": sum(task.count for task in tasks if task.counted),
        "today": today,
        "lately": done_lately() if viewer.may(Right.SEE_DOCUMENTS) else (),
        "running": running_batches(),
        **_figures(campaign),
    }
    return render(request, "web/home/home.html", context)


def _figures(campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        return {"progress": None}
    last, today = office_day(campaign), timezone.localdate()
    return {
        "progress": progress_of(campaign, first=campaign.starts_on, last=last),
        "last": last,
        "days_left": (campaign.ends_on - today).days if campaign.ends_on >= today else None,
        "begins_in": (campaign.starts_on - today).days if campaign.starts_on > today else 0,
    }


@desk(Right.SEE_OFFICE)
def running(request: DeskRequest) -> HttpResponse:
    """What runs now, asked again every two seconds while something does."""
    return render(request, "web/home/running.html", {"running": running_batches()})


@desk(Right.SEE_OFFICE)
def campaign(request: DeskRequest) -> HttpResponse:
    """The campaign in hand: its figures, visits and plan."""
    found = campaign_in_hand(request)
    if found is None:
        return render(request, "web/home/campaign.html", {"campaign": None})
    last = office_day(found)
    context = {
        **_figures(found),
        "found": found,
        "measures": [(str(label), code) for code, label in Measure.choices],
        "visits": visits_of(found, as_of=last) if request.viewer.may(Right.SEE_RECORDS) else (),
        "plan": [(label, found.content.get(key) or ()) for key, label in PLAN_PARTS],
        "record": f"campaign:{found.code}",
    }
    return render(request, "web/home/campaign.html", context)


@desk(Right.SEE_OFFICE, methods=("POST",))
def choose_campaign(request: DeskRequest) -> HttpResponse:
    """Take another campaign in hand, and stay on the page."""
    chosen = get_object_or_404(Campaign, code=request.POST.get("code", ""))
    request.session[CAMPAIGN_KEY] = chosen.code
    messages.success(request, f"Đang làm việc với chiến dịch: {chosen.name}.")
    back = page_before(request)
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(back if ours else reverse("web:home"))
