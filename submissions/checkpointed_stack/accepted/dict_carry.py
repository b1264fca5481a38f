"""The carry is a dict with the activation and the number of the layer."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    @jax.checkpoint
    def body(carry, w):
        h = jax.nn.relu(w @ carry["h"])
        return {"h": h, "layer": carry["layer"] + 1}, None

    def loss(weights):
        last, _ = jax.lax.scan(body, {"h": x, "layer": 0}, weights)
        return jnp.sum(last["h"])

    return jax.grad(loss)(weights)
