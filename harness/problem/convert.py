"""From the checked form of problem.toml to the rubric the graders go by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graders import rubric
from graders.form import Container, Form, Slot, Static
from harness.problem.check_values import KEY_DTYPE
from harness.problem.schema import (
    Document,
    ItemTable,
    ResultItemTable,
    ResultTable,
    ScanTable,
    StructureTable,
    ValueTable,
    WhileTable,
)

AnyTable = ValueTable | ResultTable


def to_rubric(document: Document) -> rubric.Rubric:
    """The rubric of a document in which `check` found no mistake."""
    leaves = _Leaves()
    forms = tuple(leaves.form(table, table.name) for table in document.arguments)
    results = _Leaves()
    result = results.form(document.result, "")
    limits = document.limits
    return rubric.Rubric(
        entry=document.entry,
        dimensions=tuple(
            rubric.Dimension(name, table.min, table.max)
            for name, table in document.dimensions.items()
        ),
        arguments=tuple(_argument(path, table) for path, table in leaves.found),
        results=tuple(_result(path, table) for path, table in results.found),
        signature=rubric.Signature(
            tuple(table.name for table in document.arguments), forms, result
        ),
        structure=_structure(document.structure),
        points=rubric.Points(**document.points.model_dump()),
        limits=rubric.Limits(
            wall_seconds=limits.wall_seconds,
            cpu_seconds=limits.cpu_seconds,
            memory_bytes=limits.memory_mib << 20,
            output_bytes=limits.output_kib << 10,
            equations=limits.equations,
        ),
        hints=tuple(rubric.Hint(**table.model_dump()) for table in document.hints),
        batches=document.batches,
        minimum_move=document.minimum_move,
        requires=tuple(document.requires),
        rate=document.rate,
        unused=tuple(document.unused),
    )


@dataclass(slots=True)
class _Leaves:
    """The arrays met while forms are made, in the order in which JAX flattens them."""

    found: list[tuple[str, AnyTable]] = field(default_factory=list)

    def form(self, table: AnyTable, path: str) -> Form:
        if isinstance(table, ValueTable) and table.static is not None:
            return Static(table.static)
        if table.fields is not None:
            return self.container("dict", dict(sorted(table.fields.items())), path)
        if table.items is not None:
            items: Sequence[ItemTable | ResultItemTable] = table.items
            named = {item.name or str(number): item for number, item in enumerate(items)}
            return self.container("tuple", named, path)
        self.found.append((path, table))
        return Slot(len(self.found) - 1)

    def container(self, kind: str, children: Mapping[str, AnyTable], path: str) -> Container:
        start = f"{path}." if path else ""
        forms = [self.form(table, f"{start}{name}") for name, table in children.items()]
        return Container(kind, tuple(children), tuple(forms))


def _argument(path: str, table: AnyTable) -> rubric.Argument:
    low, high = (isinstance(table, ValueTable) and table.range) or (0.0, 1.0)
    dtype = rubric.KEY if table.dtype == KEY_DTYPE else str(table.dtype)
    return rubric.Argument(path, tuple(table.shape or ()), dtype, low, high)


def _result(path: str, table: AnyTable) -> rubric.Result:
    return rubric.Result(tuple(table.shape or ()), str(table.dtype), path)


def _structure(table: StructureTable) -> rubric.Structure:
    return rubric.Structure(
        scan=_scan(table.scan) if table.scan else None,
        constant_size=tuple(table.constant_size),
        loop=_loop(table.loop) if table.loop else None,
        remat=rubric.RematRule(tuple(table.remat.primitives)) if table.remat else None,
        required=tuple(table.required),
        forbidden=tuple(table.forbidden),
        logarithmic_size=tuple(table.logarithmic_size),
        largest=table.largest,
    )


def _loop(table: WhileTable) -> rubric.WhileRule:
    return rubric.WhileRule(tuple(table.arguments), tuple(table.steps))


def _scan(table: ScanTable) -> rubric.ScanRule:
    return rubric.ScanRule(
        table.length,
        tuple(table.carry),
        tuple(table.xs),
        table.reverse,
        table.outputs,
        table.follow,
    )
