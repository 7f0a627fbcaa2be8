"""The record store: organisations, people, enterprises, unions, campaigns, quotas, change log, dated. Imports core."""
