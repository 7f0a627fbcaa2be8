"""Blank forms and printable registers as Word files."""
