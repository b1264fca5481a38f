"""A Python loop over the matrices."""


def scan_apply_layers(weights, x):
    for weight in weights:
        x = weight @ x
    return x
