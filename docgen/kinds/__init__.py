"""One module per document kind: schema, cross-field rules, template context. Pure."""
