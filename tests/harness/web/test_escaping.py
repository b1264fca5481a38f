"""Whatever text users bring, it is text on every page, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import JSON, Connection, LargeBinary, String, update

from harness.problem.library import Library
from harness.store import credentials
from harness.store.audit import note
from harness.store.metadata import METADATA
from harness.web.app import DOORS
from harness.web.doors import Door
from tests.harness.online import Online, copied, online
from tests.harness.world import World, a_report, make_world

MARKUP = "</textarea></script><x-evil x-evil=1 onload=evil()>"
HOSTILE = f"evil {MARKUP}\"'> x-evil='1' x-evil=\"1\" <script>evil()</script> {{{{ 7 * 7 }}}} &lt;"
MOVING = "\u202eevil\u2066\x1b[2J\x07\u200b\ue000"
# What is no text of anybody's: keys, states, and what tables are looked up by.
OURS = {"id", "hash", "folded", "role", "purpose", "csrf", "problem", "version", "sha256", "key"}
OURS |= {"state", "verdict", "scopes", "versions", "filter", "report", "github", "kind", "level"}
OURS |= {"password", "secret", "isolation", "actor"}
DATA = ("text/css", "text/csv", "text/plain", "application/json")
PAGES = [door for door in DOORS if door.method == "GET"]


class Looking(HTMLParser):
    """Notes elements and attributes that no template of ours has, and text outside of editors."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.text: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag
        names = [tag, *(name for name, _ in attrs)]
        self.found += [name for name in names if "evil" in name or name.startswith("on")]
        self.found += [f"{n}={v}" for n, v in attrs if n in ("href", "src", "action") and bad(v)]
        if tag != "textarea":
            self.text += [value or "" for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "script" and data.strip():
            self.found.append(f"script {data[:40]}")
        if self._open != "textarea":
            self.text.append(data)


def bad(address: str | None) -> bool:
    return (
        address is None
        or "evil" in address
        or not address.startswith(("/", "#", "?", "http://test"))
    )


def look(page: str) -> Looking:
    looking = Looking()
    looking.feed(page)
    looking.close()
    return looking


def poison(connection: Connection, text: str) -> None:
    """Put a text wherever a table keeps one."""
    for table in METADATA.sorted_tables:
        chosen = [c for c in table.columns if c.name not in OURS and not c.foreign_keys]
        values: dict[str, object] = {
            c.name: text for c in chosen if isinstance(c.type, String) and not c.primary_key
        }
        values |= {c.name: text.encode() for c in chosen if isinstance(c.type, LargeBinary)}
        values |= {c.name: {text: text} for c in chosen if isinstance(c.type, JSON)}
        values.pop("code", None)  # of a class: it is unique
        if table.name == "users":
            values.pop("name")  # letters and digits only: tests of accounts hold that
        if table.name in ("settings", "events", "alembic_version"):
            continue
        if values:
            connection.execute(update(table).values(values))


@pytest.fixture(scope="module", params=[HOSTILE, HOSTILE + MOVING], ids=["markup", "moving"])
def world(
    request: pytest.FixtureRequest,
    empty_file: Path,
    built_in: Library,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[World, Online]]:
    folder, text = tmp_path_factory.mktemp("world"), request.param
    database, problem = copied(empty_file, folder), built_in.load("scan_cumsum")
    site = online(database, problem)
    made = make_world(site, folder / "jaxjudge.db", problem, a_report(problem, text))
    with database.write() as connection:
        note(connection, made.people["learner"].account.id, text, text, {text: text}, text)
        poison(connection, text)
    yield made, site
    database.close()


@pytest.mark.parametrize("door", PAGES, ids=lambda door: door.path)
def test_a_text_is_text(door: Door, world: tuple[World, Online]) -> None:
    made, site = world
    for role in ("learner", "operator"):
        answer = made.people[role].browser(site).get(made.path(door, role))
        assert answer.status_code < 500
        kind = answer.headers.get("content-type", "")
        if not kind.startswith("text/html"):
            assert door.kind == "api" or kind.startswith(DATA) or not kind
            continue
        looked = look(answer.text)
        assert looked.found == []
        shown = "".join(looked.text)
        assert not [char for char in MOVING if not char.isprintable() and char in shown]


@pytest.mark.parametrize("path", ["/sign-in", "/sign-up", "/new-password", "/welcome", "/nothing"])
@pytest.mark.parametrize("text", [HOSTILE, HOSTILE + MOVING])
def test_what_is_asked_for_is_text_too(path: str, text: str, world: tuple[World, Online]) -> None:
    client = world[1].client()
    form = {"name": text, "password": text, "link": text, "next": text}
    for answer in (client.get(path, params=form), client.post(path, data=form)):
        assert look(answer.text).found == []
    assert look(client.get(f"{path}/{MARKUP}").text).found == []


@pytest.mark.parametrize("page", [f"<p>{MARKUP}", f'<a href="javascript:evil()">{HOSTILE}'])
def test_what_is_not_escaped_is_found(page: str) -> None:
    assert look(page).found


def test_what_users_bring_is_on_the_pages(world: tuple[World, Online]) -> None:
    made, site = world
    for role, path in (("learner", "/account"), ("operator", "/operator/audit")):
        page = made.people[role].browser(site).get(path).text
        assert "&lt;script&gt;evil()&lt;/script&gt;" in page
        assert "{{ 7 * 7 }}" in page
    assert (r"\u202eevil\u2066\x1b[2J\x07\u200b\ue000" in page) == ("\u202e" in poisoned(site))


def poisoned(site: Online) -> str:
    with site.database.read() as connection:
        users = METADATA.tables["users"]
        owner = connection.execute(users.select().where(users.c.name == "learner")).one().id
        return str(credentials.tokens_of(connection, owner)[0].name)
