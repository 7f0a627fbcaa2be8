"""Addresses of the papers: composing, the list, one paper, what waits."""

from __future__ import annotations

from django.urls import path

from web.documents import compose, handwork, steps, views

urlpatterns = [
    path("soan/", compose.kinds, name="compose"),
    path("soan/mau/<str:sha256>.png", compose.card_png, name="compose_card"),
    path("soan/mau/<slug:kind>/", compose.sample_picture, name="compose_picture"),
    path("soan/xem/<str:sha256>/", compose.preview, name="compose_preview"),
    path("soan/xem/<str:sha256>/<int:number>.png", compose.preview_png, name="compose_page"),
    path("soan/xem/<str:sha256>/pdf/", compose.preview_as_pdf, name="compose_preview_pdf"),
    path("soan/do-dang/<int:pk>/bo/", compose.drop, name="compose_drop"),
    path("soan/<slug:kind>/", compose.subjects, name="compose_subject"),
    path("soan/<slug:kind>/<path:record>/", compose.write, name="compose_paper"),
    path("cho-duyet/", views.approvals, name="approvals"),
    path("van-ban/", views.listing, name="documents"),
    path("van-ban/<uuid:pk>/", views.page, name="document"),
    path("van-ban/<uuid:pk>/to-giay/", views.paper_part, name="document_paper"),
    path("van-ban/<uuid:pk>/trang-<int:number>.png", views.page_png, name="document_page"),
    path("van-ban/<uuid:pk>/word/", views.word, name="document_word"),
    path("van-ban/<uuid:pk>/pdf/", views.pdf, name="document_pdf"),
    path("van-ban/<uuid:pk>/sua/", compose.rewrite, name="document_edit"),
    path("van-ban/<uuid:pk>/sua-tay/", handwork.upload, name="document_handwork"),
    path("van-ban/<uuid:pk>/sua-tay/bo/", handwork.drop, name="document_handwork_drop"),
    path("van-ban/<uuid:pk>/trinh/", steps.submit, name="document_submit"),
    path("van-ban/<uuid:pk>/duyet/", steps.approve, name="document_approve"),
    path("van-ban/<uuid:pk>/tra-lai/", steps.send_back, name="document_return"),
    path("van-ban/<uuid:pk>/cap-so/", steps.number, name="document_number"),
    path("van-ban/<uuid:pk>/thu-hoi/", steps.recall, name="document_recall"),
    path("van-ban/<uuid:pk>/thay-the/", steps.replace, name="document_replace"),
]
