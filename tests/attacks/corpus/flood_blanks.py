"""Print ten megabytes of blanks, then be right."""
# expect: output_limit_exceeded

print(' ' * (10 << 20), flush=True)
