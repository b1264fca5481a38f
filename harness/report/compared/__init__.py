"""What changed between two runs over the same submissions, for people and for programs."""
