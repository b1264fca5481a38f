"""Each microbatch adds its share of the mean; the sum is scaled back after the scan."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    micro_size = x_full.shape[0] // n_micro

    def mean_loss(v, x, y):
        return jnp.mean((v * x - y) ** 2)

    def body(acc, batch):
        return acc + jax.grad(mean_loss)(w, *batch) / n_micro, None

    x = x_full.reshape(n_micro, micro_size)
    y = y_full.reshape(n_micro, micro_size)
    mean_grad, _ = jax.lax.scan(body, jnp.zeros_like(w), (x, y))
    return mean_grad * n_micro * micro_size
