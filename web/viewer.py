"""The person at the desk during one request, and the door of every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote, urlsplit

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from core.errors import NotFound
from records.models import Person, UnionOrg
from web.models import Access, AccessLog, Account
from web.rights import Right, Role, rights_of, roles_named, who_may


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, with what rights, as whom in the records, and for which reporting unit."""

    user: User
    roles: frozenset[Role]
    rights: frozenset[Right]
    person: Person | None
    unit: UnionOrg | None
    must_change_password: bool = False

    @property
    def actor(self) -> str:
        """How logs name this person."""
        return self.user.get_username()

    @property
    def name(self) -> str:
        """How pages name this person."""
        return self.user.get_full_name() or self.user.get_username()

    @property
    def role_names(self) -> str:
        """The roles for people, in the order of the list of roles."""
        return ", ".join(role.value for role in Role if role in self.roles)

    def may(self, right: Right) -> bool:
        """Whether this person has a right."""
        return right in self.rights

    def own_unit(self) -> UnionOrg:
        """The reporting unit of an officer. Raises NotFound where the account names none."""
        if self.unit is None:
            raise NotFound(
                "Tài khoản này chưa gắn với đơn vị nào. Nhờ người quản trị gắn đơn vị rồi mở lại trang."
            )
        return self.unit


class DeskRequest(HttpRequest):
    """A request as views of the desk get it: signed in, its viewer known. For types only."""

    user: User
    viewer: Viewer
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]


def viewer_of(user: User) -> Viewer:
    """The viewer behind a signed-in user, in two queries."""
    roles = roles_named(user.groups.values_list("name", flat=True))
    account = Account.objects.select_related("person", "unit").filter(user=user).first()
    return Viewer(
        user=user,
        roles=roles,
        rights=rights_of(roles),
        person=account.person if account else None,
        unit=account.unit if account else None,
        must_change_password=bool(account and account.must_change_password),
    )


def desk(*rights: Right, methods: Sequence[str] = ("GET", "HEAD")) -> Callable[[View], View]:
    """Opens a view to those signed in who have one of these rights (all signed in, when none is named)."""

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            user = request.user
            if isinstance(user, AnonymousUser) or not isinstance(user, User):
                return to_sign_in(request)
            viewer = viewer_of(user)
            request.viewer = viewer  # type: ignore[attr-defined]
            if viewer.must_change_password and view.__name__ not in ("change_password", "sign_out"):
                return HttpResponseRedirect(reverse("web:change_password"))
            if rights and not any(viewer.may(right) for right in rights):
                return no_right(request, rights[0])
            return view(request, *args, **kwargs)

        guarded.rights = rights  # type: ignore[attr-defined]
        guarded.door = "desk"  # type: ignore[attr-defined]
        return guarded

    return door


def public(view: View) -> View:
    """Marks a view that is open without signing in; the tests know every one of them by name."""
    view.door = "public"  # type: ignore[attr-defined]
    return view


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the page of signing in, and back afterwards. What was typed stays in the browser's tab.

    On a store without any account there is nobody to sign in: to the first run.
    """
    if not User.objects.exists():
        return HttpResponseRedirect(reverse("web:first_run"))
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    here = request.get_full_path()
    if htmx:
        here = htmx.current_url_abs_path or "/"
    elif (
        request.method != "GET"
    ):  # what was sent cannot be sent again: back to the page with the form
        here = page_before(request)
    address = f"{reverse('web:sign_in')}?next={quote(here)}"
    return HttpResponseClientRedirect(address) if htmx else HttpResponseRedirect(address)


def page_before(request: HttpRequest) -> str:
    """The page of this desk from which a request came, as a path."""
    came = urlsplit(str(request.META.get("HTTP_REFERER", "")))
    if came.netloc != request.get_host():
        return "/"
    return came.path + (f"?{came.query}" if came.query else "")


def no_right(request: HttpRequest, right: Right) -> HttpResponse:
    """The page that says why not, and who can."""
    context = {"right": right.value, "who": who_may(right)}
    return render(request, "web/no_right.html", context, status=403)


def note_access(request: HttpRequest, action: Access, subject: str, note: str = "") -> None:
    """Write into the log that this person saw or took something."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    AccessLog.objects.create(
        actor=viewer.actor,
        action=action,
        subject=subject[:120],
        note=note[:300],
        address=request.META.get("REMOTE_ADDR") or None,
    )
