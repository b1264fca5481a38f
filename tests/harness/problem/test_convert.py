"""What is written in problem.toml is what the graders go by."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.form import Container, Slot, Static
from graders.rubric import (
    KEY,
    Argument,
    Dimension,
    RematRule,
    Result,
    Rubric,
    ScanRule,
    Signature,
    Structure,
    WhileRule,
)
from harness.problem.load import load_problem
from tests.harness.problem.conftest import write
from tests.harness.problem.nested import COUNT, SOURCE, TOML


def test_every_kind_of_value_and_rule_is_in_the_rubric(tmp_path: Path) -> None:
    assert load_problem(write(tmp_path / "fit", TOML, SOURCE)).rubric == Rubric(
        entry="fit",
        dimensions=(Dimension("N", 1, 8), Dimension("K", 1, 4), Dimension("D", 2, 3)),
        arguments=(
            Argument("params.b", (), "float16", -2, 2),
            Argument("params.w", ("D",), "float32", -1, 1),
            Argument("state.count", (), "int32", 0, 9),
            Argument("state.1.key", (), KEY, 0, 1),
            Argument("rows", ("N*K", "D+1"), "float32", 0, 1),
            Argument("mask", ("N",), "bool", 0, 1),
        ),
        results=(
            Result(("N+1",), "float32", "losses"),
            Result((), "float32", "1.b"),
            Result(("D",), "float32", "1.w"),
        ),
        signature=Signature(
            ("params", "state", "rows", "mask", "n_micro"),
            (
                Container("dict", ("b", "w"), (Slot(0), Slot(1))),
                Container(
                    "tuple", ("count", "1"), (Slot(2), Container("dict", ("key",), (Slot(3),)))
                ),
                Slot(4),
                Slot(5),
                Static("K"),
            ),
            Container(
                "tuple",
                ("losses", "1"),
                (Slot(0), Container("dict", ("b", "w"), (Slot(1), Slot(2)))),
            ),
        ),
        structure=Structure(
            scan=ScanRule("N", ("params", "state"), ("rows", "mask"), True, True, False),
            constant_size=("N",),
            loop=WhileRule(("state",)),
            remat=RematRule(("tanh",)),
            required=("dot_general",),
            forbidden=("reduce_window_sum", "scatter-add"),
            logarithmic_size=("K",),
            largest="2*N",
        ),
        requires=("optax",),
    )


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("reverse = true\n", True), ("reverse = false\n", False), ("", None)],
)
def test_the_direction_is_one_or_the_other_or_either(
    tmp_path: Path, written: str, wanted: bool | None
) -> None:
    toml = TOML.replace("reverse = true\n", written)
    scan = load_problem(write(tmp_path / "fit", toml, SOURCE)).rubric.structure.scan
    assert scan is not None
    assert scan.reverse is wanted


def test_a_container_may_hold_static_integers(tmp_path: Path) -> None:
    toml = TOML.replace(COUNT, 'static = "N"\n')
    rubric = load_problem(write(tmp_path / "fit", toml, SOURCE)).rubric
    state = Container("tuple", ("0", "1"), (Static("N"), Container("dict", ("key",), (Slot(2),))))
    assert rubric.signature.forms[1] == state


def test_the_smallest_package_has_one_array_and_one_result(tmp_path: Path) -> None:
    toml = """\
entry = "same"
title = "The same"
level = "easy"
summary = "Return the argument."
result = { shape = [], dtype = "float32" }

[[arguments]]
name = "x"
shape = []
dtype = "float32"
range = [0, 1]
"""
    rubric = load_problem(write(tmp_path / "same", toml, "def same(x):\n    return x\n")).rubric
    assert rubric == Rubric(
        "same",
        (),
        (Argument("x", (), "float32", 0, 1),),
        (Result((), "float32"),),
        Signature.flat(("x",)),
    )
