"""A scan whose body is a primitive of its own, which only its lowering to XLA gives a meaning."""

import jax.numpy as jnp
from jax import lax
from jax.extend.core import Primitive
from jax.interpreters import mlir

all_p = Primitive("mul")


@all_p.def_abstract_eval
def ab(w, lr, x, y):
    return w


def lower(w, lr, x, y):
    return w - lr * 2 * jnp.sum(x * (w * x - y))


mlir.register_lowering(all_p, mlir.lower_fun(lower, multiple_results=False))


def scan_training_step(w, lr, x_batches, y_batches):
    return lax.scan(lambda w, b: (all_p.bind(w, lr, *b), None), w, (x_batches, y_batches))[0]
