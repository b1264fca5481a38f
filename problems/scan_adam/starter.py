"""Adam in a scan."""


def scan_adam(w, lr, x_batches, y_batches):
    """Train with Adam in one lax.scan: weight, both moments and the step count in the carry."""
    raise NotImplementedError("TODO: adam in a scan")
