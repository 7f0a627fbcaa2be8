"""Addresses of the registers: outgoing and incoming books, their entries and files."""

from __future__ import annotations

from django.urls import path

from web.registers import incoming, outgoing

urlpatterns = [
    path("so-van-ban-di/", outgoing.book, name="outgoing"),
    path("so-van-ban-di/in/<str:form>/", outgoing.printed, name="outgoing_file"),
    path("so-van-ban-di/<int:pk>/", outgoing.entry, name="outgoing_entry"),
    path("so-van-ban-di/<int:pk>/ban-quet/", outgoing.scan, name="outgoing_scan"),
    path("so-van-ban-di/<int:pk>/chuyen/", outgoing.sent, name="outgoing_sent"),
    path("so-van-ban-den/", incoming.book, name="incoming"),
    path("so-van-ban-den/in/<str:form>/", incoming.printed, name="incoming_file"),
    path("so-van-ban-den/moi/", incoming.new, name="incoming_new"),
    path("so-van-ban-den/<int:pk>/", incoming.entry, name="incoming_entry"),
    path("so-van-ban-den/<int:pk>/tep/", incoming.file, name="incoming_file_of"),
]
