"""Vietnamese formats of Django, where its own are wrong for this office."""
