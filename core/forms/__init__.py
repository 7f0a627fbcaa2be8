"""One declaration per form kind: fields, labels, rules. Pure."""
