"""What an officer of a reporting unit sees: things of the own unit only."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from web.rights import Right
from web.viewer import DeskRequest, desk


@desk(Right.OWN_UNIT)
def unit(request: DeskRequest) -> HttpResponse:
    """What the unit has to do."""
    return render(request, "web/unit/unit.html", {"unit": request.viewer.own_unit()})
