"""One change in the programs of several shapes is one mutant."""

from __future__ import annotations

import numpy as np

from graders.mutation.families import families
from graders.mutation.mutant import mutants
from tests.graders.exercise import reference
from tests.graders.mutation.changes import ONE, normal
from tests.graders.programs import SCALAR, applied


def test_the_same_change_for_every_shape_that_allows_it() -> None:
    programs = [
        normal(reference, ONE, ONE, rows, rows)
        for rows in (np.ones((1, 2), np.float32), np.ones((4, 3), np.float32))
    ]
    found = {family.name: family for family in families(programs)}
    assert found.keys() == {m.name for p in programs for m in mutants(p)}
    assert list(found["mul->add at body equation 1"].programs) == [0, 1]
    assert found["mul->add at body equation 1"].description.startswith("add in the place of mul")
    assert list(found["scan reversed at equation 1"].programs) == [1]


def test_programs_of_other_equations_have_mutants_of_their_own() -> None:
    programs = [applied(name, [SCALAR], SCALAR) for name in ("sin", "sin", "cos")]
    found = {family.name: sorted(family.programs) for family in families(programs)}
    assert found == {
        "sin->cos at equation 1": [0, 1],
        "sin removed at equation 1": [0, 1],
        "cos->sin at equation 1 of program 3": [2],
        "cos removed at equation 1 of program 3": [2],
    }
    assert len(families(programs, most=1)) == 2
