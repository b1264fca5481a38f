"""The form of problem.toml: which keys there are, of which types, with which defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from graders import rubric
from harness.problem import extend
from harness.problem.diagnostics import Diagnostics, Key, near, shown

_POINTS = rubric.Points()
_LIMITS = rubric.Limits()


class Table(BaseModel):
    """A table of problem.toml: no other keys, no conversions, finite numbers only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class DimensionTable(Table):
    """`N = { min = 1, max = 12 }`."""

    min: int
    max: int


def _extent(value: object) -> int | str:
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        return value
    raise ValueError("a number, or a text such as N, N+1 or K*B")


Extent = Annotated[int | str, PlainValidator(_extent)]


class ValueTable(Table):
    """What an argument is: an array (shape, dtype, range), a static integer, or a container."""

    shape: list[Extent] | None = None
    dtype: str | None = None
    range: list[float] | None = Field(None, min_length=2, max_length=2)
    static: str | None = None
    fields: dict[str, ValueTable] | None = None
    items: list[ItemTable] | None = None


class ItemTable(ValueTable):
    """One of the `items` of a tuple; its name is for messages only."""

    name: str = ""


class ArgumentTable(ValueTable):
    """One `[[arguments]]`."""

    name: str


class ResultTable(Table):
    """`[result]`, and what it contains: an array (shape, dtype), or a container."""

    shape: list[Extent] | None = None
    dtype: str | None = None
    fields: dict[str, ResultTable] | None = None
    items: list[ResultItemTable] | None = None


class ResultItemTable(ResultTable):
    """One of the `items` of a tuple of results."""

    name: str = ""


# Their fields name tables that are defined after them; `_fields` reads what these are.
ValueTable.model_rebuild()
ResultTable.model_rebuild()


class ScanTable(Table):
    """`[structure.scan]`."""

    length: str
    carry: list[str]
    xs: list[str]
    reverse: bool | None = None
    outputs: bool = False
    follow: bool = True


class WhileTable(Table):
    """`[structure.while]`."""

    arguments: list[str]
    steps: list[str] = []


class RematTable(Table):
    """`[structure.remat]`."""

    primitives: list[str]


class StructureTable(Table):
    """`[structure]`."""

    scan: ScanTable | None = None
    loop: WhileTable | None = Field(None, alias="while")
    remat: RematTable | None = None
    constant_size: list[str] = []
    logarithmic_size: list[str] = []
    required: list[str] = []
    forbidden: list[str] = []
    largest: Extent | None = None


class PointsTable(Table):
    """`[points]`."""

    correctness: float = _POINTS.correctness
    structure: float = _POINTS.structure


class LimitsTable(Table):
    """`[limits]`; memory in MiB, output in KiB, times in seconds."""

    wall_seconds: float = _LIMITS.wall_seconds
    cpu_seconds: float = _LIMITS.cpu_seconds
    memory_mib: int = _LIMITS.memory_bytes >> 20
    output_kib: int = _LIMITS.output_bytes >> 10
    equations: int = _LIMITS.equations


class HintTable(Table):
    """One `[[hints]]`."""

    error: str
    match: str
    code: str
    message: str
    stage: str = ""


class Document(Table):
    """All of problem.toml."""

    entry: str
    title: str
    level: str
    summary: str
    tags: list[str] = []
    batches: int = 256
    minimum_move: float = 0.0
    requires: list[str] = []
    rate: str = ""
    unused: list[str] = []
    dimensions: dict[str, DimensionTable] = {}
    arguments: list[ArgumentTable]
    result: ResultTable
    structure: StructureTable = StructureTable.model_validate({})
    points: PointsTable = PointsTable()
    limits: LimitsTable = LimitsTable()
    hints: list[HintTable] = []


_EXPECTED = {
    "string_type": "a string",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "list_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "too_short": "two numbers, [low, high]",
    "too_long": "two numbers, [low, high]",
    "value_error": "a number, or a text such as N, N+1 or K*B",
    "bool_type": "true or false",
}


def read(document: Mapping[str, Any], diagnostics: Diagnostics) -> Document | None:
    """The document in its form, or None when keys are missing, unknown or of the wrong type."""
    try:
        return Document.model_validate(document)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _report(details, diagnostics)
        return None


def _report(details: ErrorDetails, diagnostics: Diagnostics) -> None:
    key: Key = details["loc"]
    if details["type"] == "extra_forbidden":
        fields = [*_fields(key[:-1]), *(extend.KEYS if len(key) == 1 else ())]
        known = f"unknown key; the keys here are {', '.join(fields)}"
        diagnostics.key(key, known, near(str(key[-1]), fields))
    elif details["type"] == "missing":
        diagnostics.key(key, "this key is required and missing")
    else:
        expected = _EXPECTED.get(details["type"], details["msg"])
        diagnostics.key(key, f"expected {expected}, found {shown(details['input'])}")


def _fields(key: Key) -> Mapping[str, Any]:
    """The fields of the table that a key path leads to."""
    kind: Any = Document
    for part in key:
        inner = get_args(kind)
        if get_origin(kind) in (list, dict):
            kind = inner[-1]
        else:
            kind = _named(kind)[str(part)].annotation
            kind = get_args(kind)[0] if type(None) in get_args(kind) else kind
    return _named(kind)


def _named(kind: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of a table by the names they have in TOML."""
    return {field.alias or name: field for name, field in kind.model_fields.items()}
