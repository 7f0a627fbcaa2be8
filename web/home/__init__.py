"""The first page: what waits for me, the campaign at a glance."""
