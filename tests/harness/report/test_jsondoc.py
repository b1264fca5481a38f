from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import harness.report
from graders.verdict import Judgement, Status, Verdict
from harness.report.document import Output, Report
from harness.report.jsondoc import OUTPUT_LIMIT, plain, render, to_document

SCHEMA = json.loads((Path(harness.report.__path__[0]) / "schema/report.schema.json").read_text())
MANUAL = Path(__file__).parents[3] / "docs" / "report.md"


def test_what_a_wrong_answer_is_in_json(wrong_answer: Report) -> None:
    document = to_document(wrong_answer)
    assert document["schema"] == "jaxjudge.report/1"
    assert document["problem"] == {"id": "scan_training_step", "version": "3f2a91"}
    assert document["submission"] == {"name": "my.py", "sha256": "ab" * 32}
    assert (document["verdict"], document["score"], document["max_score"]) == (
        "wrong_answer",
        40,
        100,
    )
    finding = document["checks"][0]["findings"][0]
    assert finding["location"]["line"] == 12
    assert document["checks"][1]["status"] == "passed"
    assert document["counterexample"]["arguments"]["x_batches"][1] == [0.1, 2.0, "nan"]
    assert document["counterexample"]["trajectory"][-1] == {
        "step": 1,
        "expected": {"w": 2.0},
        "got": {"w": 0.0},
        "gradients": {"w": {"expected": -2.0, "got": 0.0}},
        "same": False,
    }
    assert document["evidence"]["shapes"] == [{"N": 1, "B": 1}, {"N": 2, "B": 3}]
    assert document["isolation"] == {"level": "confined", "mechanisms": ["rlimits", "landlock"]}


def test_what_is_absent_is_null(wrong_answer: Report) -> None:
    document = to_document(replace(wrong_answer, judgement=Judgement(Verdict.JUDGE_ERROR, ())))
    assert document["counterexample"] is None
    assert document["evidence"]["exact"] is None
    assert document["evidence"]["xla_device"] is None


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (float("inf"), "inf"),
        (float("-inf"), "-inf"),
        (Fraction(1, 4), 0.25),
        (np.float32(0.5), 0.5),
        (np.arange(2), [0, 1]),
        (np.bool_(True), True),
        (True, True),
        (2**70, 2**70),
        (1 + 2j, "(1+2j)"),
        ({"w": (1, 2)}, {"w": [1, 2]}),
    ],
)
def test_every_argument_becomes_plain_json(value: object, written: object) -> None:
    result = plain(value)
    assert result == written
    assert type(result) is type(written)


def test_long_output_is_cut_and_says_so(wrong_answer: Report) -> None:
    output = to_document(replace(wrong_answer, output=Output("\x1b" * OUTPUT_LIMIT)))["output"]
    assert len(output["stdout"]) == OUTPUT_LIMIT
    assert output["truncated"] is True


def test_runner_commands_survive_as_text_only(wrong_answer: Report) -> None:
    text = render(replace(wrong_answer, name="##[error]x ##vso[y]"))
    assert "##" not in text
    assert json.loads(text)["submission"]["name"] == "##[error]x ##vso[y]"


def test_the_schema_names_every_verdict_and_status() -> None:
    assert SCHEMA["properties"]["verdict"]["enum"] == [str(verdict) for verdict in Verdict]
    assert SCHEMA["$defs"]["check"]["properties"]["status"]["enum"] == [str(s) for s in Status]


def test_the_schema_is_closed_and_the_manual_names_every_key() -> None:
    manual = MANUAL.read_text()
    for schema in [SCHEMA, *_objects(SCHEMA)]:
        if "properties" in schema:
            assert schema["additionalProperties"] is False
            assert sorted(schema["required"]) == sorted(schema["properties"])
            for key in schema["properties"]:
                assert re.search(rf"`(\w+(\[\])?\.)*{key}(\[\])?`", manual), key


def _objects(value: object) -> list[dict[str, dict[str, object]]]:
    if isinstance(value, list):
        return [found for item in value for found in _objects(item)]
    if not isinstance(value, dict):
        return []
    here = [value] if value.get("type") == "object" else []
    return here + [found for item in value.values() for found in _objects(item)]
