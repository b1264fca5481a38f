"""The judge and a problem, packed for a platform that runs them elsewhere."""
