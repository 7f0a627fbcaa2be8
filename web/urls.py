"""Addresses of the desk, section by section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "web"

SECTIONS = (
    "session",
    "setup",
    "home",
    "search",
    "documents",
    "batches",
    "registers",
    "returns",
    "recordbook",
    "wordtemplates",
    "checking",
    "administration",
    "unit",
    "api",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"web.{section}.urls")) for section in SECTIONS
]
