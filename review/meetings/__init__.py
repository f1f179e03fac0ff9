"""Meetings of the task force: agenda, live decisions, minutes."""
