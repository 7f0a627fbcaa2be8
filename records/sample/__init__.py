"""The made-up store of Lai Châu in 2024 and after 01/7/2025: `load_sample` fills an empty store."""

from __future__ import annotations

from records.sample.loading import SampleReport, load_sample

__all__ = ["SampleReport", "load_sample"]
