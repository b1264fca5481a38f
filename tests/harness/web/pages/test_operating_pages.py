from __future__ import annotations

import re

from harness.store import fleet
from tests.harness.online import Online
from tests.harness.school import School

SUM = "scan_cumsum"


def test_an_operator_sees_how_the_server_does(local: Online, school: School) -> None:
    root = local.person("root", "operator")
    text = root.browser.get("/operator").text
    assert "No worker has been heard of" in text
    assert "None in the last day" in text
    school.handed_in(root.account, "wrong_answer", SUM)
    school.submit(root.account, SUM)
    with local.database.write() as connection:
        fleet.join(connection, "w1", {"jax": "1.2"}, "strict", live_only=True)
        for _ in range(fleet.WORKER_ERRORS):
            fleet.erred(connection, "w1", "no <memory>")
        fleet.quarantine(connection, school.versions[SUM], "it fell over")
    text = root.browser.get("/operator").text
    for said in ("jax 1.2", "live only", "Quarantined: no &lt;memory&gt;", "it fell over"):
        assert said in text
    assert "Wrong answer" in text
    assert "1 wait for a version of" in text
    release = f"/operator/problems/{SUM}/release"
    assert root.send(release).headers["location"] == "/operator"
    assert root.send(release).status_code == 409
    assert "it fell over" not in root.browser.get("/operator").text
    assert local.person("ada", "instructor").browser.get("/operator").status_code == 403


def test_a_rejudge_is_chosen_seen_and_applied(local: Online, school: School) -> None:
    root, bob = local.person("root", "operator"), local.person("bob")
    id = school.handed_in(bob.account, "accepted", SUM)
    assert "None yet" in root.browser.get("/rejudges").text
    text = root.browser.get(f"/rejudges?problem={SUM}&since=2020-01-01T00:00&outdated=").text
    assert "1 submission</strong>" in text
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
    assert fields["problem"] == SUM
    fields.pop("csrf")
    path = root.send("/rejudges", **fields).headers["location"]
    assert root.send("/rejudges", **fields).headers["location"] == path, "sent twice"
    text = root.browser.get(path).text
    assert "0 of 1" in text
    assert "No worker has the version" in text
    assert "It can be applied when all are judged" in text
    wrong = root.send(f"{path}/apply")
    assert (wrong.status_code, "1 of 1 are not judged yet" in wrong.text) == (409, True)
    school.judge("wrong_answer")
    assert "All its judgings" not in bob.browser.get(f"/submissions/{id}").text
    text = root.browser.get(path).text
    assert "1 verdict, 1 score" in text
    assert "Accepted</span> 100" in text
    assert root.send(f"{path}/apply").headers["location"] == path
    assert "What changed" in root.browser.get(path).text
    submission = bob.browser.get(f"/submissions/{id}").text
    assert "All its judgings" in submission
    assert path not in submission
    assert path in root.browser.get(f"/submissions/{id}").text
    assert root.browser.get(f"{path}?after=zzz").status_code == 200
    assert root.browser.get(f"{path}?after=%00").status_code == 200
    assert path in root.browser.get("/rejudges").text


def test_a_rejudge_is_dropped(local: Online, school: School) -> None:
    root = local.person("root", "operator")
    school.handed_in(root.account, "judge_error", SUM)
    path = root.send("/rejudges", verdict="judge_error", key="k").headers["location"]
    school.judge("judge_error")
    assert "1 could not be judged" in root.browser.get(path).text
    assert root.send(f"{path}/drop").headers["location"] == path
    assert "dropped" in root.browser.get(path).text


def test_what_cannot_be_chosen_is_said(local: Online, school: School) -> None:
    ada = local.person("ada", "instructor")
    assert ada.browser.get("/rejudges?since=tomorrow").status_code == 422
    nothing = ada.send("/rejudges", problem=SUM)
    assert (nothing.status_code, "nothing to judge again" in nothing.text) == (409, True)
    assert ada.browser.get("/rejudges/nothing").status_code == 404
    assert ada.send("/rejudges/nothing/apply").status_code == 404
    assert local.person("bob").browser.get("/rejudges").status_code == 403
