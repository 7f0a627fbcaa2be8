"""Addresses of the pages about the interface; the interface itself is mounted at /api/ (config.urls)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.api import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("ma-truy-cap/", views.tokens, name="tokens"),
    path("ma-truy-cap/<int:pk>/thu-hoi/", views.token_revoke, name="token_revoke"),
    path("ket-noi/", views.api_guide, name="api_guide"),
    path("ket-noi/openapi.json", views.api_schema, name="api_schema"),
]
