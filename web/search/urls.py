"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.search import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("tim/", views.search_page, name="search"),
    path("tim/nhanh/", views.search_live, name="search_live"),
]
