"""Values compared: two level lines, and an arrow from the one to the other."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import arrow_outline, dashes, line, set_lines, shape
from scenes.theme import STROKE, units
from scenes.words import number

WIDE = 2.2
"""Two places at least so far apart, in units, have their level lines between them."""


class Fall(VGroup):
    """What a step did to the value: two level lines, an arrow between them, and both numbers.

    The lines lead to the value axis, or, where a step flew far, from the one place to the other.

    Parameters
    ----------
    look, plot, step
        The look, where to draw, and the step of a run of one variable.
    clear
        What the label keeps clear of; the lines are added to it.
    """

    def __init__(self, look: Look, plot: Plot, step: Step, clear: Obstacles) -> None:
        super().__init__()
        inner = plot.inner
        xs = [
            float(np.clip(plot.x(x), inner.left, inner.right))
            for x in (step.point[0], step.next_point[0])
        ]
        ys = [
            float(np.clip(plot.y(y), inner.bottom, inner.top))
            for y in (step.value, step.next_value)
        ]
        radius = 0.62 * units(STROKE.point)
        if abs(xs[1] - xs[0]) > WIDE:
            toward = 1 if xs[1] > xs[0] else -1
            along = (xs[0] + xs[1]) / 2
            spans = [(xs[0] + toward * radius, xs[1]), (xs[1] - toward * radius, xs[0])]
        else:
            along = inner.left + 0.25 + 0.16 * min(x - inner.left for x in xs)
            spans = [(inner.left, x - radius) for x in xs]
        levels = line(look, role="curve", width=STROKE.axis)
        set_lines(
            levels,
            [
                dash
                for (start, end), y in zip(spans, ys, strict=True)
                for dash in dashes((start, y), (end, y))
            ],
        )
        arrow = shape(look, arrow_outline((along, ys[0]), (along, ys[1]), 0.5, 1.8), "curve")
        self.lines = VGroup(levels, arrow)
        clear.add(self.lines)
        text = f"{figure(number(step.value))} arrow.r {figure(number(step.next_value))}"
        self.label = place_near(
            look.math(text, role="curve"),
            [(along, sum(ys) / 2), (along, max(ys)), (along, min(ys))],
            clear,
            ("right", "left", "above"),
        )
        self.add(self.lines, self.label)
