"""Findings: the queue, the steps of a decision, merges, common decisions, questions."""
