"""The element is read with lax.dynamic_slice; everything is lax."""

from jax import lax


def first_zero(x, max_iters):
    most = lax.min(max_iters, lax.convert_element_type(x.shape[0], x.dtype))

    def cond(i):
        value = lax.squeeze(lax.dynamic_slice(x, (i,), (1,)), (0,))
        return lax.bitwise_and(lax.lt(i, most), lax.ne(value, lax.full_like(value, 0)))

    return lax.while_loop(cond, lambda i: lax.add(i, lax.full_like(i, 1)), lax.full_like(most, 0))
