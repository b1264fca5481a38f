"""What a comparison finds, and every form it is written in."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.verdict import CheckResult, Judgement, Status, Verdict
from harness.report.compared import jsondoc, markdown, terminal
from harness.report.compared.comparison import NOT_GRADED, Comparison, Kind, compare, gathered
from harness.report.document import Entry, Isolation, Output, Report, Ungraded
from harness.report.page import ASCII, Page, Symbols

PAGE = Page(80, False, Symbols())
SCHEMA = json.loads(
    (Path(jsondoc.__file__).parents[1] / "schema" / "comparison.schema.json").read_text("utf-8")
)
MANUAL = Path(__file__).parents[4] / "docs" / "report.md"


def report(
    name: str,
    verdict: Verdict = Verdict.ACCEPTED,
    score: float = 100,
    *,
    problem: str = "sums",
    version: str = "1f",
    content: str = "aa",
    jax: str = "0.10.2",
) -> Report:
    status = Status.PASSED if verdict is Verdict.ACCEPTED else Status.FAILED
    message = "" if status is Status.PASSED else f"it is\n{verdict}"
    check = CheckResult("correctness", status, score, 100, message)
    return Report(
        problem=problem,
        problem_version=version,
        name=name,
        sha256=content * 32,
        judgement=Judgement(verdict, (check,)),
        isolation=Isolation("strict"),
        output=Output(),
        timings={"total": 0.5},
        versions={"jaxjudge": "0.1.0", "jax": jax, "python": "3.11.2"},
    )


def compared(old: Sequence[Entry], new: Sequence[Entry]) -> Comparison:
    return compare(gathered(old), gathered(new))


WRONG = Verdict.WRONG_ANSWER
STRUCTURE = Verdict.WRONG_STRUCTURE
EMPTY = Ungraded("a.py", "file", "a.py is empty")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (report("a.py"), report("a.py"), None),
        (report("a.py"), report("a.py", content="bb"), None),
        (report("a.py"), report("a.py", WRONG, 40), Kind.LOST),
        (report("a.py"), report("a.py", Verdict.JUDGE_ERROR, 0), Kind.LOST),
        (report("a.py"), EMPTY, Kind.LOST),
        (report("a.py"), None, Kind.LOST),
        (report("a.py", WRONG, 40), report("a.py"), Kind.GAINED),
        (EMPTY, report("a.py"), Kind.GAINED),
        (report("a.py", WRONG, 40), report("a.py", STRUCTURE, 40), Kind.CHANGED),
        (EMPTY, report("a.py", WRONG, 40), Kind.CHANGED),
        (report("a.py", WRONG, 40), EMPTY, Kind.CHANGED),
        (report("a.py", WRONG, 40), report("a.py", WRONG, 0), Kind.SCORE),
        (report("a.py"), report("a.py", score=90), Kind.SCORE),
        (EMPTY, Ungraded("a.py", "judge", "no memory"), None),
        (None, report("a.py"), Kind.NEW),
        (None, EMPTY, Kind.NEW),
        (report("a.py", WRONG, 40), None, Kind.GONE),
        (EMPTY, None, Kind.GONE),
    ],
)
def test_what_happened_to_a_submission(
    old: Entry | None, new: Entry | None, kind: Kind | None
) -> None:
    found = compared([old] if old else [], [new] if new else [])
    assert [change.kind for change in found.changes] == ([kind] if kind else [])
    assert found.unchanged == (kind is None)
    assert found.good == (kind is not Kind.LOST)


def test_a_file_that_changed_is_told_from_one_that_did_not() -> None:
    edited = compared([report("a.py")], [report("a.py", WRONG, 0, content="bb")])
    same = compared([report("a.py")], [report("a.py", WRONG, 0)])
    unknown = compared([report("a.py")], [EMPTY])
    gone = compared([report("a.py")], [])
    found = [comparison.changes[0].edited for comparison in (edited, same, unknown, gone)]
    assert found == [True, False, None, None]


def test_one_name_for_several_problems_is_matched_by_problem_too() -> None:
    old = [report("a.py"), report("a.py", WRONG, 40, problem="scans")]
    new = [report("a.py", problem="scans"), report("a.py")]
    found = compared(old, new)
    assert [(c.kind, c.standing.problem) for c in found.changes] == [(Kind.GAINED, "scans")]
    assert found.unchanged == 1


def test_one_name_is_one_submission_even_when_its_problem_changed() -> None:
    found = compared([report("a.py")], [report("a.py", WRONG, 40, problem="scans")])
    assert [change.kind for change in found.changes] == [Kind.LOST]
    assert "another problem: sums before, scans now" in terminal.render(found, PAGE)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([report("a.py"), report("b.py"), report("a.py")], "a.py is there twice for sums;"),
        ([EMPTY, EMPTY], "a.py is there twice;"),
        ([report("a.py", score=float("nan"))], "finite"),
    ],
)
def test_what_cannot_be_compared_is_refused(entries: Sequence[Entry], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        gathered(entries)


def test_only_versions_that_differ_are_named() -> None:
    old = [report("a.py"), report("b.py", problem="scans")]
    new = [report("a.py", version="2e"), report("c.py", version="3d", jax="0.11.0")]
    found = compared(old, new)
    assert [(d.name, d.old, d.new) for d in found.problems] == [("sums", ("1f",), ("2e", "3d"))]
    assert [(d.name, d.new) for d in found.versions] == [("jax", ("0.10.2", "0.11.0"))]
    assert compared(old, old).problems == compared(old, old).versions == ()
    assert compared(old, [replace(report("a.py"), versions={})]).versions == ()


_ENTRIES = st.dictionaries(
    st.sampled_from("abcd"),
    st.tuples(st.sampled_from([*Verdict, None]), st.integers(0, 2), st.sampled_from("st")),
)


def _run(entries: dict[str, tuple[Verdict | None, int, str]]) -> list[Entry]:
    return [
        Ungraded(name, "file", "") if verdict is None else report(name, verdict, points, problem=p)
        for name, (verdict, points, p) in entries.items()
    ]


@given(_ENTRIES, _ENTRIES)
def test_every_submission_is_counted_once(
    old: dict[str, tuple[Verdict | None, int, str]], new: dict[str, tuple[Verdict | None, int, str]]
) -> None:
    found = compared(_run(old), _run(new))
    names = [change.standing.name for change in found.changes]
    assert len(set(names)) == len(names)
    assert found.unchanged + len(names) == len(old.keys() | new.keys())
    accepted = [name for name, (verdict, _, _) in old.items() if verdict is Verdict.ACCEPTED]
    lost = {name for name in accepted if name not in new or new[name][0] is not Verdict.ACCEPTED}
    assert {c.standing.name for c in found.changes if c.kind is Kind.LOST} == lost
    assert compared(_run(old), _run(old)).changes == ()


MANY = compared(
    [
        report("lost.py", version="a1" * 32),
        report("gained|.py", WRONG, 40),
        report("changed.py", WRONG, 40),
        report("score.py", WRONG, 40),
        report("gone.py", WRONG, 40),
        report("same.py"),
    ],
    [
        report("lost.py", WRONG, 40, version="b2" * 32, content="bb"),
        report("gained|.py", jax="0.11.0"),
        Ungraded("changed.py", "file", "cannot be read"),
        report("score.py", WRONG, 62.5),
        report("new\x1b.py", STRUCTURE, 60),
        *(report(f"v{n}.py", version=str(n), jax="0.10.2") for n in range(3)),
        report("same.py"),
    ],
)
EXPECTED = """\
jax: 0.10.2 → 0.10.2, 0.11.0
problem sums: 1f, a1a1a1a1a1a1 → 0, 1, 1f and 2 more

Lost: accepted before, and not any more
✗ lost.py  accepted 100/100 → wrong_answer 40/100
    it is wrong_answer
    the file itself changed

Gained: not accepted before, and now it is
✓ gained|.py  wrong_answer 40/100 → accepted 100/100

Another verdict
- changed.py  wrong_answer 40/100 → not graded
    cannot be read

The same verdict, another score
- score.py  wrong_answer 40/100 → wrong_answer 62.5/100
    it is wrong_answer

New: not there before
- new\\x1b.py  not there → wrong_structure 60/100
    it is wrong_structure
- v0.py  not there → accepted 100/100
- v1.py  not there → accepted 100/100
- v2.py  not there → accepted 100/100

Gone: not there any more
- gone.py  wrong_answer 40/100 → not there

Compared 10 submissions: 1 lost, 1 gained, 1 with another verdict, 1 with
another score, 4 new, 1 gone, 1 unchanged
"""


def test_a_person_reads_what_changed_by_kind() -> None:
    assert terminal.render(MANY, PAGE) == EXPECTED
    assert terminal.render(MANY, Page(80, False, ASCII)).isascii()
    coloured = terminal.render(MANY, Page(80, True, Symbols()))
    assert re.sub(r"\x1b\[\d+m", "", coloured) == EXPECTED


def test_nothing_to_tell_is_one_line() -> None:
    same = compared([report("a.py")], [report("a.py")])
    assert terminal.render(same, PAGE) == "Compared 1 submission: 1 unchanged\n"
    assert terminal.render(compared([], []), PAGE) == "Compared 0 submissions: 0 unchanged\n"


def test_markdown_has_a_table_for_each_kind_and_takes_nothing_from_a_name() -> None:
    text = markdown.render(MANY)
    assert text.startswith("Compared 10 submissions: 1 lost, ")
    assert "| jax | 0.10.2 | 0.10.2, 0.11.0 |\n" in text
    assert "| lost.py | accepted 100/100 | wrong\\_answer 40/100 | it is wrong\\_answer; " in text
    assert "| gained\\|.py |" in text
    assert text.count("### ") == 6
    bold = compared([report("**a**<b>.py")], [])
    assert "\\*\\*a\\*\\*\\<b\\>.py" in markdown.render(bold)
    assert "version of" not in markdown.render(bold)


def test_the_document_is_as_its_schema_says() -> None:
    document = json.loads(jsondoc.render(MANY))
    jsonschema.validate(document, SCHEMA)
    assert (document["good"], document["unchanged"]) == (False, 1)
    lost, *_, gone = document["changes"]
    assert (lost["kind"], lost["edited"], lost["new"]["verdict"]) == ("lost", True, "wrong_answer")
    assert (gone["kind"], gone["edited"], gone["new"]) == ("gone", None, None)
    assert document["problems"][0]["old"] == ["1f", "a1" * 32]
    assert "new\\x1b.py" in [change["name"] for change in document["changes"]]


def test_the_schema_is_closed_and_the_manual_names_every_key() -> None:
    section = MANUAL.read_text("utf-8").partition("## Two runs compared")[2].partition("\n## ")[0]
    definitions = SCHEMA["$defs"]
    assert definitions["change"]["properties"]["kind"]["enum"] == list(map(str, Kind))
    verdicts = definitions["standing"]["properties"]["verdict"]["enum"]
    assert verdicts == [*map(str, Verdict), NOT_GRADED]
    for schema in (SCHEMA, *definitions.values()):
        assert schema["additionalProperties"] is False
        assert sorted(schema["required"]) == sorted(schema["properties"])
        for key in schema["properties"]:
            assert re.search(rf"`(\w+(\[\])?\.)*{key}(\[\])?`", section), key


def test_a_name_with_everything_in_it_stays_on_one_line() -> None:
    name = "\u202e\n::error::\x00" + "n" * 9_000
    found = compared([report(name)], [replace(EMPTY, name=name)])
    lines = terminal.render(found, PAGE).splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) < 12
    assert "\x00" not in markdown.render(found)
