"""Lengths along the x-axis: one alone, or a distance against a step."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from gdcore import Step
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.placing import Obstacles, place_along
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import arrow_outline, dashes, line, set_lines, shape
from scenes.theme import STROKE
from scenes.words import number

END = 0.09
"""Half the length of an end mark, in units."""

UPPER, LOWER = 0.46, 0.86
"""Where bar and arrow of a comparison lie, in parts of the region's height from above."""


class Distance(VGroup):
    """How far two places of the x-axis are apart: a bar with end marks, and its number.

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
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        start: float,
        end: float,
        y: float,
        role: str = "minimum",
    ) -> None:
        super().__init__()
        inner = plot.inner
        left, right = (float(np.clip(plot.x(x), inner.left, inner.right)) for x in (start, end))
        self.ends = ((left, y), (right, y))
        self.bar = line(look, role=role, width=STROKE.curve * 0.75)
        set_lines(
            self.bar,
            [self.ends, *([(x, y - END), (x, y + END)] for x in (left, right))],
        )
        self.label = look.math(figure(number(abs(end - start))), role=role)
        self.add(self.bar, self.label)


class Comparison(VGroup):
    """The distance to the minimum against the step, both from the same place, one over the other.

    Parameters
    ----------
    look, plot, region
        The look, what gives the places, and the free space under it.
    step, minimum
        The step of a run of one variable, and the x of the minimum.
    clear
        What the numbers keep clear of.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        region: Region,
        step: Step,
        minimum: float,
        clear: Obstacles,
    ) -> None:
        super().__init__()
        inner = plot.inner
        upper, lower = (region.top - part * region.height for part in (UPPER, LOWER))
        start, end = (
            float(np.clip(plot.x(x), inner.left, inner.right))
            for x in (step.point[0], step.next_point[0])
        )
        self.distance = Distance(look, plot, step.point[0], minimum, upper)
        self.arrow = shape(look, arrow_outline((start, lower), (end, lower)), "step")
        self.length = look.math(figure(number(abs(step.delta[0]))), role="step")
        # The minimum is a place, not only a length: a dotted line leads down from it.
        x = plot.x(minimum)
        self.mark = set_lines(
            line(look, role="minimum"), dashes((x, region.top), (x, region.bottom))
        )
        clear.add(self.distance.bar, self.arrow, self.mark)
        place_along(self.distance.label, *self.distance.ends, clear, ("above",))
        place_along(self.length, (start, lower), (end, lower), clear, ("above",))
        self.add(self.distance, self.arrow, self.length)
