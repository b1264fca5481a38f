"""Every door is tried as everybody, and held against the table in docs/security.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from harness.problem.library import Library
from harness.store import credentials
from harness.web import answers
from harness.web.app import DOORS
from harness.web.call import Call, Refusal
from harness.web.doors import Door, Who
from tests.harness.online import Online, copied, online
from tests.harness.world import ROLES, STRANGER, World, a_report, make_world

DOCUMENT = Path(__file__).parents[3] / "docs" / "security.md"
_ROW = re.compile(r"^\| `([A-Z]+ /\S*)` \|(.*)\|$", re.MULTILINE)
COLUMNS = ("signed out", *ROLES, "token")
SHUT = {"signed_out", "forbidden", "not_found", "bad_token", "forged", "stale"}
# What has to be sent where a body that is no good would be refused before the question of whose.
BODIES: dict[str, dict[str, Any]] = {
    "PUT /api/v1/classes/{id}": {"name": "Class"},
    "PUT /api/v1/classes/{id}/members/{name}": {"teaches": False},
    "POST /api/v1/classes/{id}/sets": {"title": "Set", "problems": ["scan_cumsum"]},
    "PUT /api/v1/sets/{id}": {"title": "Set", "problems": ["scan_cumsum"]},
    "POST /classes/{id}/members": {"name": "learner"},
}


@cache
def table() -> dict[str, dict[str, str]]:
    """What the document promises, by door and by column."""
    text = DOCUMENT.read_text("utf-8")
    rows = ((name, [cell.strip() for cell in row.split("|")]) for name, row in _ROW.findall(text))
    return {name: dict(zip(COLUMNS, cells, strict=True)) for name, cells in rows}


def title(door: Door) -> str:
    return f"{door.method} {door.path}"


def likely_row(door: Door) -> str:
    """What a new door's row is if it is like most."""
    least = {Who.ANYONE: 0, Who.SIGNED_IN: 1, Who.INSTRUCTOR: 2, Who.OPERATOR: 3}[door.who]
    inside = "own" if "{" in door.path and door.who is Who.SIGNED_IN else "yes"
    cells = ["no" if n < least else inside for n in range(4)]
    return f"| `{title(door)}` | {' | '.join([*cells, door.scope or '—'])} |"


@dataclass
class Tried:
    """A site of one test's own, from the world's file, and why doors stayed shut."""

    world: World
    folder: Path
    site: Online
    refusals: list[Refusal] = field(default_factory=list)

    def opens(self, client: TestClient, door: Door, owner: str) -> bool:
        """Whether somebody is let in at a door, to what is somebody's."""
        self.refusals.clear()
        answer = send(client, door, self.world.path(door, owner))
        assert answer.status_code < 500 or answer.status_code == 502, answer.text
        codes = {refusal.code for refusal in self.refusals}
        if answer.status_code in (404, 405):
            codes.add("not_found")
        opened = not codes & SHUT
        if door.changes and opened:
            self.renew()
        return opened

    def renew(self) -> None:
        """Begin anew, after something may have been changed."""
        (self.folder / "jaxjudge.db").write_bytes(self.world.file.read_bytes())
        for rest in self.folder.glob("jaxjudge.db-*"):
            rest.unlink()


def send(client: TestClient, door: Door, path: str) -> Response:
    body = BODIES.get(title(door), {})
    if door.kind == "api":
        return client.request(door.method, path, json=body if door.changes else None)
    return client.request(door.method, path, data=body if door.changes else None)


@pytest.fixture(scope="module")
def world(empty_file: Path, built_in: Library, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    database, problem = copied(empty_file, folder), built_in.load("scan_cumsum")
    made = make_world(online(database, problem), folder / "jaxjudge.db", problem, a_report(problem))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return made


@pytest.fixture
def tried(
    world: World, tmp_path: Path, built_in: Library, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tried]:
    database, problem = copied(world.file, tmp_path), built_in.load("scan_cumsum")
    found = Tried(world, tmp_path, online(database, problem))
    github = ("client", "secret")
    found.site = Online(replace(found.site.site, github=github))
    refused = answers.refused

    def told(call: Call, door: Door, refusal: Refusal) -> Any:
        found.refusals.append(refusal)
        return refused(call, door, refusal)

    monkeypatch.setattr(answers, "refused", told)
    yield found
    database.close()


def test_the_table_has_a_row_for_each_door_and_no_other() -> None:
    missing = [likely_row(door) for door in DOORS if title(door) not in table()]
    assert not missing, "add to the table in docs/security.md, if it is so:\n" + "\n".join(missing)
    assert table().keys() - {title(door) for door in DOORS} == set()


@pytest.mark.parametrize("door", DOORS, ids=title)
def test_a_door_says_what_the_table_says(door: Door) -> None:
    row = table()[title(door)]
    assert row["token"] == (door.scope or "—")
    assert {row[column] for column in COLUMNS[:-1]} <= {"yes", "own", "no"}
    assert row["signed out"] == ("yes" if door.who is Who.ANYONE else "no")


@pytest.mark.parametrize("door", DOORS, ids=title)
def test_a_door_opens_for_whom_it_should(door: Door, tried: Tried) -> None:
    row, people = table()[title(door)], tried.world.people
    for role in ROLES:
        for owner in (role, STRANGER):
            let_in = row[role] == "yes" or (row[role] == "own" and owner == role)
            browser, program = people[role].browser(tried.site), people[role].program(tried.site)
            asked = f"{role} asks {title(door)} for what is {owner}'s"
            assert tried.opens(browser, door, owner) == let_in, (asked, tried.refusals)
            assert tried.opens(program, door, owner) == (let_in and door.scope is not None), (
                f"{asked} with a token",
                tried.refusals,
            )


@pytest.mark.parametrize("door", DOORS, ids=title)
def test_a_token_opens_what_it_is_for(door: Door, tried: Tried) -> None:
    let_in = table()[title(door)]["operator"] != "no"
    for scope in credentials.SCOPES:
        program = tried.world.people["operator"].program(tried.site, scope)
        opened = tried.opens(program, door, "operator")
        assert opened == (let_in and scope == door.scope), (scope, tried.refusals)


@pytest.mark.parametrize("door", DOORS, ids=title)
def test_nobody_who_is_not_signed_in_comes_further(door: Door, tried: Tried) -> None:
    let_in = table()[title(door)]["signed out"] == "yes"
    assert tried.opens(tried.site.client(), door, STRANGER) == let_in
    for name in ("disabled", "revoked"):
        keys = tried.world.people[name]
        assert tried.opens(keys.browser(tried.site), door, STRANGER) == let_in
        assert not tried.opens(keys.program(tried.site), door, STRANGER)


@pytest.mark.parametrize("door", [door for door in DOORS if door.changes], ids=title)
def test_nothing_is_changed_from_another_site(door: Door, tried: Tried) -> None:
    browser = tried.world.people["operator"].browser(tried.site)
    del browser.headers["X-CSRF-Token"]
    assert not tried.opens(browser, door, "operator")
    browser = tried.world.people["operator"].browser(tried.site)
    browser.headers["Origin"] = "http://evil.example"
    assert not tried.opens(browser, door, "operator")


@pytest.mark.parametrize("door", [door for door in DOORS if "{" in door.path], ids=title)
@pytest.mark.parametrize("part", ["none", "%00", "..%5c", "a" * 3000])
def test_what_does_not_exist_is_not_there(door: Door, part: str, tried: Tried) -> None:
    browser = tried.world.people["operator"].browser(tried.site)
    answer = send(browser, door, re.sub(r"\{\w+\}", part, door.path))
    assert answer.status_code in (404, 422)


def test_a_new_door_is_told_of() -> None:
    def handler(call: Call) -> Any:
        raise NotImplementedError

    door = Door("GET", "/api/v1/things/{id}", handler, Who.SIGNED_IN, "api", "read")
    row = "| `GET /api/v1/things/{id}` | no | own | own | own | read |"
    assert likely_row(door) == row
    with pytest.raises(AssertionError, match="add to _makers"):
        World(Path(), {}, {}).path(door, "learner")
