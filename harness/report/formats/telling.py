"""What every report for other programs says in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graders.verdict import CheckResult, Counterexample, Finding, Status, Verdict, Where
from harness.report import example
from harness.report.document import Entry, Report, Ungraded
from harness.report.page import Page, Symbols
from harness.report.results import Results
from harness.report.text import cap, clean_line

JUDGE_FAILED = "The judge failed, not your program. This does not count as an attempt."
NOTHING = "There was nothing to grade."
CUT_SHORT = "... cut short"
SOURCE_LIMIT = 300
FINDINGS = 12
WIDTH = 80


def points(score: float, max_score: float) -> str:
    """Points as one says them, such as `40/100`."""
    return "/".join(f"{round(value, 2):g}" for value in (score, max_score))


def place(where: Where) -> str:
    """A place in the submission: the line, the function it is in, and its text."""
    function = f" in {clean_line(where.function)}" if where.function else ""
    source = cap(clean_line(where.source.strip()), SOURCE_LIMIT)
    return f"line {where.line}{function}" + (f":  {source}" if source else "")


def title(check: CheckResult) -> str:
    """A check's name, with its points where it is worth any, such as `structure (40/40 points)`."""
    worth = f" ({points(check.score, check.max_score)} points)" if check.max_score else ""
    return f"{check.name}{worth}"


def headline(entry: Entry) -> str:
    """The outcome of a submission, such as `wrong_answer, 40/100 points`."""
    if judge_failed(entry):
        return JUDGE_FAILED
    if isinstance(entry, Ungraded):
        return "not graded"
    judgement = entry.judgement
    return f"{judgement.verdict}, {points(judgement.score, judgement.max_score)} points"


def facts(entry: Entry) -> dict[str, Any]:
    """What a submission was and what judged it, for programs: plain texts and dicts of them."""
    if isinstance(entry, Ungraded):
        return {"file": entry.name, "verdict": "not_graded"}
    return {
        "file": entry.name,
        "verdict": str(entry.judgement.verdict),
        "problem": entry.problem,
        "problem_version": entry.problem_version,
        "sha256": entry.sha256,
        "isolation": entry.isolation.level,
        "versions": dict(entry.versions),
    }


def printed(entry: Entry | None) -> str:
    """What a submission printed, on both streams; the learner's text. Empty if nothing."""
    if not isinstance(entry, Report):
        return ""
    output = entry.output
    parts = [text.rstrip("\n") for text in (output.stdout, output.stderr) if text.strip()]
    return "\n".join([*parts, *([CUT_SHORT] if output.truncated else [])])


def headlines(results: Results) -> Iterator[str]:
    """How a run ended: that it was cut short, if it was, and each submission's outcome."""
    if results.unfinished:
        yield ended_early(results.unfinished)
    elif not results.entries:
        yield NOTHING
    several = len(results.entries) > 1
    for entry in results.entries:
        yield f"{entry.name}: {headline(entry)}" if several else headline(entry)


def ended_early(why: str) -> str:
    """That a run ended before it was done, and why."""
    return f"The run ended early, which is no fault of your program: {why}"


def judge_failed(entry: Entry) -> bool:
    """Whether a submission got no verdict for a reason that is not the learner's."""
    if isinstance(entry, Ungraded):
        return entry.kind == "judge"
    return entry.judgement.verdict is Verdict.JUDGE_ERROR


def check_lines(check: CheckResult) -> Iterator[str]:
    """How a check ended, then each finding: what is wrong, where, why, what to change."""
    yield check.message
    for n, finding in enumerate(check.findings[:FINDINGS]):
        if n:
            yield ""
        yield from finding_lines(finding, check.message)
    if len(check.findings) > FINDINGS:
        yield f"\nand {len(check.findings) - FINDINGS} more, all in the JSON report"


def finding_lines(finding: Finding, said: str = "") -> Iterator[str]:
    """What there is to say about a finding, its message only if it was not `said` before."""
    if finding.message != said:
        yield finding.message
    if finding.where is not None:
        yield place(finding.where)
    if finding.cause:
        yield finding.cause
    if finding.hint:
        yield f"→ {finding.hint}"


def example_text(counterexample: Counterexample | None) -> str:
    """The smallest failing batch in lines of at most `WIDTH` columns; empty if there is none."""
    page = Page(WIDTH, False, Symbols())
    return "\n".join(example.lines(counterexample, page))


def explanation(entry: Entry) -> str:
    """Why a submission was not accepted, in the order in which a learner needs it."""
    parts = [JUDGE_FAILED] if judge_failed(entry) else []
    if isinstance(entry, Report):
        wrong = (check for check in entry.judgement.checks if check.status is not Status.PASSED)
        parts += ["\n".join((title(check), *check_lines(check))) for check in wrong]
        parts.append(example_text(entry.judgement.counterexample))
    else:
        parts.append(entry.message)
    return "\n\n".join(part for part in parts if part) or headline(entry)
