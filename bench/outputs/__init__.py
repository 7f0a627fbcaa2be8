"""Ways to keep many files, the export, and PDFs a second: figures for the choices of item 5 and 6."""
