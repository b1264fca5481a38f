"""An exponential moving average is returned: each element has the fixed weight 0.1."""

import jax


def running_mean(x):
    def body(mean, value):
        mean = 0.9 * mean + 0.1 * value
        return mean, mean

    return jax.lax.scan(body, 0.0, x)[1]
