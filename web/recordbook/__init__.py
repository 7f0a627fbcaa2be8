"""Enterprises, unions, people, organisations, quotas, founding cases, import."""
