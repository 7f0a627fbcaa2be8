"""Schema history of documents and batches."""
