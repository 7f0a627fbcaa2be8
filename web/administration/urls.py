"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.administration import (
    account_views,
    delegation_views,
    fact_views,
    journal_views,
    personal_views,
    upkeep_views,
    views,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/", views.administration, name="administration"),
    path("quan-tri/tai-khoan/", account_views.account_list, name="accounts"),
    path("quan-tri/tai-khoan/them/", account_views.account_new, name="account_new"),
    path("quan-tri/tai-khoan/<int:pk>/", account_views.account, name="account"),
    path(
        "quan-tri/tai-khoan/<int:pk>/mat-khau/",
        account_views.account_password,
        name="account_password",
    ),
    path("quan-tri/tai-khoan/<int:pk>/khoa/", account_views.account_lock, name="account_lock"),
    path(
        "quan-tri/tai-khoan/<int:pk>/mo-khoa/", account_views.account_unlock, name="account_unlock"
    ),
    path("quan-tri/nhat-ky/", journal_views.log_page, name="log"),
    path("quan-tri/nhat-ky/tai-ve/", journal_views.log_workbook, name="log_workbook"),
    path("quan-tri/du-kien/", fact_views.fact_list, name="facts"),
    path("quan-tri/du-kien/<int:pk>/", fact_views.fact_confirm, name="fact_confirm"),
    path("quan-tri/he-thong/", upkeep_views.health, name="health"),
    path("quan-tri/sao-luu/", upkeep_views.backups, name="backups"),
    path("quan-tri/sao-luu/<int:pk>/tai-ve/", upkeep_views.backup_download, name="backup_download"),
    path("quan-tri/du-lieu-ca-nhan/", personal_views.data_requests, name="data_requests"),
    path(
        "quan-tri/du-lieu-ca-nhan/them/", personal_views.data_request_new, name="data_request_new"
    ),
    path("quan-tri/du-lieu-ca-nhan/<int:pk>/", personal_views.data_request, name="data_request"),
    path(
        "quan-tri/du-lieu-ca-nhan/<int:pk>/lam/",
        personal_views.data_request_act,
        name="data_request_act",
    ),
    path(
        "quan-tri/du-lieu-ca-nhan/<int:pk>/xuat.<str:form>",
        personal_views.data_request_export,
        name="data_request_export",
    ),
    path("uy-quyen-ky/", delegation_views.delegations, name="delegations"),
    path("uy-quyen-ky/<int:pk>/ket-thuc/", delegation_views.delegation_end, name="delegation_end"),
]
