"""Django registration of the room."""

from __future__ import annotations

from django.apps import AppConfig


class WorkersConfig(AppConfig):
    """Name and label for Django."""

    name = "workers"
    verbose_name = "Máy chạy việc"
