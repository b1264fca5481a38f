"""The API's document, in OpenAPI 3.1: made from the doors, so that it says what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from starlette.responses import JSONResponse, Response

from harness.web.api.about import About
from harness.web.api.models import ErrorShown
from harness.web.call import Call
from harness.web.doors import Door, Who

ROOT = "/api/v1/"
PATH = f"{ROOT}openapi.json"
_REF = "#/components/schemas/{model}"
_WHY = {
    200: "what was accepted before",
    204: "nothing more to come",
    400: "no JSON",
    401: "not signed in, or the token is not valid",
    403: "not for who asks, or not with this token",
    404: "there is no such thing, or it is not for who asks",
    409: "it does not fit what is there already",
    413: "the body is too large",
    415: "the body is of another type than JSON",
    422: "a field is missing, unknown or wrong",
    429: "too often, or the server is full: ask again after the seconds in `Retry-After`",
    503: "the database cannot be used now; nothing was changed",
}
_GIVEN: JsonSchemaMode = "validation"
_TOLD: JsonSchemaMode = "serialization"
_Models = dict[Any, dict[str, Any]]  # by a model and which of the two it is


def documented(doors: tuple[Door, ...]) -> tuple[Door, ...]:
    """The doors, and one that shows the document of those that belong to the API."""
    about = About("This document.", media="application/json")
    everything: list[Door] = []
    show = partial(_show, everything)
    everything += (*doors, Door("GET", PATH, show, Who.ANYONE, "api", "read", about))
    return tuple(everything)


def document(doors: Sequence[Door]) -> dict[str, Any]:
    """The document of all doors that belong to the API."""
    described = [door for door in doors if door.path.startswith(ROOT)]
    models, components = _schemas([door.about for door in described])
    paths: dict[str, Any] = {}
    for door in described:
        paths.setdefault(door.path, {})[door.method.lower()] = _operation(door, models)
    return {
        "openapi": "3.1.0",
        "info": {"title": "jaxjudge", "version": version("jaxjudge")},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _show(doors: Sequence[Door], call: Call) -> Response:
    return JSONResponse(_made(tuple(doors)))


@cache
def _made(doors: tuple[Door, ...]) -> dict[str, Any]:
    return document(doors)


def _schemas(abouts: Sequence[About]) -> tuple[_Models, dict[str, Any]]:
    """How the models of requests and answers are referred to, and what they are."""
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(ErrorShown, _TOLD)]
    wanted += [(about.takes, _GIVEN) for about in abouts if about.takes is not None]
    wanted += [(about.answer, _TOLD) for about in abouts if about.answer is not None]
    models, schemas = models_json_schema(list(dict.fromkeys(wanted)), ref_template=_REF)
    return dict(models), schemas.get("$defs", {})


def _operation(door: Door, models: _Models) -> dict[str, Any]:
    about: About = door.about
    operation: dict[str, Any] = {
        "summary": about.summary,
        "operationId": _name(door),
        "parameters": list(_parameters(door)),
        "responses": dict(_responses(door, models)),
        "security": [] if door.who is Who.ANYONE else [{"token": []}],
    }
    if door.scope is not None and door.who is not Who.ANYONE:
        operation["description"] = f"A token needs the scope `{door.scope}`."
    if about.takes is not None:
        content = {"application/json": {"schema": models[about.takes, _GIVEN]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _name(door: Door) -> str:
    words = re.findall(r"\w+", door.path.removeprefix(ROOT))
    return "_".join([door.method.lower(), *words])


def _parameters(door: Door) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", door.path):
        schema = {"type": "string", "minLength": 1}
        yield {"name": name, "in": "path", "required": True, "schema": schema}
    about: About = door.about
    for place, model in (("query", about.query), ("header", about.headers)):
        if model is not None:
            yield from _fields(place, model)


def _fields(place: str, model: type[BaseModel]) -> Iterator[dict[str, Any]]:
    schema = model.model_json_schema(by_alias=True)
    required = schema.get("required", [])
    for name, field in schema["properties"].items():
        told = _present(field, schema.get("$defs", {}))
        yield {"name": name, "in": place, "required": name in required, "schema": told}


def _present(field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What a parameter is where it is given: it is left out rather than null."""
    kinds = [kind for kind in field.get("anyOf", [field]) if kind.get("type") != "null"]
    (kind,) = kinds
    if "$ref" in kind:
        kind = definitions[kind["$ref"].rpartition("/")[2]]
    hidden = ("title", "description", "anyOf")
    told = {key: value for key, value in {**kind, **field}.items() if key not in (*hidden, "$ref")}
    return {key: value for key, value in told.items() if value is not None}


def _responses(door: Door, models: _Models) -> Iterator[tuple[str, dict[str, Any]]]:
    about: About = door.about
    answer: dict[str, Any] = {"description": about.summary}
    if about.answer is not None:
        schema = models[about.answer, _TOLD]
        answer["content"] = {"application/json": {"schema": schema}}
    elif about.media is not None:
        answer["content"] = {about.media: {}}
    yield str(about.status), answer
    wrong = {"application/json": {"schema": models[ErrorShown, _TOLD]}}
    for status in sorted({*_statuses(door), *about.others}):
        told: dict[str, Any] = {"description": _WHY[status]}
        if status >= 400:
            told["content"] = wrong
        elif status != 204:
            told["content"] = answer["content"]
        yield str(status), told


def _statuses(door: Door) -> Iterator[int]:
    """What may be answered that a door's own parts imply."""
    about: About = door.about
    yield from (401, 503)  # a token that is not valid is refused at every door
    if door.who is not Who.ANYONE or door.changes:
        yield 403
    if "{" in door.path:
        yield 404
    if about.takes is not None:
        yield from (400, 413, 415)
    if about.takes is not None or about.query is not None or about.headers is not None:
        yield 422
