"""Celery app, dispatch, thin tasks, sweep. Imports docgen, intake, registry, records, core."""
