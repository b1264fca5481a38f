"""Grades many files: finds them, judges them in several processes, and counts."""
