"""The page of the log, and the same as a workbook."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.errors import UserError
from core.sheets import Column, SheetData, write_book
from web.administration import journal
from web.administration.fields import DayField, DeskForm, LineField
from web.models import Access
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

PAGE = 50
MAX_ROWS = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = (
    Column("Lúc", width=18), Column("Ai", width=20), Column("Việc", width=22),
    Column("Về", width=50), Column("Chi tiết", width=60), Column("Từ", width=16),
)  # fmt: skip


class FilterForm(DeskForm):
    """What to look for."""

    loai = forms.ChoiceField(
        label="Loại", choices=(("", "Tất cả"), *journal.SOURCES), required=False
    )
    ai = LineField(label="Người làm", max_length=150, required=False)
    ve = LineField(label="Hồ sơ, số văn bản, ghi chú", max_length=120, required=False)
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)

    def wanted(self) -> journal.Wanted:
        """Raises UserError naming what is wrong with the filter."""
        if not self.is_valid():
            raise UserError(next(str(errors[0]) for errors in self.errors.values()))
        data = self.cleaned_data
        return journal.Wanted(data["loai"], data["ai"], data["ve"], data["tu"], data["den"])


def _number(text: str | None) -> int:
    return min(journal.MAX_PAGES, int(text)) if text and text.isdigit() and int(text) else 1


@desk(Right.ADMINISTER)
def log_page(request: DeskRequest) -> HttpResponse:
    """One page of the log, newest first."""
    form = FilterForm(request.GET or None) if request.GET else FilterForm({})
    number = _number(request.GET.get("trang"))
    found, older = journal.page_of(form.wanted(), number, size=PAGE)
    kept = {k: v for k, v in request.GET.items() if k in form.fields and v}
    context = {
        "form": form,
        "lines": found,
        "number": number,
        "older": older,
        "query": urlencode(kept),
        "last_page": number >= journal.MAX_PAGES,
    }
    return render(request, "web/administration/log.html", context)


@desk(Right.ADMINISTER)
def log_workbook(request: DeskRequest) -> HttpResponse:
    """The lines that were looked for, as .xlsx."""
    wanted = FilterForm(request.GET or {}).wanted()
    found = journal.lines(wanted, limit=MAX_ROWS)
    rows = [
        (
            f"{timezone.localtime(o.at):%Y-%m-%d %H:%M:%S}",
            o.actor,
            o.action,
            o.subject,
            o.detail,
            o.place,
        )
        for o in found
    ]
    data = write_book([SheetData("Nhật ký", _COLUMNS, rows, landscape=True)])
    note_access(request, Access.TOOK, "log", f"{len(rows)} dòng nhật ký")
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="nhat-ky.xlsx"'
    return response
