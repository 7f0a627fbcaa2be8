"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.unit import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("don-vi/", views.unit, name="unit"),
    path("don-vi/phieu/", views.due, name="unit_due"),
    path("don-vi/phieu/<int:serial>/", views.take_form, name="unit_form"),
    path("don-vi/phieu/dot-<int:pk>.zip", views.take_round, name="unit_zip"),
    path("don-vi/mau-trong/<slug:kind>.<slug:form>", views.blank, name="unit_blank"),
    path("don-vi/nop/", views.upload, name="unit_upload"),
    path("don-vi/da-nop/", views.sent, name="unit_sent"),
    path("don-vi/da-nop/<int:pk>/", views.line, name="unit_line"),
    path("don-vi/da-nop/<int:pk>/tep-goc/", views.original, name="unit_original"),
    path("don-vi/tien-do/", views.progress, name="unit_progress"),
]
