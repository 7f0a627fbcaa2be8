"""Backup and restore: database, files and secret key of one store as one archive that proves itself."""
