"""The carry is a dict, with the number of the step beside key and position."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(state, _):
        next_key, subkey = jax.random.split(state["key"])
        new = {
            "key": next_key,
            "position": state["position"] + step_std * jax.random.normal(subkey),
            "step": state["step"] + 1,
        }
        return new, {"position": new["position"], "step": new["step"]}

    start = {"key": key, "position": jnp.zeros(()), "step": 0}
    _, history = jax.lax.scan(step, start, None, length=n_steps)
    return history["position"]
