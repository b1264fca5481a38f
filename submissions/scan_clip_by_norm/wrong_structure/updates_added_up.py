"""A Python loop finds every clipped update; the scan only adds them up."""

import jax
import jax.numpy as jnp


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    v, updates = w, []
    for x, y in zip(x_batches, y_batches):
        g = 2.0 * jnp.sum(x * (v * x - y))
        updates.append(-lr * jnp.clip(g, -max_norm, max_norm))
        v = v + updates[-1]
    return jax.lax.scan(lambda w, u: (w + u, None), w, jnp.stack(updates))[0]
