import jax


def scan_apply_layers(weights, x):
    """The vector after the N matrices `weights[0]`, ..., `weights[N - 1]`, in this order."""
    return jax.lax.scan(lambda h, weight: (weight @ h, None), x, weights)[0]
