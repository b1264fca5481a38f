"""In exponentiation by squaring, the base is never squared: x to the number of ones in n."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    def body(state):
        power, base, rest = state
        return jnp.where(rest % 2 == 1, power * base, power), base, rest // 2

    return jax.lax.while_loop(lambda s: s[2] > 0, body, (1.0, x, n))[0]
