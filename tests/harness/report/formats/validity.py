"""Whether documents are valid by the schemas in `schemas/`, whose README says where from."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import FormatChecker
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

FOLDER = Path(__file__).parent / "schemas"


@cache
def _validator(name: str) -> Validator:
    schema = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=FormatChecker())


def parsed(text: str, *names: str) -> Any:
    """A document, which is strict JSON and valid by the schemas of these names."""
    document = json.loads(text, parse_constant=_refuse)
    for name in names:
        _validator(name).validate(document)
    return document


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")
