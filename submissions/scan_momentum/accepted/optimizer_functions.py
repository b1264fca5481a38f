"""An optimizer in the style of optax: init and update functions over a tree of parameters."""

import jax
import jax.numpy as jnp


def momentum(lr, beta):
    def init(params):
        return jax.tree.map(jnp.zeros_like, params)

    def update(grads, trace):
        trace = jax.tree.map(lambda t, g: beta * t + g, trace, grads)
        return jax.tree.map(lambda t: -lr * t, trace), trace

    return init, update


def scan_momentum(w, lr, beta, x_batches, y_batches):
    init, update = momentum(lr, beta)
    params = {"w": w}

    def step(carry, batch):
        params, trace = carry
        grads = jax.grad(lambda p: jnp.sum((p["w"] * batch["x"] - batch["y"]) ** 2))(params)
        updates, trace = update(grads, trace)
        return (jax.tree.map(jnp.add, params, updates), trace), None

    batches = {"x": x_batches, "y": y_batches}
    (params, _), _ = jax.lax.scan(step, (params, init(params)), batches)
    return params["w"]
