"""The first steps of runs on a small plane: what it shows, and arrows from point to point."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.plane import filling
from scenes.parts.plot import Plot, clip
from scenes.parts.strokes import arrow_outline, dashes, dot_points, line, set_lines, shape
from scenes.parts.window import Window, spread
from scenes.theme import STROKE, TYPE, units

WIDTH, HEAD = 0.5, 1.9
"""Of an arrow, in % of the frame's shorter side."""

AIR = 0.12
"""Free space round the steps, in parts of their range."""

DOT = 0.55 * STROKE.ghost
"""Diameter of a landing, in % of the frame's shorter side."""


NEAR, FAR = 4.0, 8.0
"""Points and minimum are shown if they are so near to the start, in parts of a usual first step."""

LEAP = 10.0
"""A first step is a leap if it is so many times as long as others."""

LEAST = 0.01
"""A usual first step is at least this part of the start's coordinates."""


def steps_window(
    runs: Sequence[Sequence[Sequence[float]]], goal: Sequence[float] | None, ratio: float
) -> Window:
    """Return a window on the first steps of runs from one start, and on the minimum if it is near.

    Parameters
    ----------
    runs
        The points of each run.
    goal
        The minimum, or None.
    ratio
        Width to height of the window.
    """
    start = np.asarray(runs[0][0], dtype=float)
    paths = [np.asarray(run, dtype=float) for run in runs]
    firsts = sorted(float(np.hypot(*(path[1] - start))) for path in paths if len(path) > 1)
    middles = (firsts[len(firsts) // 2], firsts[(len(firsts) - 1) // 2]) if firsts else (1.0, 1.0)
    # Where half of the runs leap away, the others are what can be seen.
    usual = middles[0] if middles[0] <= LEAP * middles[1] else middles[1]
    usual = max(usual, LEAST * float(np.abs(start).max())) or 1.0
    kept = [path[np.hypot(*(path - start).T) <= NEAR * usual] for path in paths]
    points = np.concatenate(kept)
    middle = points[np.hypot(*(points - start).T).argmax()]
    if goal is not None and np.hypot(*(np.asarray(goal) - start)) <= FAR * usual:
        points, middle = np.vstack([points, goal]), np.asarray(goal, dtype=float)
    if np.allclose(points, start):
        points = np.vstack([points, start - usual, start + usual])
    (left, right), (bottom, top) = (spread(points[:, axis], AIR, AIR) for axis in (0, 1))
    least = 0.15 * max(right - left, top - bottom)
    wide, tall = (max(0.0, least - length) / 2 for length in (right - left, top - bottom))
    box = Window(left - wide, right + wide, bottom - tall, top + tall)
    return filling(box, (float(middle[0]), float(middle[1])), ratio)


def small_plane(
    look: Look, inner: Region, window: Window, room: float, *, left: bool, below: bool
) -> Plot:
    """Return a plot in true scale whose edges are known; its numbers stand outside.

    Parameters
    ----------
    look, inner, window
        The look, the rectangle of the plot, and what it shows, of the same shape.
    room
        Left of the rectangle, for numbers.
    left, below
        Which axes have numbers.
    """
    foot = 0.12 + 0.95 * units(TYPE.tick) if below else 0.05
    return Plot(
        look,
        inner.inset(-room, -foot, -0.1, -0.06),
        window,
        x_name="",
        y_name="",
        x_ticks=None if below else (),
        y_ticks=None if left else (),
        equal=True,
        left_room=room,
    )


class Strides(VGroup):
    """Arrows from point to point, and a dotted line: the way straight down from the first one.

    An arrow that leaves the plot is a line to its edge, and the last one that is drawn.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    points
        Where the run is, one after the other, in data units.
    downhill
        The direction in which the function falls most steeply at the first of them.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        points: Sequence[Sequence[float]],
        downhill: Sequence[float],
    ) -> None:
        super().__init__()
        inner = plot.inner
        places = [plot.at(*point) for point in points]
        down = np.asarray(downhill, dtype=float)
        size = float(np.hypot(*down))
        self.way = line(look, role="muted")
        if size > 0:
            there = places[0] + down / size * (inner.width + inner.height)
            seen = clip(np.array([places[0], there]), inner)
            set_lines(self.way, [dash for piece in seen for dash in dashes(piece[0], piece[-1])])
        arrows, outlines, landed = shape(look, role="step"), [], []
        for first, last in itertools.pairwise(places):
            seen = clip(np.array([first, last]), inner)
            if not seen:
                break
            whole = np.allclose(seen[0][-1], last)
            along = seen[0][-1] - first
            length = float(np.hypot(*along))
            free = min(0.4, 0.5 * units(DOT) / length) if length else 0.0
            head = HEAD if whole else WIDTH
            outlines.append(arrow_outline(first + along * free, seen[0][-1], WIDTH, head))
            if not whole:
                break
            landed.append(last)
        set_lines(arrows, outlines)
        marks = shape(look, role="point")
        marks.points = dot_points(landed, DOT)
        self.add(self.way, arrows, marks)
