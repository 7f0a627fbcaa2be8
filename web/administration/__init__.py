"""Accounts, rights, delegation, logs, personal data, settings."""
