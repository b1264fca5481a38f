"""What the API takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from harness.files import SOURCE_LIMIT
from harness.store.types import AnyRow
from harness.web.call import Call, Refusal


class NewSubmission(BaseModel):
    """A submission to be: the id of a problem, the source, and the name of its file."""

    model_config = ConfigDict(extra="forbid")
    problem: str = Field(max_length=80)
    source: str = Field(max_length=SOURCE_LIMIT)
    name: str = Field("submission.py", min_length=1, max_length=120)


class SubmissionShown(BaseModel):
    """A submission; `state` is queued, running, done or dead, the last two with a verdict."""

    id: str
    user: str
    problem: str
    version: str
    name: str
    sha256: str
    created_at: datetime
    state: str
    attempt: int
    verdict: str | None
    score: float | None
    max_score: float | None
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, row: AnyRow) -> Self:
        """From a row of `submissions.with_state`."""
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})


Model = TypeVar("Model", bound=BaseModel)


def read_body(call: Call, model: type[Model]) -> Model:
    """The body of a request; raises `Refusal` that says what is wrong with which field."""
    try:
        return model.model_validate(call.json())
    except ValidationError as error:
        fields = {".".join(map(str, e["loc"])) or "body": e["msg"] for e in error.errors()}
        first = next(iter(fields.items()))
        raise Refusal(422, "invalid", f"{first[0]}: {first[1]}", fields=fields) from None
