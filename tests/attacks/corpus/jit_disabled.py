"""Switch jit off for everybody, so that scans are unrolled."""
# expect: accepted
# then: honest

import jax

jax.config.update("jax_disable_jit", True)
