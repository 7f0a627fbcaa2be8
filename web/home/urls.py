"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.home import reports, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("dang-chay/", views.running, name="home_running"),
    path("chien-dich/", views.campaign, name="campaign"),
    path("chien-dich/chon/", views.choose_campaign, name="choose_campaign"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/tien-do.xlsx", reports.reports_xlsx, name="reports_xlsx"),
]
