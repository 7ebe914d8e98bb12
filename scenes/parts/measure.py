"""Distances to a minimum, measured under the x-axis of a plot."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.strokes import dashes, line, set_lines
from scenes.theme import STROKE, TYPE
from scenes.words import number

END = 0.09
"""Half the length of an end mark, in units."""

BELOW = 0.36
"""From the tick labels' foot down to the bar, in units."""

ROOM = 0.86
"""What the bar and the name under it need below a plot, in units."""


def bar_height(plot: Plot) -> float:
    """Return the y of a bar under the tick labels of a plot."""
    return plot.inner.bottom - TICK - 0.08 - 0.66 * plot.x_labels[0].em - BELOW


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
        What stands in the bar instead of its length; under it, where it is too short for that.
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
        middle, half = (left + right) / 2, self.label.advance / 2 + 0.1
        pieces = [[(x, y - END), (x, y + END)] for x in (left, right)]
        if right - left > 2 * half + 0.3:
            pieces += [[(left, y), (middle - half, y)], [(middle + half, y), (right, y)]]
            self.label.place(middle, y, "center", "middle")
        elif written is not None:
            pieces.append([(left, y), (right, y)])
            half = self.label.advance / 2
            middle = min(max(middle, inner.left + half), inner.right - half)
            self.label.place(middle, y - END - 0.1, "center", "top")
        else:
            # Too short for its number: that stands beyond the place where it is measured from.
            pieces.append([(left, y), (right, y)])
            after = plot.x(start) > plot.x(end)
            x = right + 0.12 if after else left - 0.12
            self.label.place(x, y, "left" if after else "right", "middle")
        set_lines(self.bar, pieces)
        self.add(self.bar, self.label)


class Comparison(VGroup):
    """The distance from a step's start to the minimum, and from there to where it lands.

    Both are measured under the tick labels, so that the arrow on the axis is seen against them. A
    dashed line leads from the curve's lowest place down to its name.

    Parameters
    ----------
    look, plot
        The look, and the plot, with `ROOM` below it.
    step, minimum, floor
        The step of a run of one variable, the x of the minimum, and the value there.
    named
        What stands on the axis besides its ticks.
    beyond
        Whether the way from the minimum to the landing is measured too.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        step: Step,
        minimum: float,
        floor: float,
        *named: Lettering,
        beyond: bool = False,
    ) -> None:
        super().__init__()
        inner = plot.inner
        y = bar_height(plot)
        self.distance = Distance(look, plot, step.point[0], minimum, y)
        x = float(np.clip(plot.x(minimum), inner.left, inner.right))
        top = float(np.clip(plot.y(floor), inner.bottom, inner.top))
        labels = Obstacles(inner)
        labels.add(*plot.x_labels, *named)
        clear = [
            dash for dash in dashes((x, top), (x, y + END), 0.15, 0.09) if not labels.crossed(dash)
        ]
        self.mark = set_lines(line(look, role="minimum", width=1.4 * STROKE.axis), clear)
        self.name = look.text("minimum", size=TYPE.tick, role="minimum")
        half = self.name.advance / 2
        middle = min(max(x, inner.left + half), inner.right - half)
        self.name.place(middle, y - END - 0.1, "center", "top")
        self.add(self.mark, self.distance, self.name)
        if beyond:
            self.add(Distance(look, plot, step.next_point[0], minimum, y))
