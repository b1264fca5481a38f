from __future__ import annotations

import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.rubric import Argument, Dimension, Points, Rubric, ScanRule, Structure
from harness.errors import ProblemError, UsageError
from harness.problem.diagnostics import Diagnostics
from harness.problem.extend import alone, merge, replaces_statement
from harness.problem.library import Library
from harness.problem.tree import grow, plain
from tests.harness.problem.conftest import SOURCE, TOML, Vary, mistakes, said, write
from tests.harness.problem.test_check import PATHS, toml_text, values

EXTENDS = 'extends = "double_sum"\n'
BASE = grow(tomllib.loads(TOML), Path("base/problem.toml"), {})


def rubric(library: Library) -> Rubric:
    return library.load("variant").rubric


def merged(toml: str) -> dict[str, Any]:
    """The base with a variant that has no mistake."""
    diagnostics = Diagnostics(Path("variant"))
    own = grow(tomllib.loads(EXTENDS + toml), Path("variant/problem.toml"), {})
    result: dict[str, Any] = plain(merge(BASE, own, diagnostics))
    assert diagnostics.found == []
    return result


def test_a_variant_that_changes_nothing_is_its_base(vary: Vary) -> None:
    library = vary(EXTENDS)
    base, variant = library.load("double_sum"), library.load("variant")
    assert variant.rubric == base.rubric
    assert (variant.title, variant.level, variant.summary) == (base.title, "easy", base.summary)
    assert (variant.statement, variant.starter) == (base.statement, base.starter)
    assert variant.id == "variant"
    assert variant.reference == variant.folder / "reference.py"


def test_values_are_replaced_and_tables_merged_key_by_key(vary: Vary) -> None:
    found = rubric(
        vary(
            EXTENDS
            + "batches = 32\n[dimensions]\nN = { max = 9 }\n[points]\nstructure = 2\n"
            + '[result]\ndtype = "float16"\n[structure]\nconstant_size = []\n'
            + "[limits]\noutput_kib = 1\n"
        )
    )
    assert found.batches == 32
    assert found.dimensions == (Dimension("N", 1, 9), Dimension("B", 2, 3))
    assert found.points == Points(3, 2)
    assert [(result.shape, result.dtype) for result in found.results] == [(("B",), "float16")]
    assert found.structure == Structure(ScanRule("N", ("start",), ("rows",)), ())
    assert (found.limits.output_bytes, found.limits.equations) == (1 << 10, 1000)


def test_lists_are_replaced() -> None:
    assert merged('[structure.scan]\nxs = ["start"]\n')["structure"]["scan"]["xs"] == ["start"]


def test_arguments_are_merged_by_name_and_new_ones_come_last(vary: Vary) -> None:
    toml = (
        '[[arguments]]\nname = "scale"\nshape = []\ndtype = "float32"\nrange = [1, 2]\n'
        '[[arguments]]\nname = "start"\nrange = [0.5, 1.0]\n'
    )
    source = "def double_sum(start, rows, scale): ...\n"
    found = rubric(vary(EXTENDS + toml, reference=source))
    assert found.arguments == (
        Argument("start", (), "float32", 0.5, 1.0),
        Argument("rows", ("N", "B", 2), "int32", 0, 9),
        Argument("scale", (), "float32", 1, 2),
    )


def test_arguments_can_be_removed_and_put_in_order(vary: Vary) -> None:
    toml = (
        'remove_arguments = ["start"]\norder = ["weight", "rows"]\n[[arguments]]\nname = "weight"\n'
        'shape = []\ndtype = "float32"\nrange = [1, 2]\n[structure.scan]\ncarry = ["weight"]\n'
    )
    found = rubric(vary(EXTENDS + toml, reference="def double_sum(weight, rows): ...\n"))
    assert [argument.name for argument in found.arguments] == ["weight", "rows"]
    assert found.structure.scan == ScanRule("N", ("weight",), ("rows",))


def test_an_argument_that_is_removed_and_named_is_a_new_one(vary: Vary) -> None:
    toml = 'remove_arguments = ["start"]\n[[arguments]]\nname = "start"\nshape = []\n'
    assert said(vary(EXTENDS + toml, reference="def double_sum(rows, start): ...\n")) == [
        "variant/problem.toml:3: arguments[0].dtype: this key is required and missing",
        "variant/problem.toml:3: arguments[0].range: this key is required and missing",
    ]


def test_hints_of_the_variant_are_tried_first(vary: Vary) -> None:
    toml = '[[hints]]\nerror = "*"\nmatch = ""\ncode = "mine"\nmessage = "Mine."\n'
    codes = [hint.code for hint in rubric(vary(EXTENDS + toml)).hints]
    assert codes == ["mine", "unpack"]


@pytest.mark.parametrize(
    ("replace", "toml", "key", "value"),
    [
        ("structure", "", "structure", None),
        (
            "structure",
            '[structure]\nconstant_size = ["B"]\n',
            "structure",
            {"constant_size": ["B"]},
        ),
        ("hints", "", "hints", None),
        ("dimensions", "[dimensions]\nM = 1\n", "dimensions", {"M": 1}),
        ("arguments", '[[arguments]]\nname = "start"\n', "arguments", [{"name": "start"}]),
    ],
)
def test_a_whole_table_or_list_can_be_replaced(
    replace: str, toml: str, key: str, value: object
) -> None:
    found = merged(f'replace = ["{replace}"]\n{toml}')
    assert found.get(key) == value
    assert {k: v for k, v in found.items() if k != key} == {
        k: v for k, v in tomllib.loads(TOML).items() if k != key
    }


def test_without_structure_anything_right_is_accepted(vary: Vary) -> None:
    found = rubric(vary(EXTENDS + 'replace = ["structure", "hints"]\n'))
    assert (found.structure, found.hints) == (Structure(), ())


def test_the_statement_is_replaced_by_name_only() -> None:
    def own(toml: str) -> bool:
        return replaces_statement(grow(tomllib.loads(toml), Path("p"), {}))

    assert own('replace = ["hints", "statement"]')
    assert not own('replace = ["hints"]')
    assert not own('replace = "statement"')
    assert not own("")


TABLE = [
    (
        'remove_arguments = ["strat"]',
        ":2: remove_arguments[0]",
        "an argument (start, rows)",
        "start",
    ),
    ('remove_arguments = ["rows", "rows"]', ":2: remove_arguments[1]", "'rows' again", ""),
    ("remove_arguments = 7", ":2: remove_arguments", "expected a list of names, found 7", ""),
    ("remove_arguments = { a = 1 }", ":2: remove_arguments", "found {'a': 1}", ""),
    ("remove_arguments = [[1]]", ":2: remove_arguments[0]", "expected a name, found [1]", ""),
    ('replace = ["structur"]', ":2: replace[0]", "one of (dimensions, ", "structure"),
    ('replace = ["title"]', ":2: replace[0]", "statement), found 'title'", ""),
    ('replace = ["arguments"]\nremove_arguments = ["rows"]', ":3: remove_ar", "there is none", ""),
    ('order = ["rows"]', ":2: order", "expected every argument, found no start", ""),
    ("order = []", ":2: order", "found no start and no rows", ""),
    ('order = ["rows", "strat"]', ":2: order[1]", "expected an argument (start, rows)", "start"),
    ('order = ["rows", "start", "rows"]', ":2: order[2]", "'rows' again", ""),
    ('order = "rows"', ":2: order", "expected a list of names, found 'rows'", ""),
    ('orders = ["rows"]', ":2: orders", "unknown key; the keys here are entry,", "order"),
    ("dimensions = { N = { max = 0 } }", "dimensions.N.max", "min <= max, found 1 > 0", ""),
    ("dimensions = 4", ":2: dimensions", "expected a table, found 4", ""),
    ("arguments = 4", ":2: arguments", "expected a list, found 4", ""),
    ("hints = 4", ":2: hints", "expected a list, found 4", ""),
    ("arguments = [4]", ":2: arguments[0]", "expected a table, found 4", ""),
    ('structure.scan.carry = ["rows"]', "structure.scan.carry", "that is not carried", ""),
    ('[[arguments]]\nname = "start"\n[[arguments]]\nname = "start"', ":5", "'start' again", ""),
    (
        '[[arguments]]\nname = "start"\ndtype = "float23"',
        ":4: arguments[0].dtype",
        "a d",
        "float32",
    ),
    ("[points]\nstructure = 0", ":3: points.structure", "more than 0, found 0", ""),
    ("level = 3", ":2: level", "expected a string, found 3", ""),
]


@pytest.mark.parametrize(("toml", "place", "message", "suggestion"), TABLE)
def test_a_mistake_of_the_variant_is_reported_in_its_file(
    vary: Vary, toml: str, place: str, message: str, suggestion: str
) -> None:
    found = mistakes(vary(EXTENDS + toml + "\n"))
    (fitting,) = [d for d in found if place in str(d) and message in d.message]
    assert fitting.suggestion == suggestion
    assert fitting.file.parent.name == "variant"
    assert "takes this over" not in str(fitting)


def test_a_mistake_that_is_taken_over_is_reported_where_it_is_written(vary: Vary) -> None:
    library = vary(
        EXTENDS + 'remove_arguments = ["start"]\n', reference="def double_sum(rows): ...\n"
    )
    assert said(library) == [
        "double_sum/problem.toml:33: structure.scan.carry[0]: expected an argument (rows), found "
        "'start'; variant takes this over, and can say otherwise"
    ]


def test_what_was_wrong_in_the_base_is_reported_there(vary: Vary) -> None:
    toml = TOML.replace('code = "unpack"', 'code = "un pack"').replace("level", "levle")
    hint = '[[hints]]\nerror = "*"\nmatch = ""\ncode = "mine"\nmessage = "Mine."\n'
    note = "; variant takes this over, and can say otherwise"
    assert said(vary(EXTENDS + 'level = "hard"\n' + hint, base=toml)) == [
        "double_sum/problem.toml:3: levle: unknown key; the keys here are entry, title, level, "
        "summary, tags, batches, minimum_move, requires, rate, unused, dimensions, arguments, "
        "result, structure, points, limits, hints, extends, replace, remove_arguments, "
        f"order{note} "
        "(did you mean level?)",
        "double_sum/problem.toml:50: hints[0].code: expected an identifier, found 'un pack'" + note,
    ]


def test_order_leaves_what_is_otherwise_wrong_to_be_reported(vary: Vary) -> None:
    toml = 'order = ["rows", "start"]\n[[arguments]]\nshape = []\n'
    found = said(vary(EXTENDS + toml))
    assert "variant/problem.toml:3: arguments[0].name: this key is required and missing" in found


@pytest.mark.parametrize("key", ["replace", "remove_arguments", "order"])
def test_only_a_variant_has_the_keys_of_one(vary: Vary, key: str) -> None:
    library = vary(f'{key} = ["structure"]\n' + TOML, statement="# A\n", starter=SOURCE)
    expected = f"variant/problem.toml:1: {key}: only a variant has this key: expected `extends`"
    assert said(library) == [f"{expected} beside it"]


def test_alone_a_rubric_stays_as_it_is() -> None:
    diagnostics = Diagnostics(Path("base"))
    assert alone(BASE, diagnostics) == BASE
    assert diagnostics.found == []


names = st.sampled_from(["start", "rows", "structure", "statement", "hints", "N", "double_sum"])
control = st.lists(names | values, max_size=3) | values
changes = st.dictionaries(
    st.sampled_from(["replace", "remove_arguments", "order"]), control, max_size=2
).flatmap(
    lambda own: st.dictionaries(
        st.sampled_from(PATHS).map(lambda p: _dotted(p)), values, max_size=3
    ).map(lambda more: {**own, **more})
)
extended = st.sampled_from(["double_sum", "base", "variant"]) | values


@settings(max_examples=150, deadline=None)
@given(changes, changes, st.just("double_sum") | extended, st.just("base") | extended)
def test_any_mappings_load_or_are_reported(
    base: dict[str, Any], variant: dict[str, Any], first: Any, second: Any
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "problems"
        write(root / "double_sum")
        write(root / "base", _toml({"extends": first, **base}))
        write(root / "variant", _toml({"extends": second, **variant}))
        library = Library((root,))
        with suppress(UsageError):
            library.infer(SOURCE)
        with suppress(ProblemError):
            library.load("variant")


def _dotted(path: tuple[Any, ...]) -> str:
    """A key path as TOML; what is in a list stands for the whole list."""
    within = (index for index, part in enumerate(path) if isinstance(part, int))
    return ".".join(map(str, path[: next(within, len(path))]))


def _toml(changes: dict[str, Any]) -> str:
    return "".join(f"{key} = {toml_text(value)}\n" for key, value in changes.items())
