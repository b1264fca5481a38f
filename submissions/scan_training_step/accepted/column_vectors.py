"""Each microbatch becomes a (B, 1) column and the gradient is a matrix product."""

import jax


def scan_training_step(w, lr, x_batches, y_batches):
    X = x_batches[:, :, None]
    Y = y_batches[:, :, None]

    def step(w, batch):
        x, y = batch
        grad = 2.0 * x.T @ (x * w - y)  # (1, B) @ (B, 1)
        return w - lr * grad[0, 0], None

    w, _ = jax.lax.scan(step, w, (X, Y))
    return w
