"""jax.vjp, pulled back from a vector of ones."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    out, back = jax.vjp(lambda ws: jax.lax.scan(body, x, ws)[0], weights)
    return back(jnp.ones_like(out))[0]
