"""What pages with forms have in common."""

from __future__ import annotations

import math
from typing import Any

from starlette.responses import HTMLResponse

from harness.web.call import Call, Refusal
from harness.web.pages.rendering import render


def again(call: Call, template: str, refusal: Refusal, **context: Any) -> HTMLResponse:
    """A form once more, with what was wrong."""
    response = render(call, template, refusal.status, refusal=refusal, **context)
    if refusal.retry is not None:
        response.headers["retry-after"] = str(math.ceil(refusal.retry))
    return response
