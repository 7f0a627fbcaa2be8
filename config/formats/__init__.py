"""Input and output formats by language."""
