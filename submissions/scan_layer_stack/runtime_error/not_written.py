"""The starter's NotImplementedError is still there."""


def scan_apply_layers(weights, x):
    raise NotImplementedError("TODO: apply the layers with one jax.lax.scan")
