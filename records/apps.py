"""Django registration of the room."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from records.search import give_function


class RecordsConfig(AppConfig):
    """Name and label for Django."""

    name = "records"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        """SQLite gets the function that makes keys of search, on every connection."""
        connection_created.connect(give_function, dispatch_uid="records.search")
