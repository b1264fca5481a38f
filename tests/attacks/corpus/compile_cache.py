"""Have JAX keep compiled programs in a folder of others."""
# expect: accepted, runtime_error
# then: honest
# levels: strict, basic

import os
import warnings

import jax

warnings.simplefilter("ignore")
jax.config.update("jax_compilation_cache_dir", os.path.dirname("@VICTIM@"))
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
jax.config.update("jax_enable_compilation_cache", True)
