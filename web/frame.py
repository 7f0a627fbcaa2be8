"""What stands around every page: the left bar, the campaign in hand, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from records.models import Campaign
from web.rights import Right
from web.viewer import Viewer

#: Key of the session: code of the campaign in hand.
CAMPAIGN_KEY = "campaign"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the left bar: its words, icon, address, who sees it, and the lines below it."""

    label: str
    icon: str
    name: str = ""
    right: Right | None = None
    below: tuple[Entry, ...] = field(default=())


OFFICE = (
    Entry("Bàn làm việc", "home", "home", Right.SEE_OFFICE),
    Entry(
        "Văn bản",
        "file-text",
        below=(
            Entry("Soạn văn bản", "plus", "compose", Right.COMPOSE),
            Entry("Chờ duyệt", "signature", "approvals", Right.SEE_DOCUMENTS),
            Entry("Văn bản đi", "send", "documents", Right.SEE_DOCUMENTS),
            Entry("Sổ văn bản đi", "notebook", "outgoing", Right.SEE_DOCUMENTS),
            Entry("Sổ văn bản đến", "inbox", "incoming", Right.SEE_DOCUMENTS),
        ),
    ),
    Entry("Đợt phát hành", "stack-2", "batches", Right.SEE_DOCUMENTS),
    Entry(
        "Phiếu, biểu mẫu",
        "forms",
        below=(
            Entry("Đợt thu phiếu", "calendar", "rounds", Right.SEE_FORMS),
            Entry("Phiếu đã nhận", "inbox", "received", Right.SEE_FORMS),
            Entry("Chờ kiểm tra", "list-check", "reviews", Right.REVIEW_FORMS),
        ),
    ),
    Entry("Chiến dịch", "flag", "campaign", Right.SEE_OFFICE),
    Entry(
        "Hồ sơ",
        "folder",
        below=(
            Entry("Doanh nghiệp", "building", "enterprises", Right.SEE_RECORDS),
            Entry("Công đoàn cơ sở", "users", "unions", Right.SEE_RECORDS),
            Entry("Cán bộ và đoàn viên", "id", "people", Right.SEE_RECORDS),
            Entry("Tổ chức", "map-pin", "orgs", Right.SEE_RECORDS),
            Entry("Chỉ tiêu", "chart-bar", "quotas", Right.SEE_RECORDS),
            Entry("Phân công", "users", "assignments", Right.SEE_RECORDS),
            Entry("Nhập từ Excel", "upload", "records_import", Right.CHANGE_RECORDS),
        ),
    ),
    Entry("Kiểm tra thể thức", "checks", "check_paper", Right.CHECK_PAPERS),
    Entry("Mẫu văn bản", "template", "wordtemplates", Right.SEE_TEMPLATES),
    Entry("Báo cáo", "report", "reports", Right.SEE_OFFICE),
    Entry("Ủy quyền ký", "signature", "delegations", Right.APPROVE),
    Entry("Quản trị", "settings", "administration", Right.ADMINISTER),
)
UNIT = (
    Entry("Việc cần làm", "home", "unit", Right.OWN_UNIT),
    Entry("Phiếu phải nộp", "forms", "unit_due", Right.OWN_UNIT),
    Entry("Đã nộp", "inbox", "unit_sent", Right.OWN_UNIT),
    Entry("Tiến độ của đơn vị", "chart-bar", "unit_progress", Right.OWN_UNIT),
    Entry("Kiểm tra thể thức", "checks", "check_paper", Right.CHECK_PAPERS),
)


def address_of(name: str, *args: object) -> str:
    """Where a page of the desk is; empty when there is no such page."""
    try:
        return reverse(f"web:{name}", args=args)
    except NoReverseMatch:
        return ""


def shown(entry: Entry, viewer: Viewer, path: str) -> dict[str, Any] | None:
    """A line as the page needs it, or nothing when this person does not see it."""
    below = [found for one in entry.below if (found := shown(one, viewer, path))]
    if entry.below:
        open_now = any(one["here"] for one in below)
        return {"entry": entry, "below": below, "here": False, "open": open_now} if below else None
    if entry.right is None or not viewer.may(entry.right):
        return None
    address = address_of(entry.name)
    here = path == address or (address != "/" and path.startswith(address))
    return {"entry": entry, "address": address, "here": here} if address else None


def left_bar(viewer: Viewer, path: str) -> list[dict[str, Any]]:
    """The left bar of this person; the longest address that fits is the one we are at."""
    entries = OFFICE if viewer.may(Right.SEE_OFFICE) else UNIT
    bar = [found for entry in entries if (found := shown(entry, viewer, path))]
    here = [one for line in bar for one in (line, *line.get("below", ())) if one["here"]]
    for one in sorted(here, key=lambda line: len(line["address"]))[:-1]:
        one["here"] = False
    return bar


def campaign_in_hand(request: HttpRequest) -> Campaign | None:
    """The campaign that the person chose, else the newest; read once a request."""
    chosen = request.session.get(CAMPAIGN_KEY)
    kept: tuple[Any, Campaign | None] | None = getattr(request, "campaign_in_hand", None)
    if kept is not None and kept[0] == chosen:
        return kept[1]
    found = Campaign.objects.filter(code=chosen).first() if chosen else None
    found = found or Campaign.objects.order_by("-starts_on", "-id").first()
    request.campaign_in_hand = (chosen, found)  # type: ignore[attr-defined]
    return found


def frame(request: HttpRequest) -> dict[str, Any]:
    """For every page: viewer, left bar, campaign."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None or getattr(request, "htmx", None):
        return {"viewer": viewer}
    return {
        "viewer": viewer,
        "bar": left_bar(viewer, request.path),
        "campaign": campaign_in_hand(request) if viewer.may(Right.SEE_OFFICE) else None,
        "campaigns": Campaign.objects.order_by("-starts_on")
        if viewer.may(Right.SEE_OFFICE)
        else (),
    }
