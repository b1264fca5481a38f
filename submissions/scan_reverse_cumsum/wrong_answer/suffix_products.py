"""The elements are multiplied instead of added."""

import jax


def reverse_cumsum(x):
    def body(product, value):
        product = product * value
        return product, product

    return jax.lax.scan(body, 1.0, x, reverse=True)[1]
