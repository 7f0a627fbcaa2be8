"""Signing in and out, and changing one's own password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from web.models import Access, AccessLog, Account
from web.viewer import DeskRequest, desk, note_access, public

AFTER = "next"


@sensitive_post_parameters("password")
@never_cache
@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page of signing in; wrong tries are counted by django-axes, which shuts the door for a while."""
    if not User.objects.exists():
        return redirect("web:first_run")
    form = AuthenticationForm(request, data=request.POST or None)
    form.error_messages["invalid_login"] = (
        "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại."
    )
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        AccessLog.objects.create(
            actor=form.get_user().get_username(),
            action=Access.SIGNED_IN,
            address=request.META.get("REMOTE_ADDR") or None,
        )
        return HttpResponseRedirect(after(request))
    context = {"form": form, "next": request.POST.get(AFTER) or request.GET.get(AFTER, "")}
    return render(request, "web/session/sign_in.html", context)


def after(request: HttpRequest) -> str:
    """Where the person wanted to go: an address of this desk, else the first page."""
    wanted = request.POST.get(AFTER, "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and ours else "/"


@public
def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """What django-axes answers when too many tries were wrong."""
    return render(request, "web/session/locked_out.html", status=429)


@desk(methods=("POST",))
def sign_out(request: DeskRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("web:sign_in")


@sensitive_post_parameters()
@desk(methods=("GET", "POST"))
def change_password(request: DeskRequest) -> HttpResponse:
    """One's own password; the other sessions of the account end."""
    form = PasswordChangeForm(request.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        Account.objects.filter(user=request.user).update(must_change_password=False)
        note_access(request, Access.DID, f"account:{request.viewer.actor}", "đổi mật khẩu")
        return redirect("web:home")
    context = {"form": form, "forced": request.viewer.must_change_password}
    return render(request, "web/session/change_password.html", context)
