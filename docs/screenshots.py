"""Takes the pictures in `docs/screenshots/`: every page of the server, light, dark, and narrow.

Run with `make screenshots`; it needs Chromium.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from selenium.webdriver import Chrome  # noqa: E402

from harness.engine import Engine  # noqa: E402
from harness.problem.library import standard_library  # noqa: E402
from harness.store import submissions  # noqa: E402
from harness.store.submissions import Offered  # noqa: E402
from tests.harness.chromium import look, started  # noqa: E402
from tests.harness.web.running import Running, running  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
SAMPLES = ROOT / "submissions" / "scan_training_step"
PROBLEM = "scan_training_step"
LOOKS = (("light", 1280, 900), ("dark", 1280, 900), ("narrow", 360, 780))
COLOURS = 128


def main() -> None:
    """Serve some attempts, and take a picture of every page."""
    FOLDER.mkdir(exist_ok=True)
    library = standard_library({})
    with (
        TemporaryDirectory() as folder,
        Engine(warm=True) as engine,
        running(Path(folder), library, library.ids(), engine) as served,
    ):
        ada, secret = served.person("ada")
        others = [served.person(name)[0].id for name in ("grace", "alan", "emmy")]
        first = _hand_in(served, ada.id, PROBLEM, "wrong_answer/stale_weight.py")
        good = [_hand_in(served, ada.id, PROBLEM, "accepted/grad.py")]
        good += [
            _hand_in(served, id, PROBLEM, f"accepted/{name.name}")
            for id, name in zip(others, sorted((SAMPLES / "accepted").glob("*.py")), strict=False)
        ]
        _hand_in(served, ada.id, "scan_cumsum", "wrong_answer/stale_weight.py")
        _judged(served)
        served.pause()
        waiting = _hand_in(served, ada.id, PROBLEM, "wrong_structure/python_loop.py")
        pages = {
            "problems": "/",
            "problem": f"/problems/{PROBLEM}?from={first}",
            "waiting": f"/submissions/{waiting}",
            "wrong": f"/submissions/{first}?hints=3",
            "accepted": f"/submissions/{good[0]}",
            "history": "/history",
            "difference": f"/history/diff?a={first}&b={good[0]}",
            "leaderboard": f"/problems/{PROBLEM}/leaderboard",
            "missing": "/problems/none",
        }
        browser = started()
        try:
            served.enter(browser, secret)
            for name, path in pages.items():
                _take(browser, served.site.url + path, name)
        finally:
            browser.quit()


def _hand_in(served: Running, user: str, problem: str, sample: str) -> str:
    found = served.site.problems[problem]
    path = SAMPLES / sample
    if not path.is_file():
        path = next((SAMPLES / path.parent.name).glob("*.py"))
    offered = Offered(user, problem, found.version, path.name, path.read_bytes())
    with served.database.write() as connection:
        return submissions.accept(connection, offered)[0]


def _judged(served: Running) -> None:
    from sqlalchemy import func, select

    from harness.store.tables import judgings

    unfinished = select(func.count()).where(judgings.c.state.in_(("queued", "running")))
    while True:
        with served.database.read() as connection:
            if not connection.execute(unfinished).scalar_one():
                return
        sleep(0.1)


def _take(browser: Chrome, url: str, name: str) -> None:
    for look_, width, height in LOOKS:
        look(browser, width, "dark" if look_ == "dark" else "light")
        browser.get(url)
        sleep(0.3)
        tall = browser.execute_script("return document.documentElement.scrollHeight")
        picture = _picture(browser, width, min(max(tall, height), 2400))
        picture.save(FOLDER / f"{name}-{look_}.png", optimize=True)


def _picture(browser: Chrome, width: int, height: int) -> Image.Image:
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    taken = browser.execute_cdp_cmd(
        "Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True}
    )
    import base64

    whole = Image.open(io.BytesIO(base64.b64decode(taken["data"]))).convert("RGB")
    return whole.quantize(COLOURS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
