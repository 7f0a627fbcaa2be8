"""The record store: organisation tree, people, enterprises, unions, campaigns, quotas, change log, all dated. Imports core."""
