"""The vector of outputs is differentiated without a sum."""

import jax


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    return jax.grad(lambda ws: jax.lax.scan(body, x, ws)[0])(weights)
