"""Campaigns, the reports ministries send in them, their figures."""
