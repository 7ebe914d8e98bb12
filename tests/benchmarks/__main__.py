"""All benchmarks: a table on the terminal, and output/benchmarks.json.

Run: make bench, or python tests/benchmarks [descend] [render] [course] [stills] [publish]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from importlib.metadata import version
from typing import Any

import bench_course
import bench_descend
import bench_publish
import bench_render
import bench_stills
from measuring import ROOT, Result, table

ALL = ("descend", "render", "course", "stills", "publish")
OUTPUT = ROOT / "output" / "benchmarks.json"


def descend() -> dict[str, Any]:
    """Return the ratios of `bench_descend` with their targets."""
    numbers = bench_descend.main()
    results = []
    for what, value in numbers.items():
        if what.startswith("bare /"):
            results.append(Result(what, value, at_most=bench_descend.MOST_TIMES_BARE))
        elif "/ torch" in what:
            results.append(Result(what, value, at_least=bench_descend.LEAST_TIMES_TORCH))
    return {"results": [result.as_dict() for result in results], "numbers": numbers}


def machine() -> dict[str, Any]:
    """Return where the numbers were measured: without it they mean nothing."""
    packages = ("manim", "av", "numpy", "matplotlib")
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        **{package: version(package) for package in packages},
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=")
    parser.add_argument("what", nargs="*", choices=[*ALL, []], default=[])
    parser.add_argument("--scene", default=bench_render.SCENE)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    wanted = given.what or list(ALL)
    measured: dict[str, Any] = {"machine": machine()}
    if "descend" in wanted:
        measured["descend"] = descend()
    if "render" in wanted:
        measured["render"] = bench_render.main(given.scene, given.rounds)
    if "course" in wanted:
        measured["course"] = bench_course.main()
    if "stills" in wanted:
        measured["stills"] = bench_stills.main(given.rounds)
    if "publish" in wanted:
        measured["publish"] = bench_publish.main(given.rounds)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(measured, indent=2) + "\n")
    everything = [line for name in wanted for line in measured[name]["results"]]
    shown = [
        Result(line["what"], line["value"], line["unit"], line["at_most"], line["at_least"])
        for line in everything
    ]
    print(f"\n{table(shown)}\n\n{OUTPUT}")


if __name__ == "__main__":
    main()
