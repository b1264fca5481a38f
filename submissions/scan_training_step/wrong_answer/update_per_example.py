"""The weight is updated after every single example instead of once per microbatch."""

import jax


def scan_training_step(w, lr, x_batches, y_batches):
    def example_step(w, example):
        x, y = example
        return w - lr * jax.grad(lambda v: (v * x - y) ** 2)(w), None

    def batch_step(w, batch):
        w, _ = jax.lax.scan(example_step, w, batch)
        return w, None

    w, _ = jax.lax.scan(batch_step, w, (x_batches, y_batches))
    return w
