"""tanh is written with the logistic function, and the gradient is taken forwards."""

import jax
import jax.numpy as jnp


def tanh(z):
    return 2.0 * jax.nn.sigmoid(2.0 * z) - 1.0


def train_mlp(params, lr, x_batches, y_batches):
    def loss(p, x, y):
        return jnp.mean((tanh(x @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"] - y) ** 2)

    def step(p, batch):
        grads = jax.jacfwd(loss)(p, *batch)
        return {k: p[k] - lr * grads[k] for k in p}, None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
