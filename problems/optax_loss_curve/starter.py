"""A loss curve with optax."""


def loss_curve(w0, x_batches, y_batches, lr):
    """The losses of a training loop with optax.sgd."""
    raise NotImplementedError("TODO: a loss curve with optax")
