from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graders.verdict import Verdict
from harness.engine import Engine
from harness.errors import UsageError
from harness.files import write_folders
from harness.problem.library import Library
from harness.problem.model import Problem
from harness.problem.scaffold import LABELS, Scaffold, fresh, template, variant
from tests.harness.problem.conftest import Vary

Begin = Callable[[str, Scaffold], Library]


@pytest.fixture
def begin(tmp_path: Path, built_in: Library) -> Begin:
    """Writes a scaffold, and gives a library that holds it and the built-in problems."""

    def write(id: str, plan: Scaffold) -> Library:
        folders = {tmp_path / "problems" / id: plan.package}
        folders[tmp_path / "submissions" / id] = plan.samples
        write_folders(folders)
        return Library((tmp_path / "problems", *built_in.roots))

    return write


def check_verdicts(judge: Engine, library: Library, id: str) -> None:
    problem, samples = library.load(id), library.samples(id)
    assert {verdict for verdict, _ in samples} == set(LABELS)
    for expected, path in [*samples, (Verdict.ACCEPTED, problem.reference)]:
        report = judge.judge(path.read_bytes(), path.name, problem, samples)
        assert report.judgement.verdict is expected, path


def test_a_new_problem_is_graded_as_it_is(engine: Engine, begin: Begin) -> None:
    library = begin("running_level", fresh("running_level"))
    assert library.infer("def running_level(): ...") == "running_level"
    check_verdicts(engine, library, "running_level")


def test_a_new_variant_is_graded_as_it_is(
    engine: Engine, begin: Begin, built_in: Library, training_step: Problem
) -> None:
    plan = variant("my_step", training_step, built_in.samples(training_step.id))
    library = begin("my_step", plan)
    assert library.infer("def my_step(): ...") == "my_step"
    check_verdicts(engine, library, "my_step")


def test_a_new_problem_mentions_the_template_nowhere() -> None:
    plan = fresh("my_own")
    assert set(plan.package) == {"problem.toml", "statement.md", "reference.py", "starter.py"}
    for text in [*plan.package.values(), *plan.samples.values()]:
        assert "moving_average" not in text
    assert "def my_own(" in plan.package["starter.py"]


def test_comments_say_where_to_write_and_learners_do_not_see_them(begin: Begin) -> None:
    plan = fresh("my_own")
    assert all("# " in plan.package[name] for name in ("problem.toml", "reference.py"))
    assert plan.package["statement.md"].count("<!--") > 3
    problem = begin("my_own", plan).load("my_own")
    assert "<!--" not in problem.statement
    assert "#" not in problem.starter


def test_a_new_variant_says_what_its_base_says(
    begin: Begin, built_in: Library, training_step: Problem
) -> None:
    plan = variant("my_step", training_step, [])
    problem = begin("my_step", plan).load("my_step")
    expected = training_step.statement.replace(training_step.id, "my_step")
    assert problem.statement == expected.replace(training_step.title, "My step")
    assert problem.starter == training_step.starter.replace(training_step.id, "my_step")
    assert problem.rubric.arguments == training_step.rubric.arguments
    assert "\n- Pitfalls\n" in plan.package["statement.md"]
    assert "# N = { max = 12 }\n" in plan.package["problem.toml"]


def test_what_is_commented_out_would_be_valid(
    begin: Begin, training_step: Problem, tmp_path: Path
) -> None:
    library = begin("my_step", variant("my_step", training_step, []))
    toml = tmp_path / "problems" / "my_step" / "problem.toml"
    head, examples = toml.read_text().split("for example:\n")
    toml.write_text(head + "\n" + re.sub(r"^# ?", "", examples, flags=re.MULTILINE))
    problem = library.load("my_step")
    assert problem.summary == "One line for lists of problems."
    assert problem.rubric.arguments[0].high == 1.0


def test_the_template_is_a_problem_whose_samples_are_right() -> None:
    library = template()
    assert library.ids() == ("moving_average",)
    assert [verdict for verdict, _ in library.samples("moving_average")] == list(LABELS)


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("my-own", "'my-own' cannot be the id of a problem: it must be a Python identifier"),
        ("lambda", "'lambda' cannot be the id"),
        ("", "'' cannot be the id"),
        ("../x", "cannot be the id"),
        ("naïve", "cannot be the id"),
        ("jax", "jax is a name that the reference uses for something else; choose another"),
        ("follow", "follow is a name that the reference uses"),
    ],
)
def test_an_id_that_does_not_do(id: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        fresh(id)
    assert message in str(caught.value)


@pytest.fixture
def bare(vary: Vary) -> Library:
    """A problem without dimensions in use, sections and samples, and a variant of it."""
    return vary(
        'extends = "double_sum"\nentry = "twice"\n', reference="def twice(start, rows): ..."
    )


def sample(library: Library, name: str, text: str) -> None:
    path = library.folder("variant").parent.parent / "submissions" / "variant" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def planned(library: Library, id: str) -> Scaffold:
    return variant(id, library.load("variant"), library.samples("variant"))


def test_without_samples_the_reference_is_one(bare: Library) -> None:
    plan = planned(bare, "thrice")
    assert plan.samples == {"accepted/reference.py": "def thrice(start, rows): ..."}
    assert "\n(none)\n" in plan.package["statement.md"]


def test_the_shortest_sample_without_the_new_name_is_taken(bare: Library) -> None:
    sample(bare, "accepted/long.py", "def twice(start, rows):\n    return 2 * start\n")
    sample(bare, "accepted/short.py", "def twice(a, b): ...\n")
    sample(bare, "wrong_answer/a.py", "thrice = 3\ndef twice(a, b): ...\n")
    sample(bare, "wrong_answer/b.py", '"""Not thrice."""\ndef twice(a, b):\n    return 3 * a\n')
    sample(bare, "wrong_structure/a.py", "thrice = (\n")
    assert planned(bare, "thrice").samples == {
        "accepted/short.py": "def thrice(a, b): ...\n",
        "wrong_answer/b.py": '"""Not thrice."""\ndef thrice(a, b):\n    return 3 * a\n',
    }


def test_the_function_may_keep_its_name(bare: Library) -> None:
    sample(bare, "accepted/short.py", "def twice(a, b): ...\n")
    plan = planned(bare, "twice")
    assert plan.samples == {"accepted/short.py": "def twice(a, b): ...\n"}
    shutil.rmtree(bare.folder("variant").parent.parent / "submissions")
    assert 'entry = "twice"' in plan.package["problem.toml"]


def test_a_variant_can_have_no_dimensions(vary: Vary) -> None:
    library = vary(
        'extends = "double_sum"\nreplace = ["dimensions", "structure"]\nresult.shape = []\n'
        '[[arguments]]\nname = "rows"\nshape = [2]\n'
    )
    assert "# N = { max = 8 }\n" in planned(library, "_").package["problem.toml"]
    assert 'title = "_"\n' in planned(library, "_").package["problem.toml"]
