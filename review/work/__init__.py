"""Whose work it is: assignment, claims, lists, drafts, hand-over, succession."""
