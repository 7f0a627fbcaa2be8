"""Returned file to checked records. Imports registry, records, core."""
