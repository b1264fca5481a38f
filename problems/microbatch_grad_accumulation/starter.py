"""Gradient accumulation over microbatches."""


def accumulate_grads(w, x_full, y_full, n_micro):
    """Sum the gradients of n_micro microbatches in one lax.scan."""
    raise NotImplementedError("TODO: gradient accumulation over microbatches")
