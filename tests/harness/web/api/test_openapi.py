from __future__ import annotations

import pytest

from harness.web.api.about import About
from harness.web.api.openapi import PATH, document
from harness.web.app import DOORS
from harness.web.doors import Door
from tests.harness.online import Online

API = [door for door in DOORS if door.path.startswith("/api/")]


def test_the_document_is_of_the_doors_and_of_no_others() -> None:
    told = {
        (method.upper(), path)
        for path, operations in document(DOORS)["paths"].items()
        for method in operations
    }
    assert told == {(door.method, door.path) for door in API}


@pytest.mark.parametrize("door", API, ids=lambda door: f"{door.method} {door.path}")
def test_every_door_says_what_it_is(door: Door) -> None:
    assert isinstance(door.about, About)
    assert door.about.summary.endswith(".")
    assert (door.kind, door.scope is None) == ("api", False)
    assert door.path.startswith("/api/v1/")


def test_what_is_served_is_the_document(served: Online) -> None:
    assert served.client().get(PATH).json() == document(DOORS)


def test_names_of_operations_differ() -> None:
    paths = document(DOORS)["paths"].values()
    names = [operation["operationId"] for found in paths for operation in found.values()]
    assert len(set(names)) == len(API)
