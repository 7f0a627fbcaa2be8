"""Django's entry for this room."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Tables of received files and returned forms."""

    name = "intake"
    verbose_name = "Biểu mẫu gửi về"
