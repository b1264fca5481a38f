"""Pure judgement on NumPy, hypothesis and the standard library: no effects, no clocks, no JAX."""
