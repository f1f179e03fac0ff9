"""Tables that ministries fill in and send back, and their own lists."""
