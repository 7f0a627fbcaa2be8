"""Outgoing and incoming books."""
