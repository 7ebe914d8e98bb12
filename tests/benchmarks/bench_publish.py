"""What publishing costs beyond rendering, and publishing again with nothing changed.

Run: make bench ARGS=publish
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from measuring import Result, measure, median, say, table

SCENE = "Overshoot"
COURSE = ("OneStep", "Overshoot", "TutorialRun")
MOST_SECONDS, MOST_AGAIN = 3.0, 2.0


def main(rounds: int) -> dict[str, Any]:
    """Publish a rendered scene, and a course twice, and print a table."""
    seconds: dict[str, list[float]] = {"publish": [], "again": [], "start": []}
    gd = [sys.executable, "-m", "scenes.cli"]
    with tempfile.TemporaryDirectory() as folder:
        videos, site, course = (str(Path(folder, name)) for name in ("videos", "site", "course"))
        # Small videos: copying them is all that the size of a video costs here.
        look = ["-q", "l", "--videos", videos]
        say("rendering")
        measure([*gd, "publish", *COURSE, *look, "-o", course])
        for _ in range(rounds):
            shutil.rmtree(site, ignore_errors=True)
            # Otherwise a render that has nothing to do is over before manim is loaded.
            for note in Path(videos).glob(".cache/*.made.json"):
                note.unlink()
            walls = {
                "publish": measure([*gd, "publish", SCENE, *look, "-o", site]).wall,
                "again": measure([*gd, "publish", *COURSE, *look, "-o", course]).wall,
                "start": measure([*gd, "render", SCENE, "-q", "l", "-o", videos]).wall,
            }
            say(", ".join(f"{name}: {wall:.2f} s" for name, wall in walls.items()))
            for name, wall in walls.items():
                seconds[name].append(wall)
    beyond = median(seconds["publish"]) - median(seconds["start"])
    results = [
        # A render that has nothing to do starts and finds that out, as publishing does first.
        Result(f"publish {SCENE}, beyond rendering", beyond, "s", at_most=MOST_SECONDS),
        Result("publish a course again", median(seconds["again"]), "s", at_most=MOST_AGAIN),
    ]
    print(table(results))
    return {"results": [result.as_dict() for result in results], "seconds": seconds}
