"""Reports for other programs: which are asked for, and that each gets where it is to go."""
