"""The last line is not indented like the others."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total
  return jax.lax.scan(body, 0.0, x, reverse=True)[1]
