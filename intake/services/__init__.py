"""The services of intake: receive, read, check, review, apply, report."""
