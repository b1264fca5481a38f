"""Everything that runs inside the child process, beside the submission."""
