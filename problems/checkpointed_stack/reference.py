import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    """The gradient of the sum of the last layer's outputs with respect to all weights."""

    @jax.checkpoint
    def layer(h, weight):
        return jax.nn.relu(weight @ h), None

    def total(weights):
        return jnp.sum(jax.lax.scan(layer, x, weights)[0])

    return jax.grad(total)(weights)
