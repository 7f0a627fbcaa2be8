"""Checking the format of any Word file."""
