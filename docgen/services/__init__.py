"""What can be done with documents: request, submit, sign, issue, recall, replace, render, batch.

Services write; they never enqueue. Callers (commands, pages) call a service and then workers.dispatch.
"""
