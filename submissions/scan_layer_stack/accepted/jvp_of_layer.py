"""Each layer is applied as its own derivative, by jax.jvp: a linear map is its derivative."""

import jax
import jax.numpy as jnp


def scan_apply_layers(weights, x):
    def layer(h, weight):
        _, moved = jax.jvp(lambda v: weight @ v, (jnp.zeros_like(h),), (h,))
        return moved, None

    return jax.lax.scan(layer, x, weights)[0]
