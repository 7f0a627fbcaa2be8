"""Request, context, render, issue: official documents from records. Imports registry, records, core."""
