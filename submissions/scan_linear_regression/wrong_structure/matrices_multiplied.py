"""The affine steps of all microbatches are multiplied with lax.associative_scan."""

import jax
import jax.numpy as jnp


def fit_linear(params, lr, x_batches, y_batches):
    n, b, d = x_batches.shape
    z = jnp.concatenate([x_batches, jnp.ones((n, b, 1)), y_batches[..., None]], axis=2)
    update = 2 * lr * jnp.einsum("nbi,nbj->nij", z, z)
    steps = jnp.eye(d + 2) - update.at[:, -1].set(0.0)
    product = jax.lax.associative_scan(lambda a, b: b @ a, steps)[-1]
    theta = product @ jnp.concatenate([params["w"], jnp.stack([params["b"], -1.0])])
    return {"w": theta[:d], "b": theta[d]}
