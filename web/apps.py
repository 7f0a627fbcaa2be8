"""The desk as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Accounts, rights and pages."""

    name = "web"
    verbose_name = "Bàn làm việc"
