from __future__ import annotations

import json
import re
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import Diagnostic, ProblemError
from harness.problem.load import load_problem
from tests.harness.problem.conftest import SOURCE, TOML, Edit, write


def mistakes(folder: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(ProblemError) as caught:
        load_problem(folder)
    return caught.value.diagnostics


TABLE = [
    ('title = "A doubled sum"', "title = 7", "title", "expected a string, found 7", ""),
    ('title = "A doubled sum"', 'title = "  "', "title", "one line of text", ""),
    ('title = "A doubled sum"', 'titel = "x"', "title", "required and missing", ""),
    ('title = "A', 'titel = "x"\ntitle = "A', "titel", "unknown key; the keys here are", "title"),
    ('level = "easy"', 'level = "eazy"', "level", "expected a level (easy, medium, hard)", "easy"),
    ("batches = 16", 'batches = 16\ntags = ["A b"]', "tags[0]", "lower-case words", ""),
    ("batches = 16", "batches = 0", "batches", "at least 1, found 0", ""),
    ("batches = 16", "batches = true", "batches", "a whole number, found true", ""),
    ("batches = 16", "batches = 1.0", "batches", "a whole number, found 1.0", ""),
    ("minimum_move = 0.5", "minimum_move = -1", "minimum_move", "0 or more, found -1", ""),
    ("minimum_move = 0.5", "minimum_move = nan", "minimum_move", "a finite number", ""),
    ("minimum_move = 0.5", "minimum_move = true", "minimum_move", "a number, found true", ""),
    ("{ min = 1, max = 4 }", "{ min = 5, max = 4 }", "dimensions.N.min", "5 > 4", ""),
    ("{ min = 1, max = 4 }", "{ min = 0, max = 4 }", "dimensions.N.min", "at least 1", ""),
    ("{ min = 1, max = 4 }", "{ min = 1 }", "dimensions.N.max", "required and missing", ""),
    ("{ min = 1, max = 4 }", "4", "dimensions.N", "expected a table, found 4", ""),
    ("max = 3 }", "max = 3, maxx = 4 }", "dimensions.B.maxx", "unknown key", "max"),
    ("B = {", "K = { min = 1, max = 2 }\nB = {", "dimensions.K", "no argument's shape", ""),
    ("B = {", '"no name" = { min = 1, max = 2 }\nB = {', "dimensions.no name", "an identifier", ""),
    ('name = "start"', 'name = "lambda"', "arguments[0].name", "expected an identifier", ""),
    ('name = "start"', 'name = "rows"', "arguments[1].name", "once, found 'rows' again", ""),
    ('["N", "B", 2]', '["N", "B", "C"]', "arguments[1].shape[2]", "a dimension (N, B)", ""),
    ('["N", "B", 2]', '["N", "B", 0]', "arguments[1].shape[2]", "at least 1, found 0", ""),
    (
        '["N", "B", 2]',
        '["N", "B", 1.5]',
        "arguments[1].shape[2]",
        "a number, or a text such as N",
        "",
    ),
    ('["N", "B", 2]', '"N"', "arguments[1].shape", "expected a list, found 'N'", ""),
    ('"int32"', '"int23"', "arguments[1].dtype", "a dtype (float32,", "int32"),
    ("[0, 9]", "[9, 0]", "arguments[1].range", "low <= high, found 9 > 0", ""),
    ("[0, 9]", "[0]", "arguments[1].range", "two numbers, [low, high]", ""),
    ("[0, 9]", "[0, 1, 2]", "arguments[1].range", "two numbers, [low, high]", ""),
    ("[0, 9]", "[0, 1.5]", "arguments[1].range", "whole numbers for int32", ""),
    ("[0, 9]", "[0, 4e9]", "arguments[1].range", "values that int32 holds", ""),
    ("[0, 9]", "[0, inf]", "arguments[1].range[1]", "a finite number", ""),
    ("[-1.0, 1.0]", "[-1e39, 1.0]", "arguments[0].range", "values that float32 holds", ""),
    ('shape = ["B"]', 'shape = ["b"]', "result.shape[0]", "expected a dimension (N, B)", "B"),
    ('length = "N"', 'length = "M"', "structure.scan.length", "a dimension (N, B)", ""),
    ('carry = ["start"]', 'carry = ["strat"]', "structure.scan.carry[0]", "an argument", "start"),
    ('xs = ["rows"]', 'xs = ["row"]', "structure.scan.xs[0]", "(start, rows)", "rows"),
    ('xs = ["rows"]', 'xs = ["start"]', "structure.scan.xs[0]", "that is not carried", ""),
    ('xs = ["rows"]', 'xs = "rows"', "structure.scan.xs", "expected a list", ""),
    ('xs = ["rows"]', "", "structure.scan.xs", "required and missing", ""),
    ('size = ["N"]', 'size = ["NN"]', "structure.constant_size[0]", "a dimension", "N"),
    ("correctness = 3", "correctness = 0", "points.correctness", "more than 0, found 0", ""),
    (
        "[points]",
        '[structure.while]\narguments = ["rows"]\nsteps = ["star"]\n\n[points]',
        "structure.while.steps[0]",
        "an argument (start, rows)",
        "start",
    ),
    ("structure = 1.5", "structure = -1", "points.structure", "more than 0, found -1", ""),
    ("correctness = 3", 'correctness = "3"', "points.correctness", "a number, found '3'", ""),
    ("memory_mib = 256", "memory_mib = 0", "limits.memory_mib", "more than 0", ""),
    ("memory_mib = 256", "memory_mb = 256", "limits.memory_mb", "unknown key", "memory_mib"),
    ('match = "tuple"', 'match = "(tuple"', "hints[0].match", "a regular expression", ""),
    ('match = "tuple"', 'match = "[[a]"', "hints[0].match", "a regular expression", ""),
    ('error = "TypeError"', 'error = "Type Error"', "hints[0].error", "an identifier", ""),
    ('code = "unpack"', 'code = "un pack"', "hints[0].code", "an identifier", ""),
    ('message = "Unpack the tuple."', 'message = ""', "hints[0].message", "what to change", ""),
    ('stage = "trace"', 'stage = "tracing"', "hints[0].stage", "a stage (load,", "trace"),
]


@pytest.mark.parametrize(("old", "new", "key", "message", "suggestion"), TABLE)
def test_a_mistake_is_named_with_key_line_and_suggestion(
    package: Edit, old: str, new: str, key: str, message: str, suggestion: str
) -> None:
    folder = package((old, new))
    text = (folder / "problem.toml").read_text()
    (diagnostic,) = [d for d in mistakes(folder) if d.key == key and message in d.message]
    assert diagnostic.suggestion == suggestion
    assert diagnostic.file == folder / "problem.toml"
    if "missing" in message and "." not in key:
        assert diagnostic.line is None
    else:
        assert diagnostic.line is not None
        line = text.split("\n")[diagnostic.line - 1]
        assert any(part in line for part in re.findall(r"[A-Za-z_]\w*", key))


def test_six_mistakes_are_reported_at_once(package: Edit) -> None:
    folder = package(
        ('level = "easy"', "level = 3"),
        ("{ min = 1, max = 4 }", "{ min = 6, max = 4 }"),
        ('"int32"', '"in32"'),
        ('xs = ["rows"]', 'xs = ["raws"]'),
        ("memory_mib", "memory_mbi"),
    )
    (folder / "starter.py").write_text("import jax\n\n\ndef double_sum(rows, start): ...\n")
    assert [str(d).removeprefix(f"{folder}/") for d in mistakes(folder)] == [
        "problem.toml:3: level: expected a string, found 3",
        "problem.toml:9: dimensions.N.min: expected min <= max, found 6 > 4",
        "problem.toml:21: arguments[1].dtype: expected a dtype (float32, float16, int32, int16, "
        "int8, uint32, uint16, uint8, bool, key), found 'in32' (did you mean int32?)",
        "problem.toml:34: structure.scan.xs[0]: expected an argument (start, rows), found 'raws' "
        "(did you mean rows?)",
        "problem.toml:43: limits.memory_mbi: unknown key; the keys here are wall_seconds, "
        "cpu_seconds, memory_mib, output_kib, equations (did you mean memory_mib?)",
        "starter.py:4: expected `def double_sum(start, rows)`, found `def double_sum(rows, start)`",
    ]


def test_no_arguments_at_all(package: Edit) -> None:
    folder = package()
    toml = folder / "problem.toml"
    head, rest = TOML.split("[[arguments]]", 1)
    toml.write_text("arguments = []\n" + head + "[result]" + rest.split("[result]")[1])
    messages = [d.message for d in mistakes(folder) if d.key == "arguments"]
    assert messages == ["expected at least one argument, found none"]


@pytest.mark.parametrize("name", ["double-sum", "2fast", "class"])
def test_the_folder_name_is_an_identifier(package: Edit, name: str) -> None:
    (diagnostic,) = mistakes(package(name=name))
    assert diagnostic.message == f"expected the folder's name to be an identifier, found '{name}'"


def test_an_empty_statement(package: Edit) -> None:
    folder = package()
    (folder / "statement.md").write_text(" \n")
    assert [d.file.name for d in mistakes(folder)] == ["statement.md"]


@pytest.mark.parametrize(
    ("source", "line", "message", "suggestion"),
    [
        ("def double_sum(start, rows)\n", 1, "expected Python source", ""),
        ("x = 1\n\ndef double_sum(start:\n", 3, "expected Python source", ""),
        ("(" * 20000, None, "expected Python source", ""),
        ("x = '\0'\n", None, "expected Python source", ""),
        ("def doubled_sum(start, rows): ...\n", None, "no such function", "double_sum"),
        ("if True:\n    def double_sum(start, rows): ...\n", None, "no such function", ""),
        ("double_sum = print\n", None, "no such function", ""),
        ("\ndef double_sum(start): ...\n", 2, "found `def double_sum(start)`", ""),
        ("def double_sum(start, *rows): ...\n", 1, "found `def double_sum(start, *rows)`", ""),
        ("def double_sum(start, *, rows): ...\n", 1, "`def double_sum(start, *, rows)`", ""),
        ("def double_sum(start, rows, **k): ...\n", 1, "(start, rows, **k)`", ""),
    ],
)
@pytest.mark.parametrize("file", ["reference.py", "starter.py"])
def test_sources_define_the_entry_point(
    package: Edit, file: str, source: str, line: int | None, message: str, suggestion: str
) -> None:
    folder = package()
    (folder / file).write_text(source)
    (diagnostic,) = mistakes(folder)
    assert diagnostic.file == folder / file
    assert message in diagnostic.message
    assert "\0" in source or "((" in source or diagnostic.line == line
    if suggestion:
        assert diagnostic.suggestion == "doubled_sum"


def test_sources_are_never_run(package: Edit) -> None:
    folder = package()
    (folder / "reference.py").write_text(SOURCE + "raise SystemExit('run')\n")
    assert load_problem(folder).id == "double_sum"


values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**400, max_value=10**401)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["N", "B", "rows", "start", "float32", "bool", "int8", "(", "[[", "double_sum"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
PATHS = [
    ("entry",),
    ("title",),
    ("level",),
    ("batches",),
    ("minimum_move",),
    ("dimensions",),
    ("dimensions", "N"),
    ("dimensions", "N", "min"),
    ("arguments",),
    ("arguments", 0),
    ("arguments", 1, "name"),
    ("arguments", 1, "shape"),
    ("arguments", 1, "dtype"),
    ("arguments", 1, "range"),
    ("result",),
    ("result", "shape"),
    ("structure",),
    ("structure", "scan"),
    ("structure", "scan", "xs"),
    ("structure", "constant_size"),
    ("points",),
    ("points", "structure"),
    ("limits",),
    ("limits", "memory_mib"),
    ("hints",),
    ("hints", 0, "match"),
    ("hints", 0, "stage"),
    ("other",),
]


def toml_text(value: Any) -> str:
    """A value as TOML; None, which TOML does not have, as an empty table."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml_text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_text, value)) + "]"
    return "{}" if value is None else json.dumps(value) if isinstance(value, str) else repr(value)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PATHS), values), min_size=1, max_size=4))
def test_any_mapping_loads_or_is_reported(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = tomllib.loads(TOML)
    for path, value in changes:
        with suppress(LookupError, TypeError):
            replace(document, path, value)
    text = "\n".join(f"{json.dumps(key)} = {toml_text(item)}" for key, item in document.items())
    assert outcome(text.encode(), SOURCE.encode()) != []


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_reported(data: bytes) -> None:
    assert outcome(data, data)


def replace(document: Any, path: tuple[Any, ...], value: Any) -> None:
    for part in path[:-1]:
        document = document[part]
    document[path[-1]] = value


def outcome(toml: bytes, source: bytes) -> list[str] | None:
    """What is wrong with a package of this contents; None when it loads."""
    with tempfile.TemporaryDirectory() as folder:
        package = write(Path(folder) / "double_sum")
        (package / "problem.toml").write_bytes(toml)
        (package / "reference.py").write_bytes(source)
        try:
            load_problem(package)
        except ProblemError as error:
            return [diagnostic.message for diagnostic in error.diagnostics if diagnostic.message]
    return None
