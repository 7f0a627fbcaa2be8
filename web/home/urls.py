"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.home import views

urlpatterns: list[URLPattern | URLResolver] = [path("", views.home, name="home")]
