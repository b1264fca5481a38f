"""Return a container whose flattening never ends."""
# expect: runtime_error, time_limit_exceeded, memory_limit_exceeded
# wall: 3

import jax


@jax.tree_util.register_pytree_node_class
class Endless:
    def tree_flatten(self):
        return (Endless(),), None

    @classmethod
    def tree_unflatten(cls, aux, children):
        return cls()


def scan_training_step(w, lr, x_batches, y_batches):
    return Endless()
