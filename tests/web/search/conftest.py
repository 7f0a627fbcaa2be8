"""The same clients as for the records."""

from __future__ import annotations

from tests.web.recordbook.conftest import filed, officer, reader, sample, sample_rows, specialist

__all__ = ["filed", "officer", "reader", "sample", "sample_rows", "specialist"]
