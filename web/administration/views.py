"""The first page of administration: what there is, and what waits."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from docgen.models import JobState
from records.models import Delegation, Fact
from web.administration.accounts import shut_out
from web.models import ApiToken, DataRequest, RequestState
from web.rights import Right
from web.viewer import DeskRequest, desk
from workers.models import UpkeepJob, UpkeepKind


@desk(Right.ADMINISTER)
def administration(request: DeskRequest) -> HttpResponse:
    """Cards with a figure each."""
    today = timezone.localdate()
    done = UpkeepJob.objects.filter(state=JobState.DONE)
    open_ = DataRequest.objects.filter(state__in=(RequestState.OPEN, RequestState.ANSWERED))
    health = done.filter(kind=UpkeepKind.HEALTH).first()
    checks = health.result.get("checks", []) if health else []
    context = {
        "accounts": User.objects.filter(is_active=True).count(),
        "shut": len(shut_out()),
        "delegations": Delegation.objects.valid_on(today).count(),
        "facts": Fact.objects.filter(verified=False).count(),
        "requests": open_.count(),
        "late": open_.filter(act_by__lt=today).count(),
        "tokens": ApiToken.objects.filter(revoked_at__isnull=True).count(),
        "backup": done.filter(kind=UpkeepKind.BACKUP).first(),
        "health": health,
        "wrong": sum(1 for one in checks if not one.get("ok") and not one.get("optional")),
    }
    return render(request, "web/administration/administration.html", context)
