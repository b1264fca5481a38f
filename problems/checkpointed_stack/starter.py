"""A gradient that remembers little."""


def checkpointed_grad(weights, x):
    """Differentiate through a scan of relu layers whose body is rematerialised."""
    raise NotImplementedError("TODO: a gradient that remembers little")
