"""Word templates: versions, lint, trial, publishing."""
