"""What a fuzzer finds that knows the API's document: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from harness.problem.library import Library
from harness.store.database import Database
from harness.store.limits import Rate
from harness.web.api.openapi import document
from harness.web.app import DOORS, application
from harness.web.site import Rules
from tests.harness.online import URL, Online, online

_OFTEN = Rate(1_000_000, timedelta(days=1))
_RULES = Rules(
    submit=_OFTEN,
    sign_in=_OFTEN,
    sign_in_name=_OFTEN,
    sign_in_anywhere=_OFTEN,
    queue=1_000_000,
    hooks_inside=True,  # the document does not say which addresses are inside
)
_EXAMPLES = 6
# What no document says of what it describes: that a body may be too long for any door.
_CONFIG = schemathesis.Config.from_dict(
    {
        "checks": {
            "negative_data_rejection": {
                "expected-statuses": ["400", "401", "403", "404", "413", "415", "422"]
            }
        }
    }
)


def operations(site: Online) -> Iterator[Any]:
    schema = schemathesis.openapi.from_dict(document(DOORS), config=_CONFIG)
    schema.app = application(site.site)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        yield found.ok()


def fuzz(operation: Any, mode: GenerationMode, headers: dict[str, str], known: list[str]) -> None:
    """Send what fits the document, or does not; now and then for a submission that there is."""
    strategy = operation.as_strategy(generation_mode=mode)
    real = st.sampled_from([None, *known]) if "/submissions/{id}" in operation.path else st.none()

    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy, id=real)
    def check(case: Any, id: str | None) -> None:
        if id is not None and mode is GenerationMode.POSITIVE:
            case.path_parameters["id"] = id
        case.call_and_validate(base_url=URL, headers=headers)

    check()


def can_be_wrong(operation: Any) -> bool:
    """Whether there is anything in a request that could be other than the document says."""
    return bool(operation.body or list(operation.iter_parameters()))


@pytest.mark.parametrize("role", ["learner", "operator"])
def test_the_api_does_what_its_document_says(
    role: str, database: Database, built_in: Library
) -> None:
    site = online(database, built_in.load("scan_cumsum"), rules=_RULES)
    person = site.person("ada", role)
    known = [site.judged(person, "pass"), site.judged(person, "0")]
    headers = {"Authorization": str(person.program.headers["Authorization"])}
    for operation in operations(site):
        fuzz(operation, GenerationMode.POSITIVE, headers, known)
        if can_be_wrong(operation):
            fuzz(operation, GenerationMode.NEGATIVE, headers, known)
