"""Prediction, loss, gradient and update are separate helpers."""

import jax
import jax.numpy as jnp


def predict(w, x):
    return w * x


def sum_squared_error(prediction, target):
    return jnp.sum((prediction - target) ** 2)


def objective(w, x, y):
    return sum_squared_error(predict(w, x), y)


def sgd(param, grad, lr):
    return param - lr * grad


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return sgd(w, jax.grad(objective)(w, x, y), lr), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
