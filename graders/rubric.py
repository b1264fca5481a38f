"""What a problem asks of a submission: the author's words, checked, as frozen dataclasses."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from graders.form import Container, Form, Slot
from graders.jaxpr.model import ArrayType
from graders.subject import Dimensions

Extent = int | str

# A sum of products of dimensions and positive numbers, such as `N+1` or `K*B`.
_PART = r"(?:[^\W\d]\w*|[1-9][0-9]{0,8})"
EXTENT = re.compile(rf"{_PART}(?:[*+]{_PART})*")
KEY = "key<fry>"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A named extent, drawn between `min` and `max`, both included."""

    name: str
    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Argument:
    """One array of the arguments: its shape in dimensions, its dtype, its values' range.

    `name` is the argument's own, or its path in a container, such as `params.w`. `low` and `high`
    are both included. The dtype `KEY` is that of a JAX random key, which has no range.
    """

    name: str
    shape: tuple[Extent, ...]
    dtype: str
    low: float = 0.0
    high: float = 0.0

    @property
    def root(self) -> str:
        """The argument of the signature that this array is, or is in."""
        return self.name.split(".")[0]

    def type(self, dimensions: Dimensions) -> ArrayType:
        """The concrete type for one assignment of dimensions."""
        return ArrayType(self.dtype, concrete(self.shape, dimensions))


@dataclass(frozen=True, slots=True)
class Result:
    """One array of what the function must return; `name` is its path, empty if it is alone."""

    shape: tuple[Extent, ...]
    dtype: str
    name: str = ""

    def type(self, dimensions: Dimensions) -> ArrayType:
        """The concrete type for one assignment of dimensions."""
        return ArrayType(self.dtype, concrete(self.shape, dimensions))


@dataclass(frozen=True, slots=True)
class Signature:
    """The arguments' names in order, the form of each, and the form of the result."""

    names: tuple[str, ...]
    forms: tuple[Form, ...]
    result: Form

    @classmethod
    def flat(cls, names: tuple[str, ...], results: int = 1) -> Signature:
        """That of a function of arrays to one array, or to a tuple of arrays."""
        slots = tuple(Slot(number) for number in range(len(names)))
        several = Container("tuple", ("",) * results, tuple(map(Slot, range(results))))
        return cls(names, slots, Slot(0) if results == 1 else several)


@dataclass(frozen=True, slots=True)
class ScanRule:
    """The scan a program must be: its length, the arguments it starts from and those it scans.

    With no `carry` the loop starts from constants. What is carried must go through the values that
    the reference's carry goes through, unless `follow` is false: then it must keep something of
    earlier rows. `reverse` is the direction it must run in, None for either. `outputs` says that
    what the steps put out must be part of the result. With `outputs`, or without `follow`, what is
    carried must not grow with the length.
    """

    length: str
    carry: tuple[str, ...] = ()
    xs: tuple[str, ...] = ()
    reverse: bool | None = None
    outputs: bool = False
    follow: bool = True


@dataclass(frozen=True, slots=True)
class WhileRule:
    """The `while` loop a program must be.

    `arguments` reach the result only through it, and `steps` are those that decide how many steps
    it takes.
    """

    arguments: tuple[str, ...]
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RematRule:
    """What must be computed again instead of kept, inside the body of a scan: its primitives."""

    primitives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """The structural rubric.

    `constant_size` and `logarithmic_size` name dimensions with which the program must not grow, or
    only as their logarithm does. `largest` is how many elements an intermediate may have at most.
    """

    scan: ScanRule | None = None
    constant_size: tuple[str, ...] = ()
    loop: WhileRule | None = None
    remat: RematRule | None = None
    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    logarithmic_size: tuple[str, ...] = ()
    largest: Extent | None = None

    @property
    def sized(self) -> tuple[str, ...]:
        """The dimensions whose influence on the size of the program is judged."""
        return (*self.constant_size, *self.logarithmic_size)


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

    `arguments` and `results` are the arrays, in the order in which JAX flattens them, and
    `signature` says how they nest. `batches` is how many batches a submission is compared on; on
    each of them the reference's result differs from the carried argument by at least
    `minimum_move`. `requires` names packages that submissions may import beside JAX. `rate` is the
    argument that a step's gradient is multiplied by, empty where there is none. `unused` names
    arguments on which no result depends, on purpose.
    """

    entry: str
    dimensions: tuple[Dimension, ...]
    arguments: tuple[Argument, ...]
    results: tuple[Result, ...]
    signature: Signature
    structure: Structure = Structure()
    points: Points = Points()
    limits: Limits = Limits()
    hints: tuple[Hint, ...] = ()
    batches: int = 256
    minimum_move: float = 0.0
    requires: tuple[str, ...] = ()
    rate: str = ""
    unused: tuple[str, ...] = ()

    def columns(self, *names: str) -> list[int]:
        """Numbers of the arrays that some arguments of the signature are made of."""
        return [n for n, argument in enumerate(self.arguments) if argument.root in names]


def extent_names(extent: Extent) -> Iterator[str]:
    """The dimensions that an extent is computed from."""
    if isinstance(extent, str):
        yield from (part for part in re.split(r"[*+]", extent) if not part.isdecimal())


def size_of(extent: Extent, sizes: dict[str, int]) -> int:
    """An extent as a number, given the sizes of the dimensions."""
    if isinstance(extent, int):
        return extent
    return sum(
        math.prod(int(part) if part.isdecimal() else sizes[part] for part in term.split("*"))
        for term in extent.split("+")
    )


def concrete(shape: tuple[Extent, ...], dimensions: Dimensions) -> tuple[int, ...]:
    """A shape with its named extents replaced by numbers."""
    sizes = dict(dimensions)
    return tuple(size_of(extent, sizes) for extent in shape)
