"""Reading returned forms against pdfplumber: processor time and exact fields on the same pages, in one run."""
