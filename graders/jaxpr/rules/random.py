"""Random bits: the Threefry-2x32 generator with 20 rounds, counters laid out as JAX does.

Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011). A key is one uint64, its first
word in the high half.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from graders.jaxpr.arithmetic import KEY_PREFIX, Arithmetic
from graders.jaxpr.model import Array, Equation
from graders.jaxpr.rules.rule import Call, Prepare, Rule, declare, elementwise, reads

_ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))
_PARITY = np.uint32(0x1BD11BDA)
_THREEFRY = "key<fry>"
_WORD = np.uint64(32)


def threefry(key: Sequence[Array], counter: Sequence[Array]) -> tuple[Array, Array]:
    """Encrypts pairs of uint32 words; keys and counters broadcast against each other."""
    schedule = (key[0], key[1], key[0] ^ key[1] ^ _PARITY)
    x, y = counter[0] + schedule[0], counter[1] + schedule[1]
    for group in range(5):
        for rotation in _ROTATIONS[group % 2]:
            x = x + y
            y = (y << np.uint32(rotation)) | (y >> np.uint32(32 - rotation))
            y = x ^ y
        x = x + schedule[(group + 1) % 3]
        y = y + schedule[(group + 2) % 3] + np.uint32(group + 1)
    return x, y


def _words(key: Array) -> tuple[Array, Array]:
    key = np.asarray(key)
    return (key >> _WORD).astype(np.uint32), key.astype(np.uint32)


def _pack(high: Array, low: Array) -> Array:
    return np.asarray((high.astype(np.uint64) << _WORD) | low.astype(np.uint64))


def _encrypt_counts(key: Array, shape: Sequence[int]) -> tuple[Array, Array]:
    """For each key, the words 0, 1, 2, ... in the given shape, encrypted."""
    key = np.asarray(key)
    counts = np.arange(math.prod(shape), dtype=np.uint64).reshape(shape)
    return threefry(_words(key.reshape(key.shape + (1,) * len(shape))), _words(counts))


def _prepare_bits(equation: Equation, arithmetic: Arithmetic) -> Call:
    shape, width = equation.params["shape"], equation.params["bit_width"]
    declare(equation, reads(equation) * math.prod(shape))

    def call(key: Array) -> Array:
        high, low = _encrypt_counts(key, shape)
        return _pack(high, low) if width == 64 else (high ^ low).astype(f"u{width // 8}")

    return call


def _prepare_split(equation: Equation, arithmetic: Arithmetic) -> Call:
    shape = equation.params["shape"]
    declare(equation, reads(equation) * math.prod(shape))
    return lambda key: _pack(*_encrypt_counts(key, shape))


def _prepare_fold_in(equation: Equation, arithmetic: Arithmetic) -> Call:
    elementwise(equation)
    return _fold_in


def _fold_in(key: Array, data: Array) -> Array:
    return _pack(*threefry(_words(key), _words(_seed(data))))


def _seed(seed: Array) -> Array:
    """An integer as a key; what is narrower than 64 bits fills the low word."""
    seed = np.asarray(seed)
    return (
        seed.astype(np.uint64)
        if seed.dtype.itemsize == 8
        else seed.astype(np.uint32).astype(np.uint64)
    )


def _wrap(words: Array) -> Array:
    return _pack(words[..., 0], words[..., 1])


def _unwrap(key: Array) -> Array:
    return np.stack(_words(key), axis=-1)


def _prepare_cipher(equation: Equation, arithmetic: Arithmetic) -> Call:
    elementwise(equation)
    return _cipher


def _cipher(k0: Array, k1: Array, x: Array, y: Array) -> tuple[Array, Array]:
    return threefry((k0, k1), (x, y))


def _covers(equation: Equation) -> bool:
    """Whether all keys are those of JAX's default generator."""
    dtypes = [atom.type.dtype for atom in (*equation.inputs, *equation.outputs)]
    return all(dtype == _THREEFRY for dtype in dtypes if dtype.startswith(KEY_PREFIX))


def _rounds(equation: Equation) -> int:
    return equation.outputs[0].type.size * 16


def _keyed(prepare: Prepare) -> Rule:
    return Rule(prepare, exact=True, work=_rounds, covers=_covers)


def _on_keys(call: Call) -> Rule:
    return _keyed(lambda equation, arithmetic: call)


RULES: dict[str, Rule] = {
    "random_bits": _keyed(_prepare_bits),
    "random_clone": _on_keys(lambda key: key),
    "random_fold_in": _keyed(_prepare_fold_in),
    "random_seed": _on_keys(_seed),
    "random_split": _keyed(_prepare_split),
    "random_unwrap": _on_keys(_unwrap),
    "random_wrap": _on_keys(_wrap),
    "threefry2x32": Rule(_prepare_cipher, several=True, work=_rounds),
}
