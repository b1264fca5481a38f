from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.reporting.request import KINDS, Request, requests


def test_a_kind_goes_to_the_path_given() -> None:
    junit, html = requests(["junit=a=b.xml", "html=-"], environ={})
    assert junit == Request("junit", "a=b.xml")
    assert junit.in_file
    assert not html.in_file
    assert html.about.whole


@pytest.mark.parametrize("kind", ["gradescope", "prairielearn"])
def test_a_platform_has_its_own_place(kind: str) -> None:
    (found,) = requests([kind], environ={})
    assert found == Request(kind, KINDS[kind].place)


def test_what_the_runner_reads_is_appended_to() -> None:
    environ = {"GITHUB_OUTPUT": "/out", "GITHUB_STEP_SUMMARY": "/summary"}
    classroom, github = requests(["classroom", "github"], environ=environ)
    assert classroom == Request("classroom", "/out", appended=True)
    assert github == Request("github", "/summary", appended=True)
    assert requests(["classroom=/out"], environ=environ) == [classroom]
    assert requests(["classroom=mine"], environ=environ) == [Request("classroom", "mine")]


def test_annotations_need_no_summary() -> None:
    (found,) = requests(["github"], environ={})
    assert (found.path, found.in_file, found.about.annotates) == ("", False, True)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["junt=a"], "did you mean junit?"),
        (["qqq"], "there are classroom, ctrf"),
        (["junit"], "needs a path: --report junit=PATH"),
        (["classroom"], r"needs a path \(GITHUB_OUTPUT is not set\)"),
        (["junit="], "expected a path after junit="),
        (["junit=a", "html=a"], "two reports would go to a"),
        (["junit=-", "html=-"], "two reports would go to standard output"),
    ],
)
def test_what_cannot_be_had_is_refused(texts: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        requests(texts, environ={})


@pytest.mark.parametrize("text", ["junit=-", "github", "github=summary.md"])
def test_standard_output_is_shared_with_nothing(text: str) -> None:
    assert requests([text], environ={})
    with pytest.raises(UsageError, match="standard output"):
        requests([text], taken="-", environ={})
    if text != "junit=-":
        with pytest.raises(UsageError, match="standard output"):
            requests([text, "jsonl=/dev/stdout"], environ={})


def test_a_place_is_the_same_by_whatever_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("link").symlink_to("results")
    for other in ("./results", str(tmp_path / "results"), "link"):
        with pytest.raises(UsageError, match=f"two reports would go to {other}"):
            requests(["junit=results", f"sarif={other}"], environ={})
        with pytest.raises(UsageError, match=f"two reports would go to {other}"):
            requests([f"sarif={other}"], taken="results", environ={})
    (found,) = requests(["junit=/dev/stdout"], environ={})
    assert not found.in_file
