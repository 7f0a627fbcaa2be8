"""The sample store, for the pages of batches."""

from __future__ import annotations

from tests.sample import sample, sample_rows

__all__ = ["sample", "sample_rows"]
