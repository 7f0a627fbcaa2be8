"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.returns import decisions, received, reviews, rounds

urlpatterns: list[URLPattern | URLResolver] = [
    path("dot-thu-phieu/", rounds.rounds, name="rounds"),
    path("dot-thu-phieu/moi/", rounds.new_round, name="round_new"),
    path("dot-thu-phieu/moi/don-vi/", rounds.units_part, name="round_units"),
    path("dot-thu-phieu/<int:pk>/", rounds.round_page, name="round"),
    path("dot-thu-phieu/<int:pk>/tien-do/", rounds.progress, name="round_progress"),
    path("dot-thu-phieu/<int:pk>/tao-lai/", rounds.retry, name="round_retry"),
    path("dot-thu-phieu/<int:pk>/tai-ve.zip", rounds.take_all, name="round_zip"),
    path("dot-thu-phieu/<int:pk>/<slug:unit>/", rounds.unit_page, name="round_unit"),
    path("dot-thu-phieu/<int:pk>/<slug:unit>/tai-ve.zip", rounds.take_unit, name="round_unit_zip"),
    path("phieu-phat/<int:serial>/", rounds.take_form, name="given_form"),
    path("phieu-da-nhan/", received.received, name="received"),
    path("phieu-da-nhan/nop/", received.upload, name="received_upload"),
    path("phieu-da-nhan/<int:pk>/", received.line, name="received_line"),
    path("phieu-da-nhan/<int:pk>/tep-goc/", received.original, name="received_original"),
    path("phieu-da-nhan/<int:pk>/doc-lai/", received.read_anew, name="received_again"),
    path("kiem-tra-phieu/", reviews.reviews, name="reviews"),
    path("kiem-tra-phieu/<int:pk>/", reviews.review, name="review"),
    path("kiem-tra-phieu/<int:pk>/trang-<int:page>.png", reviews.page_picture, name="review_page"),
    path("kiem-tra-phieu/<int:pk>/trang/", reviews.pages_part, name="review_pages"),
    path("kiem-tra-phieu/<int:pk>/se-ghi/", reviews.preview_part, name="review_preview"),
    path("kiem-tra-phieu/<int:pk>/quyet-dinh/", decisions.decide, name="review_decide"),
    path("kiem-tra-phieu/<int:pk>/kiem-tra-lai/", decisions.recheck, name="review_recheck"),
    path("kiem-tra-phieu/<int:pk>/tra-lai/", decisions.send_back_form, name="review_send_back"),
    path("kiem-tra-phieu/<int:pk>/nhap/", decisions.apply_form, name="review_apply"),
]
