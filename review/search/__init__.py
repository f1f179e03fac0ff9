"""Searching provisions by address, words and meaning; similar provisions."""
