"""A batch of founding decisions against one Celery task a document."""
