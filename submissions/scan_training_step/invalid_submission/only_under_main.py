"""The function is only defined when the file is run as a script."""

import jax
import jax.numpy as jnp

if __name__ == "__main__":

    def scan_training_step(w, lr, x_batches, y_batches):
        def step(w, batch):
            x, y = batch
            return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

        w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
        return w

    print(scan_training_step(jnp.float32(0), jnp.float32(0.01), jnp.ones((4, 2)), jnp.ones((4, 2))))
