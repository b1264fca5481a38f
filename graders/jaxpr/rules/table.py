"""All rules in one table, by primitive name."""

from __future__ import annotations

from graders.jaxpr.rules import (
    complexes,
    contraction,
    conversion,
    elementwise,
    indexing,
    logic,
    random,
    reduction,
    shape,
    transcendental,
    windows,
)
from graders.jaxpr.rules.rule import Rule

RULES: dict[str, Rule] = {
    **complexes.RULES,
    **contraction.RULES,
    **conversion.RULES,
    **elementwise.RULES,
    **indexing.RULES,
    **logic.RULES,
    **random.RULES,
    **reduction.RULES,
    **shape.RULES,
    **transcendental.RULES,
    **windows.RULES,
}
