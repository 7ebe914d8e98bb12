"""How long the stills of a scene take, the start of the command included.

Run: make bench ARGS=stills
"""

from __future__ import annotations

import sys
import tempfile
from typing import Any

from measuring import Result, measure, median, say, table

SCENE = "Overshoot"
MOST_SECONDS = 3.0


def main(rounds: int) -> dict[str, Any]:
    """Draw the stills of a scene in each format, in turns, and print a table."""
    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for name in ("png", "svg", "pdf"):
                gd = [sys.executable, "-m", "scenes.cli", "stills", SCENE, "--width", "1920"]
                wall = measure([*gd, "--format", name, "-o", folder]).wall
                say(f"stills, {name}: {wall:.2f} s")
                seconds.setdefault(name, []).append(wall)
    results = [
        Result(f"stills of {SCENE}, {name}, 1920 px", median(walls), "s", at_most=MOST_SECONDS)
        for name, walls in seconds.items()
    ]
    print(table(results))
    return {"results": [result.as_dict() for result in results], "seconds": seconds}
