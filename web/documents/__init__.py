"""Composing a paper, its page, approval."""
