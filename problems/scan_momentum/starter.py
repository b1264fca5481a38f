"""Momentum in the carry."""


def scan_momentum(w, lr, beta, x_batches, y_batches):
    """Train with heavy-ball momentum in one lax.scan, weight and velocity both carried."""
    raise NotImplementedError("TODO: momentum in the carry")
