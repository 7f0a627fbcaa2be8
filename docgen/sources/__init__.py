"""From the record store to the data of a document kind, one module per kind, as of a date."""
