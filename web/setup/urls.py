"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.setup import records, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("thiet-lap/ho-so/", records.setup_records, name="setup_records"),
    path("thiet-lap/ho-so/bieu-mau/", records.setup_workbook, name="setup_workbook"),
    path("thiet-lap/", views.first_run, name="first_run"),
    path("thiet-lap/<slug:step>/", views.first_run, name="first_run"),
]
