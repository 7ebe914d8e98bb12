"""What a film costs: against the encoder alone, matplotlib, usual manim, and its own second render.

Every run is a process of its own; the runs take turns, and medians are reported.
Run: python tests/benchmarks/bench_render.py [--rounds 3] [--scene scenes/overshoot.py:Overshoot]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import av
import numpy as np
from measuring import ROOT, Result, Run, measure, measure_tree, median, run, say, table

SCENE = "scenes/overshoot.py:Overshoot"
MANY_STEPS = 10_000


def main(scene: str = SCENE, rounds: int = 3) -> dict[str, Any]:
    """Measure, and return the results and the single runs behind them."""
    path, _, name = scene.rpartition(":")
    scene = f"{(ROOT / path).resolve()}:{name}"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        runs = against_others(scene, rounds, work)
        runs |= few_and_many_steps(scene, rounds, work)
        edit = after_an_edit(scene, work)
    results = judged(runs, edit)
    print(table(results))
    return {
        "results": [result.as_dict() for result in results],
        "runs": {
            what: [{"wall": one.wall, "cpu": one.cpu, "peak_mb": one.peak_mb} for one in several]
            for what, several in runs.items()
        },
        "edit": edit,
    }


def against_others(scene: str, rounds: int, work: Path) -> dict[str, list[Run]]:
    """Render the same film in all ways, in turns."""
    score = work / "score.json"
    say("drawing the frames")
    lossless = run("film.py", scene, work / "lossless", "--score", score).said["film"]
    os.environ["SCORE"] = str(score)
    usual = [sys.executable, "-m", "manim", "-qh", "-v", "ERROR", "--progress_bar", "none"]
    runs: dict[str, list[Run]] = {}

    def note(what: str, one: Run) -> None:
        say(f"{what}: {one.wall:.1f} s, {one.cpu:.1f} s of CPU, {one.peak_mb:.0f} MB")
        runs.setdefault(what, []).append(one)

    for number in range(rounds):
        media = work / f"ours-{number}"
        note("first render", run("film.py", scene, media))
        note("second render", run("film.py", scene, media))
        alone = run("x264_alone.py", lossless)
        # Without starting Python and decoding the frames, which are not the encoder's.
        note("x264 alone", Run(alone.said["wall"], alone.said["cpu"], alone.peak_mb))
        note("matplotlib", run("matplotlib_overshoot.py", score, work / "matplotlib.mp4"))
        held = work / "held.mp4", "--held"
        note("matplotlib, held", run("matplotlib_overshoot.py", score, *held))
        note("plain manim", run("film.py", scene, work / f"plain-{number}", "--plain"))
        crew = [sys.executable, "-m", "scenes.cli", "render", scene.rpartition(":")[2], "-q", "h"]
        note("gd render", measure_tree([*crew, "-o", str(work / f"crew-{number}")]))
        note("gd render again", measure_tree([*crew, "-o", str(work / f"crew-{number}")]))
        film = ["--media_dir", str(work / f"usual-{number}"), "tests/benchmarks/manim_usual.py"]
        note("usual manim", measure([*usual, *film, "Usual"]))
    return runs


def few_and_many_steps(scene: str, rounds: int, work: Path) -> dict[str, list[Run]]:
    """Render a run of 10 steps and one of 10,000; smaller frames, so that drawing weighs more."""
    runs: dict[str, list[Run]] = {"10 steps": [], f"{MANY_STEPS:,} steps": []}
    for number in range(rounds):
        for steps, what in zip((10, MANY_STEPS), runs, strict=True):
            parameters = json.dumps({"max_steps": steps})
            media = work / f"steps-{steps}-{number}"
            options = ("--quality", "medium_quality", "--parameters", parameters)
            one = run("film.py", scene, media, *options)
            with av.open(one.said["film"]) as film:
                frames = film.streams.video[0].frames
            say(f"{what}: {one.cpu:.1f} s of CPU for {frames} frames")
            runs[what].append(Run(one.wall / frames, one.cpu / frames, one.peak_mb))
    return runs


def after_an_edit(scene: str, work: Path) -> dict[str, int]:
    """Edit the caption in the middle, and count the segments that are made again."""
    beats = json.loads((work / "score.json").read_text())["beats"]
    media, small = work / "edited", ("--quality", "low_quality")
    before = run("film.py", scene, media, *small).said["segments"]
    kept = set(before)
    after = run("film.py", scene, media, *small, "--edit", len(beats) // 2).said["segments"]
    made = [index for index, path in enumerate(after) if path not in kept]
    changed = [
        index for index in made if index >= len(before) or differ(before[index], after[index])
    ]
    edit = {"segments": len(after), "made again": len(made), "changed": len(changed)}
    say(f"after an edit: {edit}")
    return edit


def differ(one: str, other: str) -> bool:
    """Whether two segments show different pictures."""
    with av.open(one) as first, av.open(other) as second:
        pairs = zip(first.decode(video=0), second.decode(video=0), strict=True)
        try:
            return any(not np.array_equal(a.to_ndarray(), b.to_ndarray()) for a, b in pairs)
        except ValueError:  # one is longer
            return True


def judged(runs: dict[str, list[Run]], edit: dict[str, int]) -> list[Result]:
    """Return what was measured beside what is to be reached."""
    wall = {what: median([one.wall for one in several]) for what, several in runs.items()}
    cpu = {what: median([one.cpu for one in several]) for what, several in runs.items()}
    ours, again, crew = "first render", "second render", "gd render"
    peak = median([one.peak_mb for one in runs[ours]])
    missed = [
        len(set(second.said["segments"]) - set(first.said["segments"]))
        for first, second in zip(runs[ours], runs[again], strict=True)
    ]
    many, few = cpu[f"{MANY_STEPS:,} steps"], cpu["10 steps"]
    return [
        Result("first render, 1080p60: wall", wall[ours], "s"),
        Result("first render, 1080p60: CPU", cpu[ours], "s"),
        Result("x264 alone: wall", wall["x264 alone"], "s"),
        Result("x264 alone: CPU", cpu["x264 alone"], "s"),
        Result("CPU, ours / x264 alone", cpu[ours] / cpu["x264 alone"], at_most=1.3),
        Result("wall, ours / x264 alone", wall[ours] / wall["x264 alone"]),
        Result("wall, matplotlib / ours", wall["matplotlib"] / wall[ours], at_least=2),
        Result("wall, matplotlib that holds frames / ours", wall["matplotlib, held"] / wall[ours]),
        Result("CPU, matplotlib / ours", cpu["matplotlib"] / cpu[ours]),
        Result("wall, usual manim / ours", wall["usual manim"] / wall[ours], at_least=1.4),
        Result("CPU, usual manim / ours", cpu["usual manim"] / cpu[ours]),
        Result("wall, second render / first", wall[again] / wall[ours], at_most=0.25),
        Result("segments not found by the second render", max(missed), at_most=0),
        Result(
            "unchanged segments made again after an edit",
            edit["made again"] - edit["changed"],
            at_most=0,
        ),
        Result(
            "segments changed by an edit", edit["changed"], f"of {edit['segments']}", at_least=1
        ),
        Result(f"CPU per frame, {MANY_STEPS:,} steps / 10", many / few, at_most=1.3),
        Result("peak memory, 1080p60", peak, "MB", at_most=800),
        Result("gd render: wall", wall[crew], "s"),
        Result("gd render: CPU / x264 alone", cpu[crew] / cpu["x264 alone"], at_most=1.15),
        Result("wall, plain manim / gd render", wall["plain manim"] / wall[crew], at_least=1.7),
        Result("wall, matplotlib / gd render", wall["matplotlib"] / wall[crew], at_least=3.5),
        Result(
            "wall, matplotlib that holds frames / gd render", wall["matplotlib, held"] / wall[crew]
        ),
        Result("wall, usual manim / gd render", wall["usual manim"] / wall[crew], at_least=2.3),
        Result("gd render, unchanged", wall["gd render again"], "s", at_most=1.5),
        Result(
            "peak memory of a worker, 1080p60",
            median([one.peak_mb for one in runs[crew]]),
            "MB",
            at_most=700,
        ),
    ]


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--scene", default=SCENE)
    arguments.add_argument("--rounds", type=int, default=3)
    main(**vars(arguments.parse_args()))
