from __future__ import annotations

from pathlib import Path

import pytest

from harness.problem.diagnostics import Diagnostics
from harness.problem.library import Library
from harness.problem.load import load_problem
from harness.problem.package import read_package, read_source
from tests.harness.problem.conftest import TOML, Edit, Vary, mistakes, said, write

EXTENDS = 'extends = "double_sum"\n'


def test_a_package_that_extends_nothing(package: Edit) -> None:
    diagnostics = Diagnostics(folder := package())
    found = read_package(folder, {}, diagnostics)
    assert diagnostics.found == []
    assert (found.base, found.partial, list(found.bases())) == (None, False, [])
    assert found.rubric == found.own


def test_a_chain_is_followed_to_its_end(vary: Vary) -> None:
    vary(EXTENDS + "batches = 7\nminimum_move = 0.1\n", name="first")
    library = vary('extends = "first"\nbatches = 8\n', name="second")
    diagnostics = Diagnostics(library.folder("second"))
    folders = {id: library.folder(id) for id in library.ids()}
    found = read_package(library.folder("second"), folders, diagnostics)
    assert [base.folder.name for base in found.bases()] == ["first", "double_sum"]
    assert found.partial
    rubric = library.load("second").rubric
    assert (rubric.batches, rubric.minimum_move, rubric.entry) == (8, 0.1, "double_sum")


def test_a_base_is_looked_up_in_the_same_library(tmp_path: Path) -> None:
    write(tmp_path / "built_in" / "double_sum")
    write(tmp_path / "built_in" / "variant", 'extends = "double_sum"\nbatches = 3\n')
    write(tmp_path / "mine" / "double_sum", TOML.replace("batches = 16", "batches = 4"))
    write(tmp_path / "mine" / "other", 'extends = "variant"\n')
    library = Library((tmp_path / "mine", tmp_path / "built_in"))
    assert library.load("other").rubric.batches == 3
    assert library.load("double_sum").rubric.batches == 4
    (tmp_path / "built_in" / "variant" / "problem.toml").write_text(EXTENDS)
    assert library.load("other").rubric.batches == 4


@pytest.mark.parametrize(
    ("extends", "message"),
    [
        ('"doubel_sum"', "the id of a problem (double_sum, variant), found 'doubel_sum' (did you"),
        ('""', "expected the id of a problem (double_sum, variant), found ''"),
        ('"a\\u0000b"', "expected the id of a problem (double_sum, variant), found 'a\\x00b'"),
        ('"../double_sum"', "found '../double_sum' (did you mean double_sum?)"),
        ("7", "expected the id of a problem, found 7"),
        ("{ id = [1] }", "expected the id of a problem, found {'id': [1]}"),
        ('"variant"', "a problem that stands by itself, found variant extends variant"),
    ],
)
def test_a_base_that_cannot_be_had_is_one_mistake(vary: Vary, extends: str, message: str) -> None:
    (found,) = said(vary(f"batches = 3\nextends = {extends}\n"))
    assert found.startswith("variant/problem.toml:2: extends: expected ")
    assert message in found


def test_without_a_library_there_is_no_base(vary: Vary) -> None:
    folder = vary(EXTENDS).folder("variant")
    diagnostics = Diagnostics(folder)
    read_package(folder, {}, diagnostics)
    (found,) = diagnostics.found
    assert found.message == "expected the id of a problem (there is none), found 'double_sum'"
    assert load_problem(folder, {"double_sum": folder.parent / "double_sum"}).id == "variant"


def test_a_circle_is_reported_where_it_closes(vary: Vary) -> None:
    vary('extends = "third"\n', name="first")
    vary('extends = "first"\n', name="second")
    library = vary('batches = 3\nextends = "second"\n', name="third")
    chain = "expected a problem that stands by itself, found "
    assert said(library, "first") == [
        f"second/problem.toml:1: extends: {chain}first extends third extends second extends first"
    ]
    assert [found.file.parent.name for found in mistakes(library, "second")] == ["third"]


def test_a_chain_ends_somewhere(vary: Vary) -> None:
    vary(EXTENDS, name="variant_0")
    for number in range(1, 8):
        library = vary(f'extends = "variant_{number - 1}"\n', name=f"variant_{number}")
    assert library.load("variant_6").rubric.entry == "double_sum"
    assert said(library, "variant_7") == [
        "variant_0/problem.toml:1: extends: expected at most 8 problems that extend one another, "
        "found more"
    ]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (b"entry = ", "double_sum/problem.toml:1: not valid TOML"),
        (b"x = 1\n\xff", "double_sum/problem.toml:2: expected UTF-8 text"),
        (b"x = " + b"[" * 5000, "double_sum/problem.toml: expected TOML, found values nested"),
        (b"x" + b".x" * 5000 + b" = 1", "double_sum/problem.toml: expected TOML, found values "),
    ],
)
def test_a_base_that_cannot_be_read_is_the_only_mistake(
    vary: Vary, toml: bytes, message: str
) -> None:
    library = vary(EXTENDS)
    (library.folder("double_sum") / "problem.toml").write_bytes(toml)
    (found,) = said(library)
    assert found.startswith(message)


def test_a_base_that_is_a_folder_of_folders(vary: Vary) -> None:
    library = vary(EXTENDS)
    toml = library.folder("double_sum") / "problem.toml"
    toml.unlink()
    toml.mkdir()
    assert said(library) == ["double_sum/problem.toml: the file cannot be read: Is a directory"]


def test_of_a_variant_only_rubric_and_reference_are_required(vary: Vary) -> None:
    library = vary(EXTENDS)
    (library.folder("variant") / "reference.py").unlink()
    assert said(library) == ["variant/reference.py: expected this file, found none"]


def test_in_broken_toml_nothing_else_is_missed(vary: Vary) -> None:
    (found,) = said(vary(EXTENDS + "batches = \n"))
    assert found.startswith("variant/problem.toml:2: not valid TOML")


def test_a_base_needs_no_reference(vary: Vary) -> None:
    library = vary(EXTENDS)
    (library.folder("double_sum") / "reference.py").unlink()
    assert library.load("variant").reference.parent.name == "variant"


def test_a_source_knows_its_file(package: Edit) -> None:
    diagnostics = Diagnostics(folder := package())
    found = read_source(folder / "reference.py", diagnostics)
    assert found is not None
    assert found.path.read_text() == found.text
    assert read_source(folder / "other.py", diagnostics, required=False) is None
    assert diagnostics.found == []
