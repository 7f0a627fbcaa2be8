"""Django registration of the room."""

from __future__ import annotations

from django.apps import AppConfig


class DocgenConfig(AppConfig):
    """Name and label for Django."""

    name = "docgen"
    verbose_name = "Văn bản"
