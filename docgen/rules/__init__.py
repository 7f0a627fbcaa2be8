"""Pure: the format rules (thể thức) and their checker."""
