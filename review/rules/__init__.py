"""Versions of the criteria and their trial on stored acts."""
