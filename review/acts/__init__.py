"""Acts in the store: loading, reading, newer texts, effect, references."""
