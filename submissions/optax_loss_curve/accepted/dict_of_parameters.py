"""The weight is the entry of a dict, and a dict of metrics is put out."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    optimizer = optax.sgd(lr)
    params = {"w": w0}

    def loss_fn(params, batch):
        return jnp.sum((params["w"] * batch["x"] - batch["y"]) ** 2)

    def step(train_state, batch):
        loss, grads = jax.value_and_grad(loss_fn)(train_state["params"], batch)
        updates, opt_state = optimizer.update(grads, train_state["opt_state"])
        params = optax.apply_updates(train_state["params"], updates)
        metrics = {"loss": loss, "gradient_norm": optax.global_norm(grads)}
        return {"params": params, "opt_state": opt_state}, metrics

    start = {"params": params, "opt_state": optimizer.init(params)}
    _, metrics = jax.lax.scan(step, start, {"x": x_batches, "y": y_batches})
    return metrics["loss"]
