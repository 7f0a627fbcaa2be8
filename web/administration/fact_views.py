"""Facts of the trade that nobody has confirmed: the office says so, and by which paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.errors import UserError
from core.letters import clean_line
from core.profiles import unverified
from records.models import Fact
from records.services.audit import By
from records.services.reference import confirm_fact
from web.rights import Right
from web.viewer import DeskRequest, desk

_SOURCE = 300


#: Keys inside the values of facts, as people say them.
_WORDS = {
    "count": "số lượng",
    "names": "tên gọi",
    "known": "đã rõ",
    "congress_on": "ngày đại hội",
    "ordinal": "lần thứ",
    "export": "xem, sao chép",
    "correct": "sửa",
    "erase": "xóa",
    "limit": "hạn chế",
    "policy": "cách đánh số",
    "groups": "nhóm",
    "rest": "còn lại",
    "per_type": "mỗi loại một dãy",
    "joint": "một dãy chung",
    "per_group": "theo nhóm",
}


def shown(value: object) -> str:
    """A fact's value for people."""
    if isinstance(value, bool):
        return "có" if value else "chưa"
    if isinstance(value, dict):
        return "; ".join(f"{_WORDS.get(str(k), k)}: {shown(one)}" for k, one in value.items())
    if isinstance(value, list):
        return "; ".join(shown(one) for one in value) or "chưa ghi"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return _WORDS.get(str(value), str(value)) or "chưa ghi"


@desk(Right.ADMINISTER)
def fact_list(request: DeskRequest) -> HttpResponse:
    """Open facts of the records, then those of the rules of form."""
    rows = Fact.objects.filter(verified=False).order_by("key", "valid_from", "id")
    context = {
        "facts": [{"row": row, "value": shown(row.value)} for row in rows],
        "rules": unverified(),
    }
    return render(request, "web/administration/facts.html", context)


@desk(Right.ADMINISTER, methods=("POST",))
def fact_confirm(request: DeskRequest, pk: int) -> HttpResponse:
    """Confirm one fact by a paper."""
    fact = get_object_or_404(Fact, pk=pk)
    source = clean_line(request.POST.get("source", ""))
    if not source:
        raise UserError(
            f"Xác nhận “{fact.label}” thì phải ghi căn cứ: số, ngày văn bản hoặc ai trả lời, ngày nào.",
            facts={"missing": ["source"]},
        )
    if len(source) > _SOURCE:
        raise UserError(f"Căn cứ dài quá {_SOURCE} ký tự, hãy ghi gọn lại.")
    confirm_fact(fact, source=source, by=By(request.viewer.actor, "web", "Xác nhận dữ kiện"))
    messages.success(request, f"Đã xác nhận: {fact.label}.")
    return redirect("web:facts")
