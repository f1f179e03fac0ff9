"""Accounts, colleagues, and who may do what."""
