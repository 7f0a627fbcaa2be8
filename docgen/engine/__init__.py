"""Pure: template compiler and renderer, repack, PDF making. Imports core, docx, docxtpl, lxml, jinja2."""
