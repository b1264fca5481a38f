"""Takes judgings from the queue and judges them, on this machine or on many."""
