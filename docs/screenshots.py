"""Takes the pictures in `docs/screenshots/`: every page of the server, light, dark, and narrow.

Run with `make screenshots`; it needs Chromium. With `solving` or `teaching` only those are taken.
"""

from __future__ import annotations

import base64
import io
import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from selenium.webdriver import Chrome  # noqa: E402
from sqlalchemy import func, select, update  # noqa: E402

from harness.engine import Engine  # noqa: E402
from harness.problem.library import standard_library  # noqa: E402
from harness.store import submissions  # noqa: E402
from harness.store.database import now  # noqa: E402
from harness.store.submissions import Offered  # noqa: E402
from harness.store.tables import judgings  # noqa: E402
from harness.store.tables import submissions as table  # noqa: E402
from tests.harness.chromium import look, started  # noqa: E402
from tests.harness.web.running import Running, running  # noqa: E402
from tests.harness.web.term import Term  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
PROBLEM = "scan_training_step"
TERM = ("scan_cumsum", "scan_running_mean", PROBLEM)
LOOKS = (("light", 1280, 900), ("dark", 1280, 900), ("narrow", 360, 780))
TALLEST = 2200
COLOURS = 128
# Pages of which a picture in the dark would say no more.
MINOR = {
    *("class-learner", "class-empty", "set-form", "rejudges", "rejudge-applied", "invitations"),
    *("refused", "users", "audit"),
}
# Who handed in what, and how many minutes before the pictures were taken.
ATTEMPTS = (
    ("ada", "wrong", "scan_training_step/wrong_answer/first_microbatch_skipped.py", 1503),
    ("ada", "stale", "scan_training_step/wrong_answer/stale_weight.py", 1471),
    ("ada", "accepted", "scan_training_step/accepted/grad.py", 1439),
    ("grace", "", "scan_training_step/accepted/hand_written_gradient.py", 4100),
    ("alan", "", "scan_training_step/accepted/checkpointed_body.py", 2900),
    ("ada", "", "scan_cumsum/runtime_error", 330),
    ("ada", "", "scan_cumsum/wrong_answer", 318),
    ("ada", "", "scan_running_mean/accepted", 61),
)


def main(chosen: Sequence[str]) -> None:
    """Take a picture of every page: of those who solve, and of those who teach and operate."""
    FOLDER.mkdir(exist_ok=True)
    library = standard_library({})
    with Engine(warm=True) as engine:
        browser = started()
        try:
            for name, take in _TAKES.items():
                if not chosen or name in chosen:
                    with (
                        TemporaryDirectory() as folder,
                        running(Path(folder), library, library.ids(), engine) as served,
                    ):
                        take(browser, served)
        finally:
            browser.quit()


def _solving(browser: Chrome, served: Running) -> None:
    people = {name: served.person(name) for name in ("ada", "grace", "alan")}
    ids = {
        name: _hand_in(served, people[who][0].id, sample, minutes)
        for who, name, sample, minutes in ATTEMPTS
    }
    _wait(served)
    served.pause()
    ids["waiting"] = _hand_in(served, people["ada"][0].id, "scan_lr_schedule/accepted", 0)
    served.enter(browser, people["ada"][1])
    pages = {
        "problems": "/",
        "problem": f"/problems/{PROBLEM}?from={ids['stale']}",
        "waiting": f"/submissions/{ids['waiting']}",
        "wrong": f"/submissions/{ids['wrong']}?hints=3",
        "accepted": f"/submissions/{ids['accepted']}",
        "history": "/history",
        "difference": f"/history/diff?a={ids['stale']}&b={ids['accepted']}",
        "leaderboard": f"/problems/{PROBLEM}/leaderboard",
        "missing": "/problems/none",
    }
    for name, path in pages.items():
        _take(browser, served.site.url + path, name)
    served.enter(browser, None)
    for name in ("sign-in", "sign-up"):
        _take(browser, f"{served.site.url}/{name}", name)


def _teaching(browser: Chrome, served: Running) -> None:
    served.pause()
    term = Term(served, TERM)
    course = f"/classes/{term.ids['class']}"
    pages = {
        "barbara": {
            "judging": f"/submissions/{term.ids['judging']}",
            "classes": "/classes",
            "class-learner": course,
            "set": f"{course}/sets/{term.ids['set']}",
        },
        "niklaus": {
            "account": "/account",
            "class": course,
            "class-empty": f"/classes/{term.ids['empty']}",
            "set-form": f"{course}/sets/{term.ids['set']}/change",
            "rejudges": f"/rejudges?class_id={term.ids['class']}",
            "rejudge": f"/rejudges/{term.ids['preview']}",
            "rejudge-applied": f"/rejudges/{term.ids['applied']}",
            "refused": "/operator",
        },
        "margaret": {
            "operator": "/operator",
            "users": "/operator/users",
            "invitations": "/invitations",
            "audit": "/operator/audit",
        },
    }
    for name, paths in pages.items():
        served.enter(browser, term.secrets[name])
        for page, path in paths.items():
            _take(browser, served.site.url + path, page)


def _hand_in(served: Running, user: str, sample: str, minutes: int) -> str:
    """The id of a submission of a labelled sample, or of the first in a folder of them."""
    path = ROOT / "submissions" / sample
    if path.is_dir():
        path = sorted(path.glob("*.py"))[0]
    problem = served.site.problems[path.parts[-3]]
    offered = Offered(user, problem.id, problem.version, "my.py", path.read_bytes())
    with served.database.write() as connection:
        id, _ = submissions.accept(connection, offered)
        at = {"created_at": now() - timedelta(minutes=minutes)}
        connection.execute(update(table).where(table.c.id == id).values(**at))
    return id


def _wait(served: Running) -> None:
    unfinished = select(func.count()).where(judgings.c.state.in_(("queued", "running")))
    while True:
        with served.database.read() as connection:
            if not connection.execute(unfinished).scalar_one():
                return
        sleep(0.1)


def _take(browser: Chrome, url: str, name: str) -> None:
    for title, width, height in LOOKS:
        if title == "dark" and name in MINOR:
            continue
        look(browser, width, "dark" if title == "dark" else "light", still=True)
        browser.get(url)
        sleep(0.5)
        tall = browser.execute_script("return document.documentElement.scrollHeight")
        picture = _picture(browser, width, min(max(tall, height), TALLEST))
        picture.save(FOLDER / f"{name}-{title}.png", optimize=True)


def _picture(browser: Chrome, width: int, height: int) -> Image.Image:
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    asked = {"clip": clip, "captureBeyondViewport": True}
    taken = browser.execute_cdp_cmd("Page.captureScreenshot", asked)
    whole = Image.open(io.BytesIO(base64.b64decode(taken["data"]))).convert("RGB")
    return whole.quantize(COLOURS, dither=Image.Dither.NONE)


_TAKES = {"solving": _solving, "teaching": _teaching}

if __name__ == "__main__":
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    main(sys.argv[1:])
