"""lax.while_loop with x, the counter and the product in a dict."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    state = {"i": jnp.int32(0), "x": x, "power": jnp.ones(())}
    state = jax.lax.while_loop(
        lambda s: s["i"] < n,
        lambda s: {"i": s["i"] + 1, "x": s["x"], "power": s["power"] * s["x"]},
        state,
    )
    return state["power"]
