from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graders.verdict import Verdict
from harness.errors import ProblemError, UsageError
from harness.problem.library import Library, built_in, standard_library
from tests.harness.problem.conftest import TOML, Vary, write


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name in ("double_sum", "running_mean", "running_max"):
        source = f"def {name}(start, rows):\n    return start\n"
        write(tmp_path / "problems" / name, TOML.replace("double_sum", name), source)
    (tmp_path / "problems" / "notes").mkdir()
    return Library((tmp_path / "problems",))


def test_ids_are_the_folders_with_a_rubric(library: Library) -> None:
    assert library.ids() == ("double_sum", "running_max", "running_mean")
    assert Library((Path("/nowhere"),)).ids() == ()


def test_loading_by_id(library: Library) -> None:
    assert library.load("running_max").rubric.entry == "running_max"


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("running_maxx", "there is no problem 'running_maxx'; did you mean running_max?"),
        ("x", "there is no problem 'x'; there are: double_sum, running_max, running_mean"),
        ("../problems/double_sum", "there is no problem '../problems/double_sum'; did you mean"),
        ("", "there is no problem ''; there are: double_sum"),
    ],
)
def test_an_unknown_id_is_answered_with_the_nearest(
    library: Library, id: str, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        library.load(id)
    assert str(caught.value).startswith(message)


def test_earlier_folders_come_first(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "mine" / "double_sum", TOML.replace("A doubled", "My doubled"))
    both = Library((tmp_path / "mine", *library.roots))
    assert both.load("double_sum").title == "My doubled sum"
    assert both.ids() == library.ids()


def test_samples_carry_their_verdict(library: Library, tmp_path: Path) -> None:
    samples = tmp_path / "submissions" / "double_sum"
    for name in ("wrong_answer/b.py", "accepted/a.py", "wrong_answer/a.py", "wrong_answer/a.txt"):
        (samples / name).parent.mkdir(parents=True, exist_ok=True)
        (samples / name).write_text("")
    assert library.samples("double_sum") == [
        (Verdict.ACCEPTED, samples / "accepted" / "a.py"),
        (Verdict.WRONG_ANSWER, samples / "wrong_answer" / "a.py"),
        (Verdict.WRONG_ANSWER, samples / "wrong_answer" / "b.py"),
    ]
    assert library.samples("running_max") == []
    with pytest.raises(UsageError):
        library.samples("no_such")


def test_a_sample_under_no_verdict_is_the_authors_mistake(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "submissions" / "double_sum" / "wrong_anwser" / "a.py"
    path.parent.mkdir(parents=True)
    path.write_text("")
    with pytest.raises(ProblemError) as caught:
        library.samples("double_sum")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.file, diagnostic.suggestion) == (path, "wrong_answer")


@pytest.mark.parametrize(
    "source",
    [
        "def double_sum(start, rows): ...",
        "import jax\ndouble_sum = jax.jit(lambda a, b: a)",
        "if True:\n    def double_sum(a, b): ...",
        "def double_sum(start, rows)\n    return start",
        "from running_mean import running_max\ndef double_sum(a, b): ...",
    ],
)
def test_a_file_says_which_problem_it_answers(library: Library, source: str) -> None:
    assert library.infer(source) == "double_sum"


def test_a_variant_asks_for_the_function_of_what_it_extends(vary: Vary) -> None:
    vary('extends = "double_sum"\nentry = "other"\n', name="first")
    library = vary('extends = "first"\n', name="second")
    assert library.infer("def double_sum(): ...") == "double_sum"
    with pytest.raises(UsageError, match="the file answers first, second: say which"):
        library.infer("def other(): ...")


@pytest.mark.parametrize("extends", ['"second"', '"nothing"', "3", '"first"\nentry = 3'])
def test_a_variant_of_nothing_does_not_keep_others_from_being_found(
    vary: Vary, extends: str
) -> None:
    vary('extends = "second"\n', name="first")
    library = vary(f"extends = {extends}\n", name="second")
    assert library.infer("def double_sum(): ...") == "double_sum"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "the file defines no function that a problem asks for (double_sum, running_max, "),
        ("from x import double_sum", "the file defines no function that a problem asks for"),
        ("def doubel_sum(): ...", "the file defines doubel_sum, which no problem asks for: did "),
        ("def double_sum(): ...\ndef running_max(): ...", "the file answers double_sum, running_m"),
        (f"def running_mea{'n' * 9999}(): ...", "the file defines no function that"),
    ],
)
def test_a_file_that_answers_none_or_several(library: Library, source: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        library.infer(source)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_two_problems_may_ask_for_one_function(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "problems" / "double_sum_again")
    with pytest.raises(UsageError, match="double_sum, double_sum_again: say which with --problem"):
        library.infer("def double_sum(start, rows): ...")
    with pytest.raises(UsageError, match=r"say which with problem=$"):
        library.infer("def double_sum(start, rows): ...", option="problem=")


@pytest.mark.parametrize("toml", [b"entry = ", b"entry = 3", b"\xff", b"x = " + b"[" * 5000])
def test_a_broken_package_does_not_keep_others_from_being_found(
    library: Library, tmp_path: Path, toml: bytes
) -> None:
    (tmp_path / "problems" / "running_max" / "problem.toml").write_bytes(toml)
    assert library.infer("def double_sum(start, rows): ...") == "double_sum"


def test_folders_from_the_environment_come_before_the_built_in(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    paths = os.pathsep.join([str(tmp_path / "a"), "", str(tmp_path / "b")])
    library = standard_library({"JAXJUDGE_PROBLEMS": paths})
    assert library.roots == (tmp_path / "a", tmp_path / "b", built_in())
    assert standard_library({}).roots == (built_in(),)


def test_a_folder_from_the_environment_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"JAXJUDGE_PROBLEMS names .*, which is not a folder"):
        standard_library({"JAXJUDGE_PROBLEMS": str(tmp_path / "gone")})


def test_looking_up_imports_neither_pydantic_nor_jax() -> None:
    code = (
        "import sys\n"
        "from harness.problem.library import standard_library\n"
        "import harness.problem.load\n"
        "standard_library({}).infer('def scan_training_step(): ...')\n"
        "print(sorted({'jax', 'pydantic', 'hypothesis'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "[]"
