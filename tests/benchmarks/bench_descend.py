"""How fast `descend` records steps: against a bare loop, and against torch where it is installed.

Runs take turns in one process. A ratio is taken within each round, where both sides met the same
machine, and the median over the rounds is reported.
Run: python tests/benchmarks/bench_descend.py
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from operator import truediv
from typing import Any, NamedTuple

from gdcore import Adam, GradientDescent, descend
from gdcore.optimizers import Optimizer

STEPS = 2_000
ROUNDS = 60
RATE = 1e-4
START = 4.0
MOST_TIMES_BARE = 2.5
LEAST_TIMES_TORCH = 5.0


class Record(NamedTuple):
    index: int  # type: ignore[assignment]
    point: tuple[float, ...]
    value: float
    gradient: tuple[float, ...]
    delta: tuple[float, ...]
    state: int
    next_point: tuple[float, ...]
    next_value: float


class Square:
    """x**2 written by hand, so that the loop alone is measured."""

    variables = ("x",)
    text = "x**2"

    def value_and_gradient(self, point: tuple[float, ...]) -> tuple[float, tuple[float, ...]]:
        (x,) = point
        return x**2, (2 * x,)


def parsed_square() -> Any:
    try:
        from gdcore.objective import Objective
    except ImportError:
        return None
    return Objective.parse("x**2")


def f(x: float) -> float:
    return x**2


def slope(x: float) -> float:
    return 2 * x


def bare() -> list[Record]:
    """The loop a textbook has, keeping what a Step keeps."""
    records = []
    x, value = START, f(START)
    for index in range(STEPS):
        gradient = slope(x)
        delta = -RATE * gradient
        next_x = x + delta
        next_value = f(next_x)
        records.append(
            Record(index, (x,), value, (gradient,), (delta,), index + 1, (next_x,), next_value)
        )
        x, value = next_x, next_value
    return records


def bare_inlined() -> list[Record]:
    """The same without function calls: the least that can be timed."""
    records = []
    x, value = START, START**2
    for index in range(STEPS):
        gradient = 2 * x
        delta = -RATE * gradient
        next_x = x + delta
        next_value = next_x**2
        records.append(
            Record(index, (x,), value, (gradient,), (delta,), index + 1, (next_x,), next_value)
        )
        x, value = next_x, next_value
    return records


def ours(optimizer: Optimizer, objective: Any) -> Callable[[], object]:
    return lambda: descend(objective, START, optimizer, max_steps=STEPS)


def torch_loop(name: str) -> Callable[[], object] | None:
    """Return a loop over torch.optim that keeps the points, or None without torch."""
    try:
        import torch
    except ImportError:
        return None

    def loop() -> object:
        x = torch.tensor([START], dtype=torch.float64, requires_grad=True)
        optimizer = getattr(torch.optim, name)([x], lr=RATE)
        points = []
        for _ in range(STEPS // 10):
            optimizer.zero_grad()
            (x**2).sum().backward()
            optimizer.step()
            points.append(x.item())
        return points

    return loop


def per_second(runs: dict[str, tuple[Callable[[], object], int]]) -> dict[str, list[float]]:
    """Return the steps per second of each run in each round; the runs take turns."""
    speeds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, (run, steps) in runs.items():
            begin = time.perf_counter()
            result = run()
            speeds[name].append(steps / (time.perf_counter() - begin))
            del result
    return speeds


def main() -> dict[str, float | None]:
    """Measure, print a table, and return the numbers; None where something is not installed."""
    runs: dict[str, tuple[Callable[[], object], int]] = {
        "bare loop": (bare, STEPS),
        "bare loop, inlined": (bare_inlined, STEPS),
        "descend, by hand": (ours(GradientDescent(RATE), Square()), STEPS),
        "descend, by hand, Adam": (ours(Adam(RATE), Square()), STEPS),
    }
    if (parsed := parsed_square()) is not None:
        runs["descend, parsed"] = (ours(GradientDescent(RATE), parsed), STEPS)
        runs["descend, parsed, Adam"] = (ours(Adam(RATE), parsed), STEPS)
    for name in ("SGD", "Adam"):
        if (loop := torch_loop(name)) is not None:
            runs[f"torch {name}"] = (loop, STEPS // 10)
    speeds = per_second(runs)
    speed = {name: statistics.median(rounds) for name, rounds in speeds.items()}
    for name, value in speed.items():
        print(f"{name:26} {value:12,.0f} steps/s")

    def ratio(top: str, bottom: str) -> float | None:
        if top not in speeds or bottom not in speeds:
            return None
        return statistics.median(map(truediv, speeds[top], speeds[bottom]))

    ratios = {
        "bare / descend": ratio("bare loop", "descend, parsed"),
        "bare / descend, f by hand": ratio("bare loop", "descend, by hand"),
        "bare inlined / descend": ratio("bare loop, inlined", "descend, parsed"),
        "bare inlined / descend, f by hand": ratio("bare loop, inlined", "descend, by hand"),
        "descend / torch SGD": ratio("descend, parsed", "torch SGD"),
        "descend / torch Adam": ratio("descend, parsed, Adam", "torch Adam"),
    }
    goals = {
        **{name: f"at most {MOST_TIMES_BARE}" for name in ratios if name.startswith("bare")},
        **{name: f"at least {LEAST_TIMES_TORCH}" for name in ratios if "torch" in name},
    }
    for name, value in ratios.items():
        print(f"{name:34} {'-' if value is None else f'{value:.2f}':>6}   goal: {goals[name]}")
    return {**speed, **ratios}


if __name__ == "__main__":
    print(json.dumps(main()))
