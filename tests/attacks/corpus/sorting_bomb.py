"""Sort, convolve and multiply large arrays."""
# expect: memory_limit_exceeded, time_limit_exceeded, wrong_answer, wrong_structure
# wall: 3

import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    big = jnp.broadcast_to(lr, (4_000_000,)) * jnp.arange(4_000_000)
    for _ in range(50):
        big = jnp.sort(jnp.convolve(big, big[:1000], mode="same"))
    return w + big.sum()
