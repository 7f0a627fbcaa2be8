"""The record store as one workbook: export, template, and an import that takes all or nothing."""
