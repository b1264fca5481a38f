"""A convolution with ones by the fast Fourier transform."""

import jax.numpy as jnp


def parallel_cumsum(x):
    n = 2 * x.size
    return jnp.fft.irfft(jnp.fft.rfft(x, n) * jnp.fft.rfft(jnp.ones_like(x), n), n)[: x.size]
