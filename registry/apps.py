"""Django registration of the room."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Name and label for Django."""

    name = "registry"
    verbose_name = "Sổ văn bản"
