"""A course: all lessons side by side, again unchanged, and the memory of a worker at 4K.

Run: python tests/benchmarks/bench_course.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from measuring import Result, Run, measure_tree, say, table

from scenes.export.catalogue import find
from scenes.manifest import read

GD = [sys.executable, "-m", "scenes.cli"]

PLAYS = 9
"""How many animations are drawn at 4K: the memory does not grow with more."""


def main() -> dict[str, Any]:
    """Measure, and return the results."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        command = [*GD, "render", "all", "-q", "h", "-o", str(work)]
        first = _said("all lessons", measure_tree(command))
        films = [read(Path(path)) for path in first.said["lines"]]
        again = _said("all lessons, unchanged", measure_tree(command))
        large = _said("4K", measure_tree([sys.executable, __file__, str(work / "4k")]))
    seconds = sum(film.video.seconds for film in films)
    results = [
        Result(f"{len(films)} lessons, 1080p60: wall", first.wall, "s"),
        Result("their film per second", seconds / first.wall, at_least=1.6),
        Result("CPU for a second of film", first.cpu / seconds, "s"),
        Result("peak memory of a worker, 1080p60", first.peak_mb, "MB", at_most=700),
        Result("all lessons again, unchanged", again.wall, "s", at_most=5),
        Result("peak memory of a worker, 4K60", large.peak_mb, "MB", at_most=2500),
    ]
    print(table(results))
    return {"results": [result.as_dict() for result in results]}


def _said(what: str, one: Run) -> Run:
    say(f"{what}: {one.wall:.1f} s, {one.cpu:.1f} s of CPU, {one.peak_mb:.0f} MB")
    return one


def draw_large(folder: Path) -> None:
    """Draw the beginning of a lesson at 4K with one worker, as `measure_tree` watches it."""
    from scenes.export.crew import Crew
    from scenes.export.job import RenderJob
    from scenes.export.share import Share, draw

    job = RenderJob(find("Overshoot").scene, quality="k")
    with Crew(1) as crew:
        crew.run(draw, [Share(job, folder, range(PLAYS))])


if __name__ == "__main__":
    draw_large(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
