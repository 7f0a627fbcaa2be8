"""The pages of an officer of a reporting unit: own unit only."""
