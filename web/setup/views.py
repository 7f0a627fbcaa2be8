"""The first run, page by page. It is open until an account exists, and then never again."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core.errors import Conflict, DocgenError, UserError
from core.letters import upper_vi
from records.models import Fact, OfficeHolder, OrgParent, OrgSeat, Post, UnionOrg
from records.sample import load_sample
from registry.series import PER_TYPE, policy_for
from web.models import Installation
from web.rights import Role
from web.setup import opening
from web.setup.forms import AccountForm, NumberForm, OfficeForm
from web.setup.office import (
    CONFEDERATION,
    NO_PARENT,
    by,
    make_first_account,
    save_numbering,
    save_office,
)
from web.setup.sample_accounts import PASSWORD, make_sample_accounts
from web.viewer import public
from workers.sample_run import prepare_series

ACTOR = "thiết lập"
BACKEND = "django.contrib.auth.backends.ModelBackend"
STEPS = (
    ("co-quan", "Cơ quan"),
    ("danh-so", "Cách đánh số"),
    ("tai-khoan", "Tài khoản đầu tiên"),
    ("ho-so", "Hồ sơ"),
)
Step = Callable[[HttpRequest, Installation], HttpResponse]


@sensitive_post_parameters("password", "again", "code")
@never_cache
@public
def first_run(request: HttpRequest, step: str = "") -> HttpResponse:
    """The page of a step, for whoever may set this store up."""
    if not opening.is_open():
        return redirect("web:home" if request.user.is_authenticated else "web:sign_in")
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    row = opening.installation()
    if opening.needs_code(request, row):
        return _code(request, row)
    if step not in _STEPS:
        raise Http404
    return _STEPS[step](request, row)


def _code(request: HttpRequest, row: Installation) -> HttpResponse:
    wrong = False
    if request.method == "POST" and row.code_hash:
        if opening.try_code(request, request.POST.get("code", "")[:40]):
            return redirect("web:first_run")
        wrong = True
    context = {"wrong": wrong, "has_code": bool(row.code_hash)}
    return render(request, "web/setup/code.html", context, status=403 if wrong else 200)


def _page(
    request: HttpRequest, row: Installation, step: str, form: forms.Form, **more: object
) -> HttpResponse:
    done = {"co-quan": row.org is not None, "danh-so": row.numbers_set}
    steps = [
        {"key": key, "label": label, "done": done.get(key, False), "here": key == step,
         "open": key == "co-quan" or (done.get("co-quan") and key != "ho-so")}
        for key, label in STEPS
    ]  # fmt: skip
    context = {"form": form, "steps": steps, **more}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"web/setup/{step.replace('-', '_')}.html", context, status=status)


def _welcome(request: HttpRequest, row: Installation) -> HttpResponse:
    has_records = UnionOrg.objects.exists()
    context = {
        "begun": row.org is not None,
        "sample": not has_records and not opening.served_to_others(_name(request)),
        "next": "danh-so" if row.org and not row.numbers_set else "tai-khoan" if row.org else "co-quan",
    }  # fmt: skip
    return render(request, "web/setup/welcome.html", context)


def _name(request: HttpRequest) -> str:
    host = request.get_host()
    return "[::1]" if host.startswith("[") else host.rsplit(":", 1)[0]


def _office(request: HttpRequest, row: Installation) -> HttpResponse:
    form = OfficeForm(request.POST or None, initial=_office_now(row.org))
    if request.method == "POST" and form.is_valid():
        try:
            save_office(form.office(), actor=ACTOR, today=timezone.localdate())
        except UserError as fault:
            form.add_error(None, fault.message)
        else:
            return redirect("web:first_run", step="danh-so")
    return _page(request, row, "co-quan", form, head=_head(form))


def _office_now(org: UnionOrg | None) -> dict[str, object]:
    """What was answered before."""
    if org is None:
        return {}
    now: dict[str, object] = {
        "name": org.name,
        "short_name": org.short_name,
        "symbol_abbr": org.symbol_abbr,
        "parent_name": _parent_line(org),
    }
    seat = OrgSeat.objects.filter(org=org).select_related("area__parent").first()
    if seat is not None:
        now |= {
            "place_name": seat.place_name,
            "seat_kind": seat.area.kind,
            "seat_name": seat.area.name,
            "province": seat.area.parent.name if seat.area.parent else "",
        }
    head = OfficeHolder.objects.filter(org=org, post=Post.CHAIR).select_related("person").first()
    if head is not None:
        now |= {"head_name": head.person.full_name, "head_from": head.valid_from}
    return now


def _parent_line(org: UnionOrg) -> str:
    fact = Fact.objects.filter(key=f"parent_line_{org.code}").first()
    if fact is not None:
        return "" if fact.value == NO_PARENT else str(fact.value)
    link = OrgParent.objects.filter(org=org).select_related("parent").first()
    return link.parent.name if link else CONFEDERATION


def _head(form: forms.Form) -> dict[str, str]:
    """The head of a paper as the answers make it."""
    given = {name: str(form[name].value() or "") for name in form.fields}
    return {
        "parent": upper_vi(given["parent_name"]),
        "name": upper_vi(given["name"]),
        "symbol": f"KH-{given['symbol_abbr']}",
        "place": given["place_name"],
    }


def _preview(request: HttpRequest, row: Installation) -> HttpResponse:
    """The head of the paper while the answers are typed."""
    del row
    form = OfficeForm(request.GET or None)
    return render(request, "web/setup/head.html", {"head": _head(form)})


def _numbers(request: HttpRequest, row: Installation) -> HttpResponse:
    if row.org is None:
        return redirect("web:first_run", step="co-quan")
    today = timezone.localdate()
    mode = policy_for(row.org, today).mode if row.numbers_set else PER_TYPE
    form = NumberForm(request.POST or None, initial={"mode": mode})
    if request.method == "POST" and form.is_valid():
        try:
            save_numbering(
                row.org,
                form.policy(),
                next_numbers=form.next_numbers(),
                next_arrival=form.cleaned_data["arrival"],
                year=today.year,
                actor=ACTOR,
            )
        except UserError as fault:
            form.add_error(None, fault.message)
        else:
            return redirect("web:first_run", step="tai-khoan")
    types = [form[name] for name in form.fields if name.startswith("type_")]
    return _page(request, row, "danh-so", form, types=types, year=today.year)


def _account(request: HttpRequest, row: Installation) -> HttpResponse:
    if row.org is None or not row.numbers_set:
        return redirect("web:first_run", step="danh-so" if row.org else "co-quan")
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        roles = [Role.ADMIN, *([Role.SECRETARY] if data["secretary"] else [])]
        try:
            user = make_first_account(
                username=data["username"],
                full_name=data["full_name"],
                password=data["password"],
                roles=roles,
            )
        except Conflict as fault:
            if not opening.is_open():
                raise
            form.add_error("username", fault.message)
        except DocgenError as fault:
            form.add_error(None, fault.message)
        else:
            login(request, user, backend=BACKEND)
            return redirect("web:setup_records")
    return _page(request, row, "tai-khoan", form)


def _sample(request: HttpRequest, row: Installation) -> HttpResponse:
    """Load the made-up store: only where nobody else can come in, for its passwords are known to all."""
    if request.method != "POST":
        return redirect("web:first_run")
    if row.org is not None or opening.served_to_others(_name(request)):
        raise Conflict(
            "Kho mẫu dùng mật khẩu chung ai cũng biết nên chỉ nạp vào kho trống, mở trên chính máy này."
        )
    load_sample()
    prepare_series(actor=by(ACTOR).actor)
    context = {"accounts": make_sample_accounts(), "password": PASSWORD}
    return render(request, "web/setup/sample.html", context)


_STEPS: dict[str, Step] = {
    "": _welcome,
    "co-quan": _office,
    "xem-tieu-de": _preview,
    "danh-so": _numbers,
    "tai-khoan": _account,
    "kho-mau": _sample,
}
