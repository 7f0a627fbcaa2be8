"""Builds the shipped Word templates with python-docx: named styles, shared blocks, one recipe per template."""
