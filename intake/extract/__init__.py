"""From what a reader saw to the values of a form kind. Pure: knows no Django and no store."""
