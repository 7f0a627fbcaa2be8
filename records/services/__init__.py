"""Write side of the record store: checked, and logged with before and after in the same transaction."""
