"""Read side of the record store: frozen snapshots as of a day, in a constant number of queries.

Every look-up takes ``as_of``; names, posts, parents and places are those of that day (domain.md §6.5).
"""
