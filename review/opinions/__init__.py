"""Independent opinions of the task force, their agreement, conclusions, the thread after them."""
