"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.unit import views

urlpatterns: list[URLPattern | URLResolver] = [path("don-vi/", views.unit, name="unit")]
