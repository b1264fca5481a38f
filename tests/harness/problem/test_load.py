from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest

from graders.rubric import (
    Argument,
    Dimension,
    Hint,
    Limits,
    Points,
    Result,
    Rubric,
    ScanRule,
    Signature,
    Structure,
)
from harness.errors import JudgeError, ProblemError
from harness.problem import schema
from harness.problem.load import load_problem
from tests.harness.problem.conftest import Edit, Vary, mistakes


def test_everything_written_is_in_the_problem(package: Edit) -> None:
    folder = package()
    problem = load_problem(folder)
    assert problem.rubric == Rubric(
        entry="double_sum",
        dimensions=(Dimension("N", 1, 4), Dimension("B", 2, 3)),
        arguments=(
            Argument("start", (), "float32", -1.0, 1.0),
            Argument("rows", ("N", "B", 2), "int32", 0, 9),
        ),
        results=(Result(("B",), "float32"),),
        signature=Signature.flat(("start", "rows")),
        structure=Structure(ScanRule("N", ("start",), ("rows",)), ("N",)),
        points=Points(3, 1.5),
        limits=Limits(5, 4.5, 256 << 20, 8 << 10, 1000),
        hints=(Hint("TypeError", "tuple", "unpack", "Unpack the tuple.", "trace"),),
        batches=16,
        minimum_move=0.5,
    )
    assert (problem.id, problem.title, problem.level) == ("double_sum", "A doubled sum", "easy")
    assert problem.summary == "Add the rows, twice."
    assert problem.statement == "# A doubled sum\n"
    assert problem.reference == folder / "reference.py"
    assert problem.starter == (folder / "starter.py").read_text()


def test_a_problem_is_frozen_and_hashable(package: Edit) -> None:
    problem = load_problem(package())
    with pytest.raises(dataclasses.FrozenInstanceError):
        problem.title = "other"  # type: ignore[misc]
    assert hash(problem.rubric) == hash(load_problem(problem.folder).rubric)


def test_what_is_left_out_has_the_default_of_the_rubric(package: Edit) -> None:
    folder = package(("batches = 16\nminimum_move = 0.5\n", ""))
    toml = folder / "problem.toml"
    toml.write_text(toml.read_text().split("[structure]")[0])
    rubric = load_problem(folder).rubric
    assert rubric == Rubric(
        rubric.entry, rubric.dimensions, rubric.arguments, rubric.results, rubric.signature
    )


def test_the_version_follows_rubric_and_reference_only(package: Edit) -> None:
    folder = package()
    versions = [load_problem(folder).version]
    for name, addition in (
        ("statement.md", "more"),
        ("starter.py", "# more\n"),
        ("reference.py", "# more\n"),
        ("problem.toml", "# more\n"),
    ):
        path = folder / name
        path.write_text(path.read_text() + addition)
        versions.append(load_problem(folder).version)
    assert versions[0] == versions[1] == versions[2]
    assert len(set(versions)) == 3
    assert all(len(version) == 64 and int(version, 16) >= 0 for version in versions)


def test_the_version_of_a_variant_follows_the_rubrics_it_extends(vary: Vary) -> None:
    vary('extends = "double_sum"\n', name="between")
    library = vary('extends = "between"\n')
    versions = [library.load("variant").version]
    for id in ("double_sum", "between", "variant"):
        toml = library.folder(id) / "problem.toml"
        toml.write_text(toml.read_text() + "# more\n")
        versions.append(library.load("variant").version)
    for name in ("reference.py", "starter.py", "statement.md"):
        path = library.folder("double_sum") / name
        path.write_text(path.read_text() + "# more\n")
    assert len(set(versions)) == 4
    assert library.load("variant").version == versions[-1]


def test_the_packages_own_files_are_reported_first(vary: Vary) -> None:
    library = vary('extends = "double_sum"\nlevel = 3\n', reference="(")
    toml = library.folder("double_sum") / "problem.toml"
    toml.write_text(toml.read_text().replace("batches = 16", "batches = true\nbatch = 2"))
    places = [(d.file.parent.name, d.file.name, d.line) for d in mistakes(library)]
    assert places == [
        ("variant", "problem.toml", 2),
        ("variant", "reference.py", 1),
        ("double_sum", "problem.toml", 5),
        ("double_sum", "problem.toml", 6),
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(package: Edit) -> None:
    folder = package()
    for name in ("problem.toml", "reference.py"):
        text = (folder / name).read_text().replace("\n", "\r\n")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load_problem(folder).rubric.entry == "double_sum"


def test_a_missing_folder_misses_every_file(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        load_problem(tmp_path / "nowhere")
    names = [diagnostic.file.name for diagnostic in caught.value.diagnostics]
    assert names == ["problem.toml", "reference.py", "starter.py", "statement.md"]


def test_unreadable_files_are_reported_with_their_line(package: Edit) -> None:
    folder = package()
    (folder / "statement.md").write_bytes(b"# Title\n\nna\xefve\n")
    (folder / "starter.py").unlink()
    (folder / "starter.py").mkdir()
    with pytest.raises(ProblemError) as caught:
        load_problem(folder)
    starter, statement = caught.value.diagnostics
    assert "cannot be read" in starter.message
    assert (statement.line, statement.message) == (
        3,
        "expected UTF-8 text, found the byte 0xef",
    )


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        ('entry = "a"\ntitle = \n', 2),
        ('entry = "a"\nentry = "b"\n', 2),
        ('entry = "never closed', 1),
        ("entry = " + "[" * 3000, None),
        ("batches = " + "9" * 5000, None),
    ],
)
def test_bad_toml_is_one_mistake_with_its_line(package: Edit, toml: str, line: int | None) -> None:
    folder = package()
    (folder / "problem.toml").write_text(toml)
    with pytest.raises(ProblemError) as caught:
        load_problem(folder)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.file.name == "problem.toml"
    assert diagnostic.line == line
    assert "TOML" in diagnostic.message


def test_problem_errors_are_the_authors_fault(tmp_path: Path) -> None:
    with pytest.raises(JudgeError) as caught:
        load_problem(tmp_path)
    assert caught.value.exit_code == 3
    assert str(caught.value).startswith("4 mistakes in the problem package:\n  ")


def test_the_schema_and_the_rubric_agree_on_defaults() -> None:
    fields = schema.Document.model_fields
    defaults = {field.name: field.default for field in dataclasses.fields(Rubric)}
    for name in ("batches", "minimum_move"):
        assert fields[name].default == defaults[name]


def test_loading_is_quick(package: Edit) -> None:
    folder = package()
    load_problem(folder)
    best = min(_seconds(folder) for _ in range(5))
    assert best < 0.03


def _seconds(folder: Path) -> float:
    start = time.perf_counter()
    load_problem(folder)
    return time.perf_counter() - start
