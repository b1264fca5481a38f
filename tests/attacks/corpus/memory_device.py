"""Take memory by arrays on the device."""
# expect: memory_limit_exceeded, runtime_error
# wall: 10

import jax.numpy as jnp

kept = []
while True:
    kept.append(jnp.ones(8 << 20).block_until_ready())
