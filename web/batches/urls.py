"""Addresses of this section."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from web.batches import deeds, taking, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("dot-phat-hanh/", views.batches, name="batches"),
    path("dot-phat-hanh/moi/", views.new_batch, name="batch_new"),
    path("dot-phat-hanh/<int:batch_id>/", views.batch, name="batch"),
    path("dot-phat-hanh/<int:batch_id>/kiem-tra/", views.check, name="batch_check"),
    path("dot-phat-hanh/<int:batch_id>/kiem-tra/tiep/", deeds.check_on, name="batch_check_on"),
    path("dot-phat-hanh/<int:batch_id>/kiem-tra/lai/", deeds.check_again, name="batch_check_again"),
    path("dot-phat-hanh/<int:batch_id>/con-thieu.xlsx", taking.missing, name="batch_missing"),
    path("dot-phat-hanh/<int:batch_id>/thu-tu/", views.order, name="batch_order"),
    path("dot-phat-hanh/<int:batch_id>/tien-do/", views.progress, name="batch_progress"),
    path("dot-phat-hanh/<int:batch_id>/chay/", deeds.run, name="batch_run"),
    path("dot-phat-hanh/<int:batch_id>/tam-dung/", deeds.pause, name="batch_pause"),
    path("dot-phat-hanh/<int:batch_id>/huy/", deeds.cancel, name="batch_cancel"),
    path("dot-phat-hanh/<int:batch_id>/tao-lai/", deeds.retry, name="batch_retry"),
    path("dot-phat-hanh/<int:batch_id>/ky/", deeds.sign, name="batch_sign"),
    path("dot-phat-hanh/<int:batch_id>/cap-so/", deeds.issue, name="batch_issue"),
    path("dot-phat-hanh/<int:batch_id>/tao-pdf/", deeds.make_pdfs, name="batch_pdfs"),
    path("dot-phat-hanh/<int:batch_id>/tai-ve/", taking.take, name="batch_take"),
    path("dot-phat-hanh/<int:batch_id>/tai-ve.zip", taking.archive, name="batch_zip"),
    path("dot-phat-hanh/<int:batch_id>/ban-in.pdf", taking.prints, name="batch_print"),
]
