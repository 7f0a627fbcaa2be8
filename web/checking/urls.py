"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.checking import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("kiem-tra-the-thuc/", views.check_paper, name="check_paper"),
    path("kiem-tra-the-thuc/tiep/", views.check_next, name="check_next"),
    path("kiem-tra-the-thuc/<str:token>/", views.paper, name="paper"),
    path("kiem-tra-the-thuc/<str:token>/xoa/", views.drop, name="paper_drop"),
    path("kiem-tra-the-thuc/<str:token>/trang/", views.pages, name="paper_pages"),
    path("kiem-tra-the-thuc/<str:token>/trang/<int:page>.png", views.page, name="paper_page"),
    path("kiem-tra-the-thuc/<str:token>/<str:which>.docx", views.copy, name="paper_copy"),
]
