"""Return an array of four terabytes, which takes no memory to declare."""
# expect: wrong_answer, memory_limit_exceeded

import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    return jnp.broadcast_to(w, (1 << 20, 1 << 20))
