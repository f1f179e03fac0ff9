"""The two campaigns of the demo, told through the services."""
