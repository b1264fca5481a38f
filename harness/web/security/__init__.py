"""Who may do what, and what no page and no answer may lack."""
