"""Measurements for developers; nothing of the product imports this."""
