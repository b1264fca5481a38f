"""A problem package with every kind of value and every structural rule."""

from __future__ import annotations

TOML = """\
entry = "fit"
title = "A fit"
level = "hard"
summary = "Fit, with everything that a rubric can say."
requires = ["optax"]

[dimensions]
N = { min = 1, max = 8 }
K = { min = 1, max = 4 }
D = { min = 2, max = 3 }

[[arguments]]
name = "params"

[arguments.fields.w]
shape = ["D"]
dtype = "float32"
range = [-1.0, 1.0]

[arguments.fields.b]
shape = []
dtype = "float16"
range = [-2.0, 2.0]

[[arguments]]
name = "state"

[[arguments.items]]
name = "count"
shape = []
dtype = "int32"
range = [0, 9]

[[arguments.items]]
fields = { key = { shape = [], dtype = "key" } }

[[arguments]]
name = "rows"
shape = ["N*K", "D+1"]
dtype = "float32"
range = [0, 1]

[[arguments]]
name = "mask"
shape = ["N"]
dtype = "bool"

[[arguments]]
name = "n_micro"
static = "K"

[[result.items]]
name = "losses"
shape = ["N+1"]
dtype = "float32"

[[result.items]]
fields = { w = { shape = ["D"], dtype = "float32" }, b = { shape = [], dtype = "float32" } }

[structure]
constant_size = ["N"]
logarithmic_size = ["K"]
required = ["dot_general"]
forbidden = ["reduce_window_sum", "scatter-add"]
largest = "2*N"

[structure.scan]
length = "N"
carry = ["params", "state"]
xs = ["rows", "mask"]
reverse = true
outputs = true
follow = false

[structure.while]
arguments = ["state"]

[structure.remat]
primitives = ["tanh"]
"""
# Pieces of it that tests put others in the place of.
COUNT = 'name = "count"\nshape = []\ndtype = "int32"\nrange = [0, 9]\n'
SOURCE = "def fit(params, state, rows, mask, n_micro):\n    return params\n"
