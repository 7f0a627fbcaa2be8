"""Pure: Vietnamese text, dates, numbers, identifiers, symbols, errors, schema types, sheets. Imports no other room."""
