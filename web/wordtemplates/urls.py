"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.wordtemplates import trial, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("mau-van-ban/", views.templates, name="wordtemplates"),
    path("mau-van-ban/ten-truong/", views.names, name="template_names"),
    path("mau-van-ban/thu/<str:token>/", trial.trial, name="template_trial"),
    path("mau-van-ban/thu/<str:token>/co-loi.docx", trial.marked, name="template_marked"),
    path("mau-van-ban/thu/<str:token>/ban-thu.docx", trial.filled, name="template_filled"),
    path("mau-van-ban/thu/<str:token>/trang/", trial.pages, name="template_pages"),
    path("mau-van-ban/thu/<str:token>/trang/<int:page>.png", trial.page, name="template_page"),
    path("mau-van-ban/thu/<str:token>/ban-hanh/", trial.publish, name="template_publish"),
    path("mau-van-ban/<slug:kind>/<slug:name>/", views.template, name="wordtemplate"),
    path("mau-van-ban/<slug:kind>/<slug:name>/thu/", trial.send, name="template_send"),
    path(
        "mau-van-ban/<slug:kind>/<slug:name>/<int:version>.docx", views.take, name="template_take"
    ),
]
