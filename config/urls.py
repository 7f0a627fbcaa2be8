"""Addresses: the desk, its API, and Django's own pages of users and groups for the administrator."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from web.api.endpoints import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/nhom/", admin.site.urls),
    path("api/", api.urls),
    path("", include("web.urls")),
]

handler400 = "web.errors.bad_request"
handler403 = "web.errors.forbidden"
handler404 = "web.errors.not_found"
handler500 = "web.errors.server_error"
