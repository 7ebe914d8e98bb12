"""The plot of OneStep, whose axes make room for the numbers of the run as it goes on."""

from __future__ import annotations

from typing import Any

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_marks import AxisMarks
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.spread import ticks_beside
from scenes.parts.window import fit_beside, roomy_ticks, ticks
from scenes.theme import TYPE, units
from scenes.words import number

HEADROOM, BEHIND = 0.75, (0.35, 0.45)
"""Air over the start and behind it, in parts, there less than in a wide frame: there the slope is
measured, and named, and with less of it steps are longer."""

CLOSER = (0.3, 0.2, 0.1, 0.05)
"""Air behind the start, in parts, that is tried for the second step where its length has no room
between its guides: the plot then shows less of the world."""

LABELS = 1.2, 0.9
"""About what the labels of the axes take of the width and height of the plot, in units."""


def step_plot(
    look: Look,
    region: Region,
    objective: Any,
    trace: Trace,
    valley: float | None,
    behind: float,
    closer: float | None = None,
) -> Plot:
    """Return a plot that at 1 tells where the first step lands, and at 2 where the second one does.

    Parameters
    ----------
    look, region
        The look, and where to draw.
    objective, trace, valley
        The function of one variable, the run, and the x of the minimum that it is about.
    behind, closer
        Air behind the start, in parts, and how much of it is left for the second step; None for all
        of it.
    """
    xs, fs = [point[0] for point in trace.points], trace.values
    windows = [
        fit_beside(objective, xs, valley, HEADROOM * air / behind, air)
        for air in (behind, behind, closer or behind)
    ]

    def wide(value: float) -> float:
        return look.math_width(figure(number(value)), size=TYPE.tick)

    def high(_value: float) -> float:
        return 0.72 * units(TYPE.tick)

    # The start; where it lands, and how much lower that is; the second step.
    told = (xs[:1], fs[:1]), (xs[:2], fs[:2]), (xs, fs[:0])
    width, height = region.width - LABELS[0], region.height - LABELS[1]
    first, x_sets, y_sets = windows[0], [], []
    across = roomy_ticks(first.left, first.right, width, wide)
    up = ticks(first.bottom, first.top, 3)
    for window, (places, levels) in zip(windows, told, strict=True):
        left, right, bottom, top = window.left, window.right, window.bottom, window.top
        seen = [tick for tick in across if left <= tick <= right]
        x_sets.append(ticks_beside(seen, left, right, width, places, wide))
        seen = [tick for tick in up if bottom <= tick <= top]
        y_sets.append(ticks_beside(seen, bottom, top, height, levels, high, 0.1))
    names = [look.math(figure(number(value)), TYPE.tick) for value in fs[:2]]
    return Plot(
        look,
        region,
        first,
        later=windows[1:],
        x_sets=x_sets,
        y_sets=y_sets,
        left_room=AxisMarks.room(*names),
    )
