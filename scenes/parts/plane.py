"""The plane of two variables in true scale, framed round the runs on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.window import Window, spread

FAR = 1.6
"""A point farther from the goal than the start, by this factor, is left outside: the run went off."""


def box_of_runs(
    runs: Iterable[Sequence[Sequence[float]]], goal: Sequence[float], air: float = 0.12
) -> Window:
    """Return the rectangle round the points of some runs and the goal.

    Parameters
    ----------
    runs
        The iterates of each run, of two variables, all from one start.
    goal
        What they are after.
    air
        Free space on each side, in parts of the larger side of the rectangle's own direction.
    """
    every = [np.asarray(points, dtype=float).reshape(-1, 2) for points in runs]
    middle, start = np.asarray(goal, dtype=float), every[0][0]
    reach = max(float(np.hypot(*(start - middle))), 1e-9)
    points = np.concatenate([*every, [middle]])
    near = np.hypot(*(points - middle).T) <= FAR * reach
    (left, right), (bottom, top) = (spread(points[near][:, axis], air, air) for axis in (0, 1))
    # A run along one axis: the other one is shown a little too.
    least = 0.15 * max(right - left, top - bottom)
    if top - bottom < least:
        bottom, top = (bottom + top - least) / 2, (bottom + top + least) / 2
    if right - left < least:
        left, right = (left + right - least) / 2, (left + right + least) / 2
    return Window(left, right, bottom, top)


def plane(look: Look, region: Region, box: Window, goal: Sequence[float]) -> Plot:
    """Return a plot in true scale that fills a region and shows a rectangle.

    What the region shows beyond the rectangle lies on the side where the goal is nearer to the
    edge, and then on both sides.
    """
    window = box
    for _ in range(3):  # the tick labels that a wider window needs cost width themselves
        inner = _plot(look, region, window, equal=False).inner
        window = _filling(box, goal, inner.width / inner.height)
    return _plot(look, region, window, equal=True)


def _plot(look: Look, region: Region, window: Window, *, equal: bool) -> Plot:
    return Plot(look, region, window, x_name="", y_name="", equal=equal)


def _filling(box: Window, goal: Sequence[float], ratio: float) -> Window:
    """Return the rectangle made wider or higher until it has a ratio of width to height."""
    width, height = box.right - box.left, box.top - box.bottom
    if width < ratio * height:
        left, right = _stretched(box.left, box.right, goal[0], ratio * height)
        return Window(left, right, box.bottom, box.top)
    bottom, top = _stretched(box.bottom, box.top, goal[1], width / ratio)
    return Window(box.left, box.right, bottom, top)


def _stretched(low: float, high: float, goal: float, length: float) -> tuple[float, float]:
    missing = length - (high - low)
    short = (high - goal) - (goal - low)
    first = min(missing, abs(short)) if math.isfinite(short) else 0.0
    low, high = (low - first, high) if short > 0 else (low, high + first)
    rest = (missing - first) / 2
    return low - rest, high + rest
