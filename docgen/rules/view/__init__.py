"""A Word file as a reader sees it: paragraphs with their effective looks, drawn rules, sections. Pure."""
