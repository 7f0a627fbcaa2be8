"""The rules, one small function each, by the part of the paper they look at. Pure."""
