"""Switch JAX to 64 bits for everybody."""
# expect: accepted
# then: honest

import jax

jax.config.update("jax_enable_x64", True)
