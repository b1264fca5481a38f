"""value_and_grad, of which the value is not needed."""

import jax
import jax.numpy as jnp


@jax.jit
def checkpointed_grad(weights, x):
    def loss(weights):
        def body(h, w):
            return jax.nn.relu(jnp.matmul(w, h)), None

        return jnp.sum(jax.lax.scan(jax.checkpoint(body), x, weights)[0])

    _, grads = jax.value_and_grad(loss)(weights)
    return grads
