"""Small changes to a reference, and whether a problem's batches tell them from it."""
