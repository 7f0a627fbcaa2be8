"""Official numbers, outgoing and incoming registers, stored files. Imports records and core."""
