"""The parameters have other names than in the statement; the order is the same."""

import jax
import jax.numpy as jnp


def scan_training_step(theta0, eta, X, Y):
    def step(theta, xy):
        x, y = xy
        grad = jax.grad(lambda t: jnp.sum((t * x - y) ** 2))(theta)
        return theta - eta * grad, None

    theta, _ = jax.lax.scan(step, theta0, (X, Y))
    return theta
