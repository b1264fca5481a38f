"""The scan multiplies the matrices of the steps, and the product meets the weight after it."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def compose(product, batch):
        x, y = batch
        a, b = 2 * jnp.dot(x, x), -2 * jnp.dot(x, y)
        step = jnp.array([[1 - lr * a, -lr * beta, -lr * b], [a, beta, b], [0, 0, 1]])
        return step @ product, None

    product, _ = jax.lax.scan(compose, jnp.eye(3), (x_batches, y_batches))
    return (product @ jnp.array([w, 0.0, 1.0]))[0]
