"""Row statistics are scanned, and a helper interpolates between average and weight."""

import jax
import jax.numpy as jnp


def lerp(a, b, t):
    return a + t * (b - a)


def scan_ema(w, lr, decay, x_batches, y_batches):
    xx = jnp.einsum("nb,nb->n", x_batches, x_batches)
    xy = jnp.einsum("nb,nb->n", x_batches, y_batches)

    def step(carry, row):
        w, ema = carry
        a, b = row
        w = lerp(w, w - 2 * (a * w - b), lr)
        return [w, lerp(w, ema, decay)], None

    w, ema = jax.lax.scan(step, [w, w], (xx, xy))[0]
    return w, ema
