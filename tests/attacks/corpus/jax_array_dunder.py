"""Return an object that turns into a JAX array when looked at."""
# expect: runtime_error, wrong_answer

import jax.numpy as jnp


class Chameleon:
    shape, dtype, weak_type = (), jnp.float32, False

    def __jax_array__(self):
        return jnp.zeros(())


def scan_training_step(w, lr, x_batches, y_batches):
    return Chameleon()
