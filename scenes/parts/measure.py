"""Distances to a minimum, measured under the x-axis of a plot."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.strokes import line, set_lines
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

END = 0.09
"""Half the length of an end mark, in units."""

BELOW = 0.3
"""From the tick labels' foot down to the first bar, in units."""

ROW = 0.46
"""From one bar down to the next, in units."""

ROOM = BELOW + ROW + 0.2
"""What two bars need below a plot, in units."""

INSIDE = 0.52
"""What a bar needs beside its number to be seen as one, in units."""

OVERHANG = 0.3
"""So far a number may stand beyond the plot, in units."""

UP = (0.36, 0.44, 0.52, 0.6, 0.68, 0.28)
"""So high above the axis the name of a minimum may stand, in parts of the plot, the best first."""


def bar_height(plot: Plot, row: int = 0) -> float:
    """Return the y of a bar under the tick labels of a plot."""
    foot = plot.inner.bottom - TICK - 0.08 - 0.66 * plot.x_labels[0].em
    return foot - BELOW - row * ROW


class Distance(VGroup):
    """How far two places of the x-axis are apart: a bar with end marks, and its number in it.

    Parameters
    ----------
    look, plot
        The look, and what gives the places.
    start, end
        Data x.
    y
        Where the bar lies, in units.
    role
        The colour.
    written
        What stands in the bar instead of its length.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        start: float,
        end: float,
        y: float,
        role: str = "minimum",
        written: Lettering | None = None,
    ) -> None:
        super().__init__()
        inner = plot.inner
        ends = (float(np.clip(plot.x(x), inner.left, inner.right)) for x in (start, end))
        left, right = sorted(ends)
        self.bar = line(look, role=role, width=STROKE.curve * 0.75)
        self.label = written or look.math(figure(number(abs(end - start))), role=role)
        if written is not None:
            size = written.size_percent
            self.label = look.fitted(written, right - left - INSIDE, size, min(size, TYPE.tick))
        middle, half = (left + right) / 2, self.label.advance / 2 + 0.1
        pieces = [[(x, y - END), (x, y + END)] for x in (left, right)]
        if right - left > 2 * half + 0.3:
            pieces += [[(left, y), (middle - half, y)], [(middle + half, y), (right, y)]]
            self.label.place(middle, y, "center", "middle")
        else:
            # Too short for its number: that stands beyond the place where it is measured from, on
            # the other side where it would leave the plot, and else below.
            self.label = written or self.label
            pieces.append([(left, y), (right, y)])
            wide, after = self.label.advance + 0.12, plot.x(start) > plot.x(end)
            free = {True: inner.right + OVERHANG - right, False: left - inner.left + OVERHANG}
            sides = [side for side in (after, not after) if free[side] >= wide]
            if sides:
                x = right + 0.12 if sides[0] else left - 0.12
                self.label.place(x, y, "left" if sides[0] else "right", "middle")
            else:
                half = self.label.advance / 2
                middle = min(max(middle, inner.left + half), inner.right + OVERHANG - half)
                self.label.place(middle, y - ROW, "center", "middle")
        set_lines(self.bar, pieces)
        self.add(self.bar, self.label)


class Comparison(VGroup):
    """The distance from a step's start to the minimum, and from there to where it lands.

    Both are measured in a second row under the tick labels, so that they are seen against the step
    in the first one. A line leads from the axis through the lowest place up to its name.

    Parameters
    ----------
    look, plot
        The look, and the plot, with `ROOM` below it.
    step, minimum
        The step of a run of one variable, and the x of the minimum.
    clear
        What the name keeps clear of.
    beyond
        Whether the way from the minimum to the landing is measured too.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        step: Step,
        minimum: float,
        clear: Obstacles,
        *,
        beyond: bool = False,
    ) -> None:
        super().__init__()
        inner, y = plot.inner, bar_height(plot, 1)
        self.distance = Distance(look, plot, step.point[0], minimum, y)
        self.add(self.distance)
        if beyond:
            self.add(Distance(look, plot, step.next_point[0], minimum, y))
        x = float(np.clip(plot.x(minimum), inner.left, inner.right))
        self.mark = line(look, role="minimum", width=STROKE.axis)
        self.name = look.text("minimum", size=TYPE.tick, role="minimum")
        places = [(x, inner.bottom + part * inner.height) for part in UP]
        place_near(self.name, places, clear, ("above",), (0.0,), only=True)
        if self.name.is_free:
            foot = inner.bottom + units(STROKE.arrow) / 2
            set_lines(self.mark, [[(x, foot), (x, self.name.box.bottom - 0.08)]])
            self.add(self.mark, self.name)
