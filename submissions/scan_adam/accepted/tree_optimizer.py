"""An optimizer over trees of parameters, in the style of optax."""

import jax
import jax.numpy as jnp


def adam_init(params):
    zeros = jax.tree.map(jnp.zeros_like, params)
    return {"m": zeros, "v": zeros, "t": jnp.int32(0)}


def adam_update(grads, state, lr):
    t = state["t"] + 1
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, state["m"], grads)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g**2, state["v"], grads)
    first, second = 1 - jnp.power(0.9, t), 1 - jnp.power(0.999, t)
    updates = jax.tree.map(
        lambda m, v: -lr * (m / first) / (jnp.sqrt(v / second) + 1e-8), m, v
    )
    return updates, {"m": m, "v": v, "t": t}


def scan_adam(w, lr, x_batches, y_batches):
    params = {"w": w}

    def step(carry, batch):
        params, state = carry
        grads = jax.grad(lambda p: jnp.sum((p["w"] * batch["x"] - batch["y"]) ** 2))(params)
        updates, state = adam_update(grads, state, lr)
        return (jax.tree.map(jnp.add, params, updates), state), None

    batches = {"x": x_batches, "y": y_batches}
    (params, _), _ = jax.lax.scan(step, (params, adam_init(params)), batches)
    return params["w"]
