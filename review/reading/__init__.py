"""What to read next, and samples of what nothing flagged."""
