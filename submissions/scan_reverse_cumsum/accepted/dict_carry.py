"""Carry, scanned input and output are dicts."""

import jax


def reverse_cumsum(x):
    def body(carry, row):
        suffix = carry["suffix"] + row["x"]
        return {"suffix": suffix}, {"before": carry["suffix"], "suffix": suffix}

    return jax.lax.scan(body, {"suffix": 0.0}, {"x": x}, reverse=True)[1]["suffix"]
