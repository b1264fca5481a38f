"""What verifying problem packages found, for people and for programs."""
