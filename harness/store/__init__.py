"""What the server keeps: accounts, problems, submissions and their verdicts, in SQL."""
