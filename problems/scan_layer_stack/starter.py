"""A stack of layers as a scan."""


def scan_apply_layers(weights, x):
    """Apply N stacked matrices to a vector, one after the other, with one lax.scan."""
    raise NotImplementedError("TODO: a stack of layers as a scan")
