"""A relu with a custom_jvp rule, inside the checkpointed body."""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def relu(z):
    return jnp.maximum(z, 0)


@relu.defjvp
def relu_jvp(primals, tangents):
    (z,), (dz,) = primals, tangents
    return relu(z), jnp.where(z > 0, dz, 0)


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (relu(w @ h), None))
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
