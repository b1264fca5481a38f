from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings

from graders.verdict import Judgement, Verdict
from harness.report.document import Report, Ungraded
from harness.report.formats import github, telling
from harness.report.results import Results
from tests.harness.report.formats import hostile
from tests.harness.report.formats.strategies import MANY, RESULTS
from tests.harness.report.formats.test_markdown import check

Command = tuple[str, dict[str, str], str]


def commands(text: str) -> Iterator[Command]:
    """The commands the runner takes from a log: name, properties, message."""
    stopped = ""
    for line in re.split(r"\r\n|\r|\n", text):
        found = re.match(r"\s*::(\S*?)(?: (.*?))?::(.*)", line)
        old = re.search(r"##\[(\w+)[^\]]*\](.*)", line)
        if stopped:
            if found and found[1] == stopped:
                stopped = ""
        elif found and found[1] == "stop-commands":
            stopped = found[3]
        elif found:
            pairs = (pair.split("=", 1) for pair in (found[2] or "").split(",") if "=" in pair)
            properties = {name: unquote(value) for name, value in pairs}
            yield found[1], properties, unquote(found[3])
        elif old:
            yield old[1], {}, old[2]


def test_errors_stand_on_the_learners_lines(wrong: Results) -> None:
    first, second, third = commands(github.notes(wrong, "work"))
    assert first == (
        "error",
        {"file": "work/class/bo b.py", "line": "1", "title": "wrong answer: correctness"},
        "wrong on 254 of 256 batches\nThe gradient lacks the factor x.\n"
        "→ Differentiate (w * x - y)**2 with respect to w: the factor x stays.",
    )
    assert (second[1]["line"], third[1]["line"]) == ("12", "13")
    assert second[1]["title"] == "wrong answer: structure"


@pytest.mark.parametrize(
    ("root", "name", "file"),
    [
        ("", "my.py", "my.py"),
        (".", "./my.py", "my.py"),
        ("a/b", "../my.py", "a/my.py"),
        ("a", "50%,x:1.py", "a/50%,x:1.py"),
    ],
)
def test_files_are_named_from_the_repositorys_root(
    wrong: Results, root: str, name: str, file: str
) -> None:
    entries = (Ungraded(name, "file", "my.py is empty"),)
    [(kind, properties, message)] = commands(github.notes(replace(wrong, entries=entries), root))
    assert (kind, message) == ("error", "my.py is empty")
    assert properties == {"file": file, "line": "1", "title": "not graded"}


def test_the_judges_faults_are_warnings_on_no_line(mixed: Results) -> None:
    found = list(commands(github.notes(replace(mixed, unfinished="interrupted"), "")))
    warnings = [command for command in found if command[0] == "warning"]
    assert [set(properties) for _, properties, _ in warnings] == [{"title"}] * 3
    early, machine, lost = (message for _, _, message in warnings)
    assert "interrupted" in early
    assert machine.startswith(f"class/dora.py: {telling.JUDGE_FAILED}")
    assert lost.endswith("cannot start the process that runs submissions")
    errors = {properties["file"] for kind, properties, _ in found if kind == "error"}
    assert errors == {"class/bo b.py", "class/clé.py", "class/emil.py"}


def test_nothing_is_said_of_what_was_accepted(accepted: Results) -> None:
    assert github.notes(accepted, "") == ""


def test_a_failed_check_without_findings_is_told_too(wrong: Results) -> None:
    [report] = wrong.entries
    assert isinstance(report, Report)
    bare = tuple(replace(check, findings=()) for check in report.judgement.checks)
    judgement = Judgement(Verdict.WRONG_ANSWER, bare)
    run = replace(wrong, entries=(replace(report, judgement=judgement),))
    found = list(commands(github.notes(run, "")))
    assert [message for _, _, message in found] == [check.message for check in bare]


def test_more_than_are_shown_are_counted_and_no_submission_is_left_out(wrong: Results) -> None:
    [report] = wrong.entries
    assert isinstance(report, Report)
    entries = tuple(replace(report, name=f"{n}.py") for n in range(8))
    found = list(commands(github.notes(replace(wrong, entries=entries), "")))
    files = [properties["file"] for kind, properties, _ in found if kind == "error"]
    assert files == [*(f"{n}.py" for n in range(8)), "0.py", "1.py"]
    assert found[-1] == ("notice", {"title": "jaxjudge"}, "14 more errors are not shown here")


def test_a_summary_is_the_markdown_report(mixed: Results) -> None:
    text = github.render(mixed)
    check(text)
    assert text.startswith("## 1 of 6 accepted\n")
    assert "### ✗ `class/bo b.py`: wrong answer, 0/100 points" in text
    assert "more" not in text.split("###")[0]


def test_a_long_summary_is_cut_between_submissions(
    wrong: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert github.SUMMARY_LIMIT == 1024 * 1024
    monkeypatch.setattr(github, "SUMMARY_LIMIT", 20_000)
    text = github.render(replace(wrong, entries=wrong.entries * 50))
    check(text)
    told = text.count("\n### ")
    assert 18_000 < len(text.encode()) <= 20_000
    assert f"\n{50 - told} more not accepted: " in text
    assert text.count("\n| `class/bo b.py`") == 50


def test_of_more_rows_than_there_is_room_for_the_first_are_shown(
    mixed: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(github, "SUMMARY_LIMIT", 5_000)
    text = github.render(replace(mixed, entries=mixed.entries * 20))
    check(text)
    shown = text.count("\n| `class/")
    assert f"\nand {120 - shown} submissions more\n" in text
    assert len(text.encode()) <= 5_000


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=hostile.TEXTS)
def test_no_text_starts_a_command(mixed: Results, text: str) -> None:
    run = hostile.everywhere(mixed, text)
    written = github.notes(run, "")
    found = list(commands(written))
    assert len(found) == len(written.splitlines())
    for kind, properties, _ in found:
        assert kind in {"error", "warning", "notice"}
        assert set(properties) <= {"file", "line", "title"}
    check(github.render(run))


@MANY
@given(RESULTS)
def test_every_run_has_commands_and_a_summary(results: Results) -> None:
    written = github.notes(results, "work")
    assert len(list(commands(written))) == written.count("\n")
    assert len(github.render(results).encode()) <= github.SUMMARY_LIMIT
