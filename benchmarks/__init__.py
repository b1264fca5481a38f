"""Measurements, each side by side with an alternative in one run."""
