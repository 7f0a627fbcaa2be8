"""Schema history of the record store."""
