"""Pure: Vietnamese text, dates, numbers, symbols, errors, schema types, sheets, Word comments. Imports no room."""
