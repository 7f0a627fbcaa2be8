"""Returned file to checked records. Imports registry, records, core."""

from __future__ import annotations

from intake.read import read_form

__all__ = ["read_form"]
