"""Django registration of the room."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Name and label for Django."""

    name = "records"
    verbose_name = "Hồ sơ"
