"""Filling Word templates: docgen, its peers and the floor, side by side."""
