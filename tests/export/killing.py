"""Kill renders at random moments, and look after each at what is there.

A process of its own, without threads: so a render is a fork that need not load manim again, and
its moments are those of rendering and not of starting.

Run: python tests/export/killing.py FOLDER MOMENTS SEED, with tests/export in PYTHONPATH
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from films import shown

from scenes.cli import main
from scenes.export.job import RenderJob
from scenes.export.share import draw
from scenes.one_step import OneStep
from scenes.segments import is_sealed

WORDS = ("render", "OneStep", "-q", "l", "--set", "learning_rate=0.3")
JOB = RenderJob(OneStep, (("learning_rate", "0.3"),), "l")
assert draw  # loaded here, for all renders


def started(folder: Path, workers: int) -> int:
    """Start a render in a process group of its own and return its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setsid()
        code = main([*WORDS, "--workers", str(workers), "-o", str(folder)])
    finally:
        os._exit(code)


def killed(folder: Path, workers: int, seconds: float) -> float | None:
    """Render and kill all of it after some seconds, or return how long it took if it was done."""
    child, begun = started(folder, workers), time.monotonic()
    while time.monotonic() < begun + seconds:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert status == 0, status
            return time.monotonic() - begun
        time.sleep(0.005)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def rendered(folder: Path, workers: int) -> float:
    """Render to the end and return how long it took."""
    seconds = killed(folder, workers, 600)
    assert seconds is not None
    return seconds


def segments(folder: Path) -> list[Path]:
    """Return what looks like a finished segment; what is unfinished has a hidden name."""
    return sorted(folder.rglob("segments-*/[!.]*.mp4"))


def run(folder: Path, moments: int, dice: random.Random) -> None:
    """Kill so many renders, and let the last one finish."""
    film = folder / JOB.file_name
    whole = rendered(folder, 1)
    right, stopped = shown(film), 0
    for number in range(moments):
        # Something has to be drawn and joined again.
        film.unlink(missing_ok=True)
        for segment in segments(folder):
            if dice.random() < 0.5:
                segment.unlink()
        # Some with workers, which are killed with it. How long it would take may change.
        done = killed(folder, 2 if number % 5 == 4 else 1, dice.uniform(0, whole))
        whole, stopped = done or whole, stopped + (done is None)
        assert not film.exists() or shown(film) == right
        assert all(map(is_sealed, segments(folder)))
    film.unlink(missing_ok=True)
    rendered(folder, 2)
    assert shown(film) == right
    assert not list(folder.rglob("*.part*"))
    print(stopped)


if __name__ == "__main__":
    where, count, seed = sys.argv[1:]
    run(Path(where), int(count), random.Random(seed))
