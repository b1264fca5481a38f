"""One short NumPy function per JAX primitive, by family."""
