from __future__ import annotations

from tests.harness.online import Online

DRAFT = "/api/v1/problems/scan_cumsum/draft"


def test_problems_are_listed_with_how_one_stands(served: Online) -> None:
    ada = served.person("ada")
    served.judged(ada)
    served.submit(ada, problem="scan_training_step")
    first = ada.program.get("/api/v1/problems?limit=1").json()
    assert [(p["id"], p["state"]) for p in first["items"]] == [("scan_cumsum", "accepted")]
    rest = ada.program.get("/api/v1/problems", params={"cursor": first["next"]}).json()
    assert [(p["id"], p["state"]) for p in rest["items"]] == [("scan_training_step", "tried")]
    assert rest["next"] is None


def test_a_problem_comes_with_what_one_needs_to_begin(served: Online) -> None:
    ada = served.person("ada").program
    found = ada.get("/api/v1/problems/scan_cumsum").json()
    problem = served.site.problems["scan_cumsum"]
    assert (found["statement"], found["starter"]) == (problem.statement, problem.starter)
    assert (found["state"], found["tags"]) == ("new", list(problem.tags))
    assert ada.get("/api/v1/problems/none").status_code == 404


def test_the_leaderboard_never_shows_code(served: Online) -> None:
    people = [served.person(name) for name in ("ada", "bob", "cyd")]
    for person, equations in zip(people, (6, 4, 6), strict=True):
        served.judged(person, f"secret of {person.account.name}", equations)
    path = "/api/v1/problems/scan_cumsum/leaderboard"
    answer = people[0].program.get(path, params={"limit": "2"})
    assert "secret" not in answer.text
    places = [(p["rank"], p["user"], p["equations"]) for p in answer.json()["items"]]
    assert places == [(1, "bob", 4), (2, "ada", 6)]
    rest = people[0].program.get(path, params={"cursor": answer.json()["next"]}).json()
    assert [(p["rank"], p["user"]) for p in rest["items"]] == [(3, "cyd")]
    assert rest["next"] is None
    assert people[0].program.get(path, params={"cursor": "2"}).status_code == 422


def test_a_draft_is_kept_for_one(served: Online) -> None:
    ada, bob = served.person("ada").program, served.person("bob").program
    begun = ada.get(DRAFT).json()
    assert begun == {"source": served.site.problems["scan_cumsum"].starter, "saved_at": None}
    for source in ("first", "second\x00é"):
        saved = ada.put(DRAFT, json={"source": source}).json()
        assert saved["source"] == source
        assert ada.get(DRAFT).json() == saved
    assert bob.get(DRAFT).json() == begun
