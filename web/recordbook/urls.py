"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.recordbook import enterprises, imports, orgs, people, quotas

urlpatterns: list[URLPattern | URLResolver] = [
    path("ho-so/doanh-nghiep/", enterprises.enterprises, name="enterprises"),
    path("ho-so/doanh-nghiep/them/", enterprises.enterprise_new, name="enterprise_new"),
    path("ho-so/doanh-nghiep/<slug:code>/", enterprises.enterprise, name="enterprise"),
    path(
        "ho-so/doanh-nghiep/<slug:code>/sua/", enterprises.enterprise_edit, name="enterprise_edit"
    ),
    path("ho-so/doanh-nghiep/<slug:code>/mo-ho-so/", enterprises.case_open, name="case_open"),
    path("ho-so/thanh-lap/<slug:code>/", enterprises.case, name="case"),
    path("ho-so/thanh-lap/<slug:code>/chuyen-buoc/", enterprises.case_move, name="case_move"),
    path("ho-so/thanh-lap/<slug:code>/so-lieu/", enterprises.case_edit, name="case_edit"),
    path("ho-so/cong-doan-co-so/", orgs.unions, name="unions"),
    path("ho-so/cong-doan-co-so/<slug:code>/", orgs.org, name="union"),
    path("ho-so/to-chuc/", orgs.orgs, name="orgs"),
    path("ho-so/to-chuc/<slug:code>/", orgs.org, name="org"),
    path("ho-so/nguoi/", people.people, name="people"),
    path("ho-so/nguoi/<slug:code>/", people.person, name="person"),
    path("ho-so/nguoi/<slug:code>/sua/", people.person_edit, name="person_edit"),
    path("ho-so/chi-tieu/", quotas.quotas, name="quotas"),
    path("ho-so/phan-cong/", quotas.assignments, name="assignments"),
    path("ho-so/phan-cong/<int:pk>/ket-thuc/", quotas.assignment_end, name="assignment_end"),
    path("ho-so/nhap/", imports.records_import, name="records_import"),
    path("ho-so/nhap/<int:pk>/", imports.records_import_one, name="records_import_one"),
    path("ho-so/nhap/<int:pk>/ghi/", imports.records_import_apply, name="records_import_apply"),
    path("ho-so/nhap/<int:pk>/bo/", imports.records_import_drop, name="records_import_drop"),
    path("ho-so/nhap/bieu-trong.xlsx", imports.records_blank, name="records_blank"),
    path("ho-so/xuat.xlsx", imports.records_export, name="records_export"),
]
