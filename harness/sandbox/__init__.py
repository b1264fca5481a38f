"""Runs a submission in a child process of its own and brings back data."""
