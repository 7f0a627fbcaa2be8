"""The first run: an empty store becomes an office; sample accounts."""
