"""What the API takes and gives, and how requests are held against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from harness.files import SOURCE_LIMIT
from harness.store.types import AnyRow
from harness.web.call import Call, Refusal

ROW_ID = r"^[0-9a-f]{16}$"
NAME = r"^[A-Za-z0-9_.-]+$"
PRINTABLE = r"^[^\x00-\x1f\x7f]+$"
_CURSOR = r"^[0-9]{1,16}-[0-9a-f]{16}$"


def _short(source: str) -> str:
    if len(source.encode()) > SOURCE_LIMIT:
        raise ValueError(f"expected at most {SOURCE_LIMIT >> 10} KiB in UTF-8")
    return source


def whole(number: object) -> object:
    """In JSON, 3.0 is a whole number."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _in_utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError:  # what is kept could not be read again
        raise ValueError("expected a time of the years 1 to 9999 in UTC") from None


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
Source = Annotated[str, Field(max_length=SOURCE_LIMIT), AfterValidator(_short)]
Days = Annotated[int, Field(ge=1, le=3650), BeforeValidator(whole)]


class Given(BaseModel):
    """What comes with a request: what it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid")


class Body(Given):
    """A body: a number in quotes is no number."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Paged(Given):
    """Which part of a list: so many, and those after a cursor that an answer gave as `next`."""

    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, pattern=_CURSOR, max_length=40)


Item = TypeVar("Item", bound=BaseModel)
Model = TypeVar("Model", bound=BaseModel)


class Listed(BaseModel, Generic[Item]):
    """A part of a list; `next` is the cursor of what comes after it, if something does."""

    items: Sequence[Item]
    next: str | None = None


class ErrorTold(BaseModel):
    """Why a request was refused: `code` is for programs, `fields` says what is wrong with which."""

    code: str
    message: str
    fields: Mapping[str, str]


class ErrorShown(BaseModel):
    """The one shape of all errors."""

    error: ErrorTold


class NewSubmission(Body):
    """A submission to be: the id of a problem, the source, and the name of its file.

    `set` is the id of a problem set of a class, where it is handed in through one.
    """

    problem: str = Field(max_length=80, pattern=NAME)
    source: Source
    name: str = Field("submission.py", min_length=1, max_length=120, pattern=PRINTABLE)
    set: str | None = Field(None, pattern=ROW_ID)


class SubmissionShown(BaseModel):
    """A submission; `state` is queued, running, done or dead, the last two with a verdict."""

    id: str
    user: str
    problem: str
    version: str
    set_id: str | None
    name: str
    sha256: str
    created_at: datetime
    state: str
    attempt: int
    verdict: str | None
    score: float | None
    max_score: float | None
    equations: int | None
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, row: AnyRow) -> Self:
        """From a row of `submissions.with_state`."""
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})


def read_body(call: Call, model: type[Model]) -> Model:
    """The body of a request; raises `Refusal` that says what is wrong with which field."""
    kind = call.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, "bad_type", "expected a body of the type application/json")
    try:
        return model.model_validate_json(call.body)
    except ValidationError as error:
        if any(each["type"] == "json_invalid" for each in error.errors()):
            raise Refusal(400, "bad_json", "expected a body in JSON, in UTF-8") from None
        raise _invalid(error, "body") from None


def read_query(call: Call, model: type[Model]) -> Model:
    """What stands behind the `?`; raises `Refusal` as `read_body` does."""
    pairs = call.request.query_params.multi_items()
    twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if twice:
        fields = {name[:80]: "expected once" for name in twice}
        raise Refusal(422, "invalid", f"{twice[0][:80]}: expected once", fields=fields)
    return _validated(model, dict(pairs), "query")


def read_headers(call: Call, model: type[Model]) -> Model:
    """Headers with the names of a model's fields; raises `Refusal` as `read_body` does."""
    sent = call.request.headers
    names = [field.alias or name for name, field in model.model_fields.items()]
    return _validated(model, {name: sent[name] for name in names if name in sent}, "header")


def part(items: Sequence[Item], limit: int, cursor: Callable[[Item], str]) -> dict[str, Any]:
    """A list as it is answered, from its items: where there is one more, there is a next part."""
    more = len(items) > limit
    kept = items[:limit]
    return {
        "items": [item.model_dump(mode="json") for item in kept],
        "next": cursor(kept[-1]) if more else None,
    }


def _validated(model: type[Model], found: Mapping[str, Any], where: str) -> Model:
    try:
        return model.model_validate(found)
    except ValidationError as error:
        raise _invalid(error, where) from None


def _invalid(error: ValidationError, where: str) -> Refusal:
    fields = {".".join(map(str, e["loc"]))[:80] or where: e["msg"] for e in error.errors()}
    name, message = next(iter(fields.items()))
    return Refusal(422, "invalid", f"{name}: {message}", fields=fields)
