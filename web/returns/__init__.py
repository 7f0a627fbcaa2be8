"""Rounds of forms, what came back, review."""
