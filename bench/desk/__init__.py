"""How fast the desk answers on a large store."""
