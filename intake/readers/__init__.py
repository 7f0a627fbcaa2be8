"""Pure: docx, xlsx, pdf, scan to RawForm."""
