"""An average of the weights beside them."""


def scan_ema(w, lr, decay, x_batches, y_batches):
    """Train in one lax.scan and return the weight and its exponential moving average."""
    raise NotImplementedError("TODO: an average of the weights beside them")
