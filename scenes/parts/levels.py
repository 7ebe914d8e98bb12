"""Values compared: two level lines, and an arrow from the one to the other."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.lettering import Lettering
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
    They stop short of the dots. The arrow stands where its numbers find room.

    Parameters
    ----------
    look, plot, step
        The look, where to draw, and the step of a run of one variable.
    clear
        What the label keeps clear of; lines and label are added to it.
    at
        The data x where the arrow stands; None for where its numbers find room.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        step: Step,
        clear: Obstacles,
        at: float | None = None,
    ) -> None:
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
        rim = 0.8 * units(STROKE.point)
        if at is not None:
            places = [plot.x(at)]
            ends = [x + (rim if places[0] > x else -rim) for x in xs]
            spans = [(end, places[0]) for end in ends]
        elif abs(xs[1] - xs[0]) > WIDE:
            toward = 1 if xs[1] > xs[0] else -1
            places = [
                xs[0] + (xs[1] - xs[0]) * part for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
            ]
            spans = [(xs[0] + toward * rim, xs[1]), (xs[1] - toward * rim, xs[0])]
        else:
            first, free = inner.left + 0.25, min(xs) - inner.left
            places = [first + free * part for part in (0.16, 0.3, 0.45, 0.6, 0.75)]
            spans = [(inner.left, x - rim) for x in xs]
        levels = line(look, role="curve", width=STROKE.axis)
        set_lines(
            levels,
            [
                dash
                for (start, end), y in zip(spans, ys, strict=True)
                for dash in dashes((start, y), (end, y))
            ],
        )
        clear.add(levels)
        arrow = shape(look, role="curve")
        text = f"{figure(number(step.value))} arrow.r {figure(number(step.next_value))}"
        self.label = look.math(text, role="curve")
        along = min(places, key=lambda x: _place(self.label, x, ys, clear.copy()))
        set_lines(arrow, [arrow_outline((along, ys[0]), (along, ys[1]), 0.5, 1.8)])
        _place(self.label, along, ys, clear)
        self.lines = VGroup(levels, arrow)
        self.add(self.lines, self.label)


def _place(label: Lettering, x: float, ys: list[float], clear: Obstacles) -> float:
    """Put the numbers beside an arrow at x, and return how badly they stand there."""
    clear.add_points([(x, ys[0]), (x, ys[1])])
    anchors = [(x, sum(ys) / 2), (x, max(ys)), (x, min(ys))]
    before = clear.copy()
    place_near(label, anchors, clear, ("right", "left", "above"))
    # Far from the arrow is bad too, but less than on a stroke.
    box = label.box
    away = max(0.0, box.left - x, x - box.right) + max(0.0, box.bottom - max(ys))
    return before.trouble(box) + 0.5 * away
