"""Every fault alone, in the midst of a large batch, on every database and broker; and three worker hosts."""
