"""What a problem asks of a submission: the author's words, checked, as frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass

from graders.jaxpr.model import ArrayType
from graders.subject import Dimensions

Extent = int | str


@dataclass(frozen=True, slots=True)
class Dimension:
    """A named extent, drawn between `min` and `max`, both included."""

    name: str
    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Argument:
    """One array argument: its shape in dimension names and numbers, its dtype, its values' range.

    `low` and `high` are both included.
    """

    name: str
    shape: tuple[Extent, ...]
    dtype: str
    low: float
    high: float

    def type(self, dimensions: Dimensions) -> ArrayType:
        """The concrete type for one assignment of dimensions."""
        return ArrayType(self.dtype, concrete(self.shape, dimensions))


@dataclass(frozen=True, slots=True)
class Result:
    """The array the function must return."""

    shape: tuple[Extent, ...]
    dtype: str

    def type(self, dimensions: Dimensions) -> ArrayType:
        """The concrete type for one assignment of dimensions."""
        return ArrayType(self.dtype, concrete(self.shape, dimensions))


@dataclass(frozen=True, slots=True)
class ScanRule:
    """The scan a program must be: its length, the arguments it starts from and those it scans."""

    length: str
    carry: tuple[str, ...]
    xs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """The structural rubric: what must be there, and what must not grow with which dimensions."""

    scan: ScanRule | None = None
    constant_size: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """What each check is worth."""

    correctness: float = 60
    structure: float = 40


@dataclass(frozen=True, slots=True)
class Limits:
    """What a submission may use.

    Times are in seconds, `memory_bytes` counts the data a process may allocate, `output_bytes` what
    it prints, and `equations` is how many equations evaluating its program may execute.
    """

    wall_seconds: float = 20.0
    cpu_seconds: float = 20.0
    memory_bytes: int = 512 << 20
    output_bytes: int = 64 << 10
    equations: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Hint:
    """Advice for one error learners meet.

    `error` is an exception class name (`*` for any) and `match` a regular expression searched in
    its message; `code` is stable and for machines, `message` says what to change. An empty `stage`
    means any of load, trace and run.
    """

    error: str
    match: str
    code: str
    message: str
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Rubric:
    """Everything the graders need to know of a problem.

    `batches` is how many batches a submission is compared on; on each of them the reference's
    result differs from the carried argument by at least `minimum_move`.
    """

    entry: str
    dimensions: tuple[Dimension, ...]
    arguments: tuple[Argument, ...]
    result: Result
    structure: Structure = Structure()
    points: Points = Points()
    limits: Limits = Limits()
    hints: tuple[Hint, ...] = ()
    batches: int = 256
    minimum_move: float = 0.0


def concrete(shape: tuple[Extent, ...], dimensions: Dimensions) -> tuple[int, ...]:
    """A shape with its named extents replaced by numbers."""
    sizes = dict(dimensions)
    return tuple(sizes[extent] if isinstance(extent, str) else extent for extent in shape)
