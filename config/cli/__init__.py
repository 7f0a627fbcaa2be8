"""The docgen command line: verbs, shapes and exit codes of contract.md §2."""

from __future__ import annotations

from config.cli.main import main

__all__ = ["main"]
