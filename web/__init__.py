"""The desk: views, forms, HTML templates, static files, API. Imports workers and below."""
