"""Pure judgement: numpy, hypothesis and the standard library; no files, processes, clocks or JAX."""
