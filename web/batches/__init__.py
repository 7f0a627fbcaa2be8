"""Batches of papers."""
