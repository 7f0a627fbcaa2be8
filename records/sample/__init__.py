"""The synthetic sample store: Lai Châu in 2024 and after 01/7/2025, deterministic."""
