"""What exports print, read from the store as plain records."""
