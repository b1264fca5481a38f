"""Every structural rule that makes no sense is named with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.problem.load import load_problem
from tests.harness.problem.conftest import write
from tests.harness.problem.nested import SOURCE, TOML
from tests.harness.problem.test_check import mistakes

XS = 'xs = ["rows", "mask"]'
TABLE = [
    ('requires = ["optax"]', 'requires = ["optx"]', "requires[0]", "a package (optax)", "optax"),
    ('requires = ["optax"]', 'requires = "optax"', "requires", "expected a list", ""),
    ('requires = ["optax"]', 'unused = ["mass"]', "unused[0]", "an argument (params,", "mask"),
    ('requires = ["optax"]', 'rate = "row"', "rate", "an argument (params,", "rows"),
    ('carry = ["params"', 'carry = ["n_micro"', "structure.scan.carry[0]",
     "expected an argument (params, state, rows, mask), found 'n_micro'", ""),
    ('carry = ["params"', 'carry = ["params.w"', "structure.scan.carry[0]", "found 'params.w'",
     "params"),
    (XS, 'xs = ["n_micro"]', "structure.scan.xs[0]", "found 'n_micro'", ""),
    (XS, 'xs = ["rows", "state"]', "structure.scan.xs[1]", "that is not carried", ""),
    ("reverse = true", 'reverse = "yes"', "structure.scan.reverse",
     "expected true or false, found 'yes'", ""),
    ("outputs = true", "outputs = 1", "structure.scan.outputs", "true or false, found 1", ""),
    ("follow = false", "folow = false", "structure.scan.folow", "unknown key", "follow"),
    ('constant_size = ["N"]', "", "structure.scan.follow", "expected N in constant_size too", ""),
    ('["N*K", "D+1"]', '["K", "D+1"]', "structure.scan.xs[0]",
     "expected arrays of rows, with a first extent such as N, found the shape ['K', 'D+1']", ""),
    ('["N*K", "D+1"]', "[4]", "structure.scan.xs[0]", "found the shape [4]", ""),
    ('["N*K", "D+1"]', "[]", "structure.scan.xs[0]", "found the shape []", ""),
    ('shape = ["N"]\ndtype = "bool"', 'items = [{ shape = ["K"], dtype = "bool" }]',
     "structure.scan.xs[1]", "found the shape ['K']", ""),
    ('arguments = ["state"]', 'arguments = ["stat"]', "structure.while.arguments[0]",
     "an argument (params,", "state"),
    ('arguments = ["state"]', 'arguments = ["n_micro"]', "structure.while.arguments[0]",
     "found 'n_micro'", ""),
    ('arguments = ["state"]', "", "structure.while.arguments", "required and missing", ""),
    ('arguments = ["state"]', 'argument = ["state"]', "structure.while.argument", "unknown key",
     "arguments"),
    ("[structure.while]", "[structure.loop]", "structure.loop", "the keys here are scan, while,",
     ""),
    ("logarithmic_size = [", 'logarithmic_size = ["M", ', "structure.logarithmic_size[0]",
     "a dimension (N, K, D), found 'M'", ""),
    ("logarithmic_size = [", 'logarithmic_size = ["N", ', "structure.logarithmic_size[0]",
     "not in constant_size, found 'N' in both", ""),
    ('largest = "2*N"', 'largest = "2*M"', "structure.largest", "a dimension", ""),
    ('largest = "2*N"', "largest = 0", "structure.largest", "at least 1, found 0", ""),
    ('largest = "2*N"', "largest = 1.5", "structure.largest", "a number, or a text such as", ""),
    ('largest = "2*N"', 'largest = "N^2"', "structure.largest", "such as N+1, found 'N^2'", ""),
    ('["dot_general"]', '["lax.dot"]', "structure.required[0]", "name of a JAX primitive", ""),
    ('"scatter-add"]', '"Scatter"]', "structure.forbidden[1]", "name of a JAX primitive", ""),
    ('["tanh"]', '["tanh()"]', "structure.remat.primitives[0]", "name of a JAX primitive", ""),
    ('"scatter-add"]', '"dot_general"]', "structure.forbidden[1]",
     "that is not required, found 'dot_general' in both", ""),
]  # fmt: skip


def changed(folder: Path, old: str, new: str) -> Path:
    assert TOML.count(old) >= 1, old
    return write(folder / "fit", TOML.replace(old, new, 1), SOURCE)


@pytest.mark.parametrize(("old", "new", "key", "message", "suggestion"), TABLE)
def test_a_rule_that_makes_no_sense_is_named(
    tmp_path: Path, old: str, new: str, key: str, message: str, suggestion: str
) -> None:
    folder = changed(tmp_path, old, new)
    found = [d for d in mistakes(folder) if d.key == key and message in d.message]
    assert len(found) == 1, mistakes(folder)
    assert found[0].suggestion == suggestion
    assert found[0].line is not None


def test_an_unknown_length_is_one_mistake(tmp_path: Path) -> None:
    (diagnostic,) = mistakes(changed(tmp_path, 'length = "N"', 'length = "M"'))
    assert diagnostic.key == "structure.scan.length"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('constant_size = ["N"]\nlogarithmic_size = ["K"]', 'logarithmic_size = ["N"]'),
        ('largest = "2*N"', "largest = 12"),
        (XS, 'xs = ["rows"]'),
        (XS, "xs = []"),
        ('carry = ["params", "state"]', "carry = []"),
        ("follow = false", "follow = true"),
    ],
)
def test_what_makes_sense_is_let_through(tmp_path: Path, old: str, new: str) -> None:
    assert load_problem(changed(tmp_path, old, new)).rubric.structure.scan


def test_a_carry_that_is_followed_needs_no_constant_size(tmp_path: Path) -> None:
    toml = TOML.replace("follow = false\n", "").replace('constant_size = ["N"]\n', "")
    assert load_problem(write(tmp_path / "fit", toml, SOURCE)).rubric.structure.scan
