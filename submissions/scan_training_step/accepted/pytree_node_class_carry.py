"""The carry is a hand-registered pytree class that knows how to update itself."""

import jax
import jax.numpy as jnp


@jax.tree_util.register_pytree_node_class
class LinearModel:
    def __init__(self, w):
        self.w = w

    def __call__(self, x):
        return self.w * x

    def apply_gradient(self, grad, lr):
        return LinearModel(self.w - lr * grad.w)

    def tree_flatten(self):
        return (self.w,), None

    @classmethod
    def tree_unflatten(cls, aux, children):
        return cls(*children)


def loss(model, x, y):
    return jnp.sum((model(x) - y) ** 2)


def scan_training_step(w, lr, x_batches, y_batches):
    def body(model, batch):
        return model.apply_gradient(jax.grad(loss)(model, *batch), lr), None

    model, _ = jax.lax.scan(body, LinearModel(w), (x_batches, y_batches))
    return model.w
