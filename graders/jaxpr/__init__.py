"""A traced program as data: its form, its wire format, and the questions one can ask of it."""
